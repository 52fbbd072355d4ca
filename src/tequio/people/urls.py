"""Addresses of institutions and roles: public pages, the choice of role, and the secretariat's work on both."""

from django.urls import path

from tequio.people.views import desk, organisations, pending, public, roles

app_name = "people"

urlpatterns = [
    path("instituciones/", public.organisations, name="organisations"),
    path("instituciones/<slug:slug>/", public.organisation, name="organisation"),
    path("secretariado/", public.directory, name="directory"),
    path("gestion/", desk.desk, name="desk"),
    path("gestion/pendientes/", pending.pending, name="pending"),
    path("gestion/actuar/", desk.act_for, name="act_for"),
    path("gestion/instituciones/", organisations.work_list, name="work_organisations"),
    path("gestion/instituciones-nueva/", organisations.create, name="create_organisation"),
    path("gestion/instituciones/<slug:slug>/", organisations.change, name="change_organisation"),
    path("gestion/instituciones/<slug:slug>/unir/", organisations.merge, name="merge_organisation"),
    path("gestion/instituciones/<slug:slug>/extinguir/", organisations.dissolve, name="dissolve_organisation"),
    path("gestion/instituciones/<slug:slug>/cargo/", organisations.create_office, name="create_office"),
    path("gestion/personas/", roles.work_list, name="work_roles"),
    path("gestion/personas/nuevo/", roles.grant, name="grant_role"),
    path("gestion/personas/<int:number>/terminar/", roles.end, name="end_role"),
    path("gestion/personas/<int:number>/relevar/", roles.replace, name="replace_holder"),
    path("gestion/personas/<int:number>/nombre/", roles.rename, name="rename_person"),
]
