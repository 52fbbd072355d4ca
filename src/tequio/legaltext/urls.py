"""Addresses of legaltext."""

from django.urls import URLPattern

app_name = "legaltext"

urlpatterns: list[URLPattern] = []
