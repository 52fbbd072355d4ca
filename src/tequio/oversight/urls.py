"""Addresses of the checks after a plan ends."""

from django.urls import path

from tequio.oversight.views import public, work

app_name = "oversight"

urlpatterns = [
    path("despues-del-plan/", public.overview, name="overview"),
    path("gestion/despues-del-plan/", work.work, name="work"),
    path("gestion/despues-del-plan/<slug:code>/", work.handle, name="handle"),
    path("gestion/despues-del-plan/<slug:code>/confirmar/", work.confirm, name="confirm"),
    path("gestion/despues-del-plan/<slug:code>/devolver/", work.give_back, name="give_back"),
    path("gestion/despues-del-plan/<slug:code>/entregar/", work.hand_over, name="hand_over"),
]
