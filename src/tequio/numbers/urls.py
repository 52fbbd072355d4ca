"""Addresses of the programme's numbers."""

from django.urls import URLPattern

app_name = "numbers"

urlpatterns: list[URLPattern] = []
