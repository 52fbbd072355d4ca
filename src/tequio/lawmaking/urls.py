"""Addresses of lawmaking."""

from django.urls import URLPattern

app_name = "lawmaking"

urlpatterns: list[URLPattern] = []
