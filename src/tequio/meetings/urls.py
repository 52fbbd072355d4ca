"""Addresses of meetings: bodies, sessions and agreements for everybody; the phone's page; work."""

from django.urls import path

from tequio.meetings.views import attend, public, seats, work_attendance, work_bodies, work_minutes, work_sessions

app_name = "meetings"

SESSION = "gestion/sesiones/<int:number>/"
BODY = "gestion/organos/<slug:slug>/"

urlpatterns = [
    path("sesiones/", public.sessions, name="sessions"),
    path("sesiones/calendario.ics", public.feed, name="calendar"),
    path("sesiones/propuestas/", public.proposals, name="proposals"),
    path("sesiones/presente/<str:token>/", attend.present, name="present"),
    path("sesiones/<int:number>/", public.session, name="session"),
    path("sesiones/<int:number>/sesion.ics", public.event, name="event"),
    path("sesiones/<int:number>/pantalla/", public.screen, name="screen"),
    path("sesiones/<int:number>/asistir/<str:token>/", attend.attend, name="attend"),
    path("organos/", public.bodies, name="bodies"),
    path("organos/<slug:slug>/", public.body, name="body"),
    path("acuerdos/", public.agreements, name="agreements"),
    path("acuerdos/<int:number>/", public.agreement, name="agreement"),
    path("gestion/sesiones/", work_sessions.work, name="work"),
    path(SESSION, work_sessions.run, name="run"),
    path(f"{SESSION}datos/", work_sessions.change, name="change_session"),
    path(f"{SESSION}orden-del-dia/", work_sessions.edit_agenda, name="edit_agenda"),
    path(f"{SESSION}documento/", work_sessions.add_document, name="add_document"),
    path(f"{SESSION}convocar/", work_sessions.call, name="call"),
    path(f"{SESSION}empezar/", work_sessions.open_it, name="open"),
    path(f"{SESSION}punto/<int:item>/", work_sessions.begin, name="begin"),
    path(f"{SESSION}terminar/", work_sessions.close, name="close"),
    path(f"{SESSION}cancelar/", work_sessions.cancel, name="cancel"),
    path(f"{SESSION}asistencia/", work_attendance.attendance, name="attendance"),
    path(f"{SESSION}asistencia/<int:pk>/confirmar/", work_attendance.confirm, name="confirm"),
    path(f"{SESSION}asistencia/<int:pk>/quitar/", work_attendance.strike, name="strike"),
    path(f"{SESSION}hoja/", work_attendance.sheet, name="sheet"),
    path(f"{SESSION}codigo/", work_attendance.code, name="code"),
    path(f"{SESSION}acta/", work_minutes.write, name="minutes"),
    path(f"{SESSION}acta/revision/", work_minutes.review, name="review"),
    path(f"{SESSION}acta/correcciones/<int:correction>/", work_minutes.answer_correction, name="correction"),
    path(f"{SESSION}acta/aprobar/", work_minutes.approve, name="approve"),
    path(f"{SESSION}acta/<int:entry>/retirar/", work_minutes.withdraw, name="withdraw"),
    path("gestion/propuestas-de-tema/<int:number>/", work_sessions.proposal, name="proposal"),
    path("gestion/acuerdos/<int:number>/", seats.follow_up, name="follow_up"),
    path("gestion/organos/", work_bodies.work_bodies, name="work_bodies"),
    path("gestion/organos-nuevo/", work_bodies.found, name="found_body"),
    path(BODY, work_bodies.change, name="change_body"),
    path(f"{BODY}sesion/", work_sessions.plan, name="plan"),
    path(f"{BODY}proponer/", seats.propose, name="propose"),
    path(f"{BODY}lugares/", work_bodies.add_seat, name="add_seat"),
    path(f"{BODY}lugares/<int:number>/", work_bodies.seat, name="work_seat"),
    path(f"{BODY}lugares/<int:number>/delegar/", work_bodies.delegate, name="delegate"),
]
