"""Addresses of personal data."""

from django.urls import path

from tequio.privacy.views import public, work

app_name = "privacy"

urlpatterns = [
    path("datos-personales/", public.overview, name="overview"),
    path("datos-personales/solicitar/", public.ask, name="ask"),
    path("datos-personales/enviada/", public.sent, name="sent"),
    path("datos-personales/confirmar/<str:token>/", public.confirm, name="confirm"),
    path("datos-personales/mia/<str:token>/", public.mine, name="mine"),
    path("datos-personales/mia/<str:token>/datos.json", public.holdings, name="holdings"),
    path("gestion/datos-personales/", work.work, name="work"),
    path("gestion/datos-personales/plazos/", work.terms, name="terms"),
    path("gestion/datos-personales/<int:number>/", work.handle, name="handle"),
]
