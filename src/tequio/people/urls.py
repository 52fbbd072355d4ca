"""Addresses of institutions and of the choice of role."""

from django.urls import path

from tequio.people.views import public, work

app_name = "people"

urlpatterns = [
    path("instituciones/", public.organisations, name="organisations"),
    path("instituciones/<slug:slug>/", public.organisation, name="organisation"),
    path("gestion/actuar/", work.act_for, name="act_for"),
    path("gestion/", work.desk, name="desk"),
]
