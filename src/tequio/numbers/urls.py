"""Addresses of the programme's numbers."""

from django.urls import path

from tequio.numbers import views

app_name = "numbers"

urlpatterns = [
    path("numeros/", views.page, name="numbers"),
    path("numeros/<slug:panel>.csv", views.as_csv, name="csv"),
]
