"""Addresses of the board and the committee."""

from django.urls import path

from tequio.monitoring.views import answers, board, changes, clocks, committee, report, reports, values, verify, votes

app_name = "monitoring"

urlpatterns = [
    path("tablero/", board.board, name="board"),
    path("tablero/cambios/", changes.page, name="changes"),
    path("tablero/cambios.csv", changes.as_csv, name="changes_csv"),
    path("comite/", committee.committee, name="committee"),
    path("actividades/<int:number>/decisiones/<int:decision>/", votes.decision, name="decision"),
    path("gestion/comite/", verify.queue, name="queue"),
    path("gestion/comite/reparto/", verify.sharing, name="sharing"),
    path("gestion/comite/declaracion/", answers.declare, name="declare"),
    path("gestion/comite/integrar/", answers.set_committee, name="set_committee"),
    path("gestion/comite/plazos/", clocks.set_clocks, name="set_clocks"),
    path("gestion/actividades/<int:number>/mirada/", verify.look, name="look"),
    path("gestion/actividades/<int:number>/mirada/pasar/", verify.pass_look, name="pass_look"),
    path("gestion/actividades/<int:number>/miradas/<int:look>/reasignar/", verify.move, name="move_look"),
    path("gestion/actividades/<int:number>/revision/", verify.review, name="review"),
    path("gestion/actividades/<int:number>/revision/empezar/", verify.begin, name="begin_review"),
    path("gestion/actividades/<int:number>/revision/repartir/", verify.share_again, name="share_again"),
    path("gestion/actividades/<int:number>/propuesta/", votes.propose, name="propose"),
    path("gestion/actividades/<int:number>/propuesta/votar/", votes.vote, name="vote"),
    path("gestion/actividades/<int:number>/propuesta/cerrar/", votes.close, name="close_motion"),
    path("gestion/actividades/<int:number>/propuesta/retirar/", votes.withdraw, name="withdraw_motion"),
    path("gestion/actividades/<int:number>/sesion/", votes.session, name="session"),
    path("gestion/actividades/<int:number>/responder/", answers.reply, name="reply"),
    path("gestion/actividades/<int:number>/decisiones/<int:decision>/anular/", answers.annul, name="annul"),
    path(
        "gestion/compromisos/<slug:code>/indicadores/<int:number>/valores/<int:value>/verificar/",
        values.verify,
        name="verify_value",
    ),
    path("gestion/reportes/", reports.reports, name="reports"),
    path("gestion/actividades/<int:number>/reporte/", report.report, name="report"),
    path("gestion/actividades/<int:number>/reporte/revisar/", report.check, name="report_check"),
    path("gestion/actividades/<int:number>/reporte/enviado/", report.sent, name="report_sent"),
    path("gestion/actividades/<int:number>/reporte/descartar/", report.discard, name="report_discard"),
    path("gestion/actividades/<int:number>/reporte/recuperar/", report.restore, name="report_restore"),
    path("gestion/actividades/<int:number>/reporte/archivo/<int:pk>/", report.file, name="report_file"),
    path("gestion/evidencia-reservada/", reports.held, name="held"),
    path("gestion/evidencia-reservada/<slug:code>/<int:number>/", reports.held_piece, name="held_piece"),
    path("gestion/evidencia-reservada/<slug:code>/<int:number>/archivo/", reports.held_file, name="held_file"),
]
