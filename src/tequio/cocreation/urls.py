"""Addresses of co-creation."""

from django.urls import path

from tequio.cocreation.views import answering, drafting, moderating, public, saying, work

app_name = "cocreation"

C = "cocreacion/"
G = "gestion/cocreacion/"

urlpatterns = [
    path(C, public.home, name="home"),
    path(C + "convocatorias/<int:number>/", public.call, name="call"),
    path(C + "convocatorias/<int:number>/prioridades/", public.priorities, name="priorities"),
    path(C + "convocatorias/<int:number>/calificaciones.csv", public.priorities_csv, name="priorities_csv"),
    path(C + "convocatorias/<int:number>/aportar/", saying.contribute, name="contribute"),
    path(C + "convocatorias/<int:number>/proponer/", saying.propose, name="propose_in"),
    path(C + "problemas/", public.problems, name="problems"),
    path(C + "problemas/nuevo/", saying.propose, name="propose"),
    path(C + "problemas/<int:number>/", public.problem, name="problem"),
    path(C + "mesas/<int:number>/", public.table, name="table"),
    path(C + "mesas/<int:number>/unirse/", saying.join, name="join"),
    path(C + "aportaciones/", public.contributions, name="contributions"),
    path(C + "aportaciones/<int:number>/", public.contribution, name="contribution"),
    path(C + "aportaciones/<int:number>/constancia/", public.certificate, name="certificate"),
    path(C + "aportaciones/<int:number>/traducir/", saying.translate, name="translate"),
    path(C + "respuestas/", public.responses, name="responses"),
    path(C + "borradores/<int:number>/", public.draft, name="draft"),
    path(C + "borradores/<int:number>/versiones/<int:version>/", public.version, name="version"),
    path(C + "aportes/", public.ledger, name="ledger"),
    path(C + "comentar/<slug:kind>/<int:number>/", saying.comment, name="comment"),
    path(C + "apoyar/<slug:kind>/<int:number>/", saying.support, name="support"),
    path(C + "enviado/<str:token>/", saying.sent, name="sent"),
    path(C + "enviar-de-nuevo/<str:token>/", saying.resend, name="resend"),
    path(C + "confirmar/<str:token>/", saying.confirm, name="confirm"),
    path(C + "mio/<str:token>/", saying.mine, name="mine"),
    path("moderacion/", public.register, name="register"),
    path(G, work.work, name="work"),
    path(G + "convocatorias/nueva/", work.new_call, name="new_call"),
    path(G + "convocatorias/<int:number>/", work.edit_call, name="edit_call"),
    path(G + "convocatorias/<int:number>/publicar/", work.publish_call, name="publish_call"),
    path(G + "convocatorias/<int:number>/mesa-nueva/", work.new_table, name="new_table"),
    path(G + "convocatorias/<int:number>/capturar/", work.enter, name="enter"),
    path(G + "convocatorias/<int:number>/calificar/", drafting.score, name="score"),
    path(G + "convocatorias/<int:number>/cerrar-calificacion/", drafting.close_scoring, name="close_scoring"),
    path(G + "convocatorias/<int:number>/borrador-nuevo/", drafting.start, name="start_draft"),
    path(G + "mesas/<int:number>/", work.edit_table, name="edit_table"),
    path(G + "problemas/<int:number>/unir/", work.merge, name="merge"),
    path(G + "respuestas/", answering.queue, name="queue"),
    path(G + "respuestas/publicar/", answering.release, name="release"),
    path(G + "aportaciones/<int:number>/responder/", answering.answer, name="answer"),
    path(G + "borradores/<int:number>/", drafting.edit, name="edit_draft"),
    path(G + "borradores/<int:number>/compromiso/", drafting.to_commitment, name="to_commitment"),
    path(G + "borradores/<int:number>/aportes/<int:contribution>/", drafting.credit, name="credit"),
    path("gestion/moderacion/", moderating.queue, name="moderation"),
    path("gestion/moderacion/<slug:kind>/<int:number>/", moderating.moderate, name="moderate"),
    path("gestion/moderacion/<slug:kind>/<int:number>/archivos/<int:pk>/", moderating.file, name="file"),
]
