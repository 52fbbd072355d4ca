"""Addresses of plans."""

from django.urls import path

from tequio.plans.views import documents, public

app_name = "plans"

urlpatterns = [
    path("planes/", public.plans, name="plans"),
    path("planes/<int:number>/", public.plan, name="plan"),
    path("gestion/planes/<int:number>/documentos/", documents.documents, name="work_documents"),
    path("gestion/planes/<int:number>/documentos/nuevo/", documents.add, name="add_document"),
    path("gestion/planes/<int:number>/documentos/<int:pk>/", documents.change, name="change_document"),
    path("gestion/planes/<int:number>/documentos/<int:pk>/reemplazar/", documents.replace, name="replace_document"),
    path("gestion/planes/<int:number>/documentos/<int:pk>/retirar/", documents.withdraw, name="withdraw_document"),
]
