"""Addresses of commitments, activities, evidence, indicators and the manual."""

from django.urls import path

from tequio.commitments.views import public, public_activity, public_parts, public_versions

app_name = "commitments"

urlpatterns = [
    path("compromisos/<slug:code>/", public.commitment, name="commitment"),
    path("compromisos/<slug:code>/versiones/<int:number>/", public_versions.version, name="version"),
    path("compromisos/<slug:code>/cambios/", public_versions.changes, name="changes"),
    path("compromisos/<slug:code>/evidencia/<int:number>/", public_parts.evidence, name="evidence"),
    path("compromisos/<slug:code>/indicadores/<int:number>/", public_parts.indicator, name="indicator"),
    path("actividades/<int:number>/", public_activity.activity, name="activity"),
    path("planes/<int:number>/manual/", public_parts.manual, name="manual"),
]
