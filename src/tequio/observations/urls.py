"""Addresses of what anybody observes, and its answers."""

from django.urls import path

from tequio.observations.feeds import Newest
from tequio.observations.views import public, saying, work

app_name = "observations"

urlpatterns = [
    path("observaciones/", public.observations, name="observations"),
    path("observaciones/novedades.atom", Newest(), name="feed"),
    path("observaciones/reglas/", public.rules, name="rules"),
    path("observaciones/<int:number>/", public.observation, name="observation"),
    path("observaciones/nueva/<slug:kind>/<str:key>/", saying.say, name="say"),
    path("observaciones/enviada/<str:token>/", saying.sent, name="sent"),
    path("observaciones/enviar-de-nuevo/<str:token>/", saying.resend, name="resend"),
    path("observaciones/confirmar/<str:token>/", saying.confirm, name="confirm"),
    path("observaciones/mia/<str:token>/", saying.mine, name="mine"),
    path("gestion/observaciones/", work.work, name="work"),
    path("gestion/observaciones/<int:number>/", work.handle, name="handle"),
    path("gestion/observaciones/<int:number>/foto/", work.photo, name="photo"),
    path("gestion/observaciones/<int:number>/responder/", work.answer, name="answer"),
    path("gestion/observaciones/<int:number>/comentar/", work.comment, name="comment"),
    path("gestion/observaciones/<int:number>/mostrar/", work.show, name="show"),
    path("gestion/observaciones/<int:number>/ocultar/", work.hide, name="hide"),
    path("gestion/observaciones/<int:number>/pedir-revision/", work.flag, name="flag"),
    path("gestion/observaciones/<int:number>/apelacion/", work.review, name="review"),
]
