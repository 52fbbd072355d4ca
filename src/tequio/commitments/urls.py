"""Addresses of commitments, activities, evidence and the manual."""

from django.urls import path

from tequio.commitments.views import public

app_name = "commitments"

urlpatterns = [
    path("compromisos/<slug:code>/", public.commitment, name="commitment"),
    path("compromisos/<slug:code>/versiones/<int:number>/", public.version, name="version"),
    path("compromisos/<slug:code>/evidencia/<int:number>/", public.evidence, name="evidence"),
    path("actividades/<int:number>/", public.activity, name="activity"),
    path("planes/<int:number>/manual/", public.manual, name="manual"),
]
