"""Addresses of plans."""

from django.urls import path

from tequio.plans import views

app_name = "plans"

urlpatterns = [
    path("planes/", views.plans, name="plans"),
    path("planes/<int:number>/", views.plan, name="plan"),
]
