"""Addresses of notices: following with and without an account, one's own notices, the log of mails."""

from django.urls import path

from tequio.notices.views import follow, inbox, work

app_name = "notices"

urlpatterns = [
    path("seguir/", follow.follow, name="follow"),
    path("seguir/enviado/", follow.sent, name="sent"),
    path("seguir/boton/", follow.button, name="button"),
    path("seguir/confirmar/<str:token>/", follow.confirm, name="confirm"),
    path("seguir/mis-avisos/<str:token>/", follow.manage, name="manage"),
    path("seguir/baja/<str:token>/", follow.leave, name="leave"),
    path("avisos/", inbox.inbox, name="inbox"),
    path("avisos/leidos/", inbox.read, name="read"),
    path("avisos/preferencias/", inbox.preferences, name="preferences"),
    path("gestion/envios/", work.deliveries, name="deliveries"),
]
