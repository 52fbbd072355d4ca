"""Addresses of commitments, activities, evidence, indicators and the manual."""

from django.urls import path

from tequio.commitments.views import (
    public,
    public_activity,
    public_parts,
    public_versions,
    work_commitments,
    work_discarded,
    work_evidence,
    work_pauses,
    work_plans,
    work_upload,
    work_values,
)

app_name = "commitments"

urlpatterns = [
    path("compromisos/<slug:code>/", public.commitment, name="commitment"),
    path("compromisos/<slug:code>/versiones/<int:number>/", public_versions.version, name="version"),
    path("compromisos/<slug:code>/cambios/", public_versions.changes, name="changes"),
    path("compromisos/<slug:code>/evidencia/<int:number>/", public_parts.evidence, name="evidence"),
    path("compromisos/<slug:code>/indicadores/<int:number>/", public_parts.indicator, name="indicator"),
    path("actividades/<int:number>/", public_activity.activity, name="activity"),
    path("planes/<int:number>/manual/", public_parts.manual, name="manual"),
    path("gestion/planes/", work_plans.plans, name="work_plans"),
    path("gestion/planes/nuevo/", work_plans.start, name="start_plan"),
    path("gestion/planes/cargar/", work_upload.upload, name="upload_plan"),
    path("gestion/planes/<int:number>/", work_plans.overview, name="work_plan"),
    path("gestion/planes/<int:number>/vista-previa/", work_plans.preview, name="preview_plan"),
    path("gestion/planes/<int:number>/publicar/", work_plans.publish, name="publish_plan"),
    path("gestion/planes/<int:number>/presentar/", work_plans.submit, name="submit_plan"),
    path("gestion/planes/<int:number>/descartar/", work_discarded.discard_plan, name="discard_plan"),
    path("gestion/planes/<int:number>/parte/<slug:section>/", work_plans.section, name="work_plan_section"),
    path("gestion/descartados/", work_discarded.discarded, name="discarded"),
    path("gestion/descartados/<int:pk>/", work_discarded.take_up, name="take_up"),
    path("gestion/compromisos/", work_commitments.commitments, name="work_commitments"),
    path("gestion/compromisos-nuevo/", work_commitments.start, name="start_commitment"),
    path("gestion/compromisos/<slug:code>/", work_commitments.overview, name="work_commitment"),
    path("gestion/compromisos/<slug:code>/vista-previa/", work_commitments.preview, name="preview_commitment"),
    path("gestion/compromisos/<slug:code>/publicar/", work_commitments.publish, name="publish_commitment"),
    path("gestion/compromisos/<slug:code>/descartar/", work_discarded.discard_commitment, name="discard_commitment"),
    path("gestion/compromisos/<slug:code>/parte/<slug:section>/", work_commitments.section, name="work_section"),
    path("gestion/compromisos/<slug:code>/indicadores/<int:number>/valores/", work_values.values, name="work_values"),
    path(
        "gestion/compromisos/<slug:code>/indicadores/<int:number>/valores/<int:value>/corregir/",
        work_values.correct,
        name="correct_value",
    ),
    path("gestion/compromisos/<slug:code>/evidencia/<int:number>/retener/", work_evidence.hold_back, name="hold_back"),
    path("gestion/actividades/<int:number>/pausas/", work_pauses.pauses, name="work_pauses"),
    path("gestion/actividades/<int:number>/pausas/<int:pause>/terminar/", work_pauses.end, name="end_pause"),
    path("gestion/compromisos/<slug:code>/<slug:part>/<slug:place>/", work_commitments.item, name="work_item"),
    path(
        "gestion/compromisos/<slug:code>/<slug:part>/<int:place>/ordenar/",
        work_commitments.arrange,
        name="arrange_item",
    ),
]
