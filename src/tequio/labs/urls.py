"""Addresses of labs."""

from django.urls import path

from tequio.labs.views import capture, public, work

app_name = "labs"

HERE, DESK = "laboratorios/", "gestion/laboratorios/"
CAPTURE = "captura/<int:number>/<str:key>/"

urlpatterns = [
    path(HERE, public.labs, name="labs"),
    path(HERE + "<int:number>/", public.lab, name="lab"),
    path(CAPTURE, capture.capture, name="capture"),
    path(CAPTURE + "enviar/", capture.send, name="send"),
    path(CAPTURE + "sw.js", capture.worker, name="worker"),
    path(DESK, work.work, name="work"),
    path(DESK + "nuevo/", work.prepare, name="prepare"),
    path(DESK + "<int:number>/", work.handle, name="handle"),
    path(DESK + "<int:number>/editar/", work.change, name="change"),
    path(DESK + "<int:number>/publicar/", work.publish, name="publish"),
    path(DESK + "<int:number>/parada/", work.add_stop, name="add_stop"),
    path(DESK + "<int:number>/paradas/<int:stop>/", work.change_stop, name="change_stop"),
    path(DESK + "<int:number>/paradas/<int:stop>/cancelar/", work.cancel_stop, name="cancel_stop"),
    path(DESK + "<int:number>/paradas/<int:stop>/asistencia/", work.attendance, name="attendance"),
    path(DESK + "<int:number>/difusion/", work.add_outreach, name="add_outreach"),
    path(DESK + "<int:number>/difusion/<int:outreach>/", work.reach, name="reach"),
    path(DESK + "<int:number>/hojas/", work.sheets, name="sheets"),
    path(DESK + "<int:number>/hojas/nuevas/", work.print_sheets, name="print_sheets"),
    path(DESK + "<int:number>/hojas/<str:code>/aportar/", work.again, name="again"),
    path(DESK + "<int:number>/hojas/<str:code>/foto/", work.photo, name="photo"),
    path(DESK + "<int:number>/enlace/", work.renew, name="renew"),
]
