"""Addresses of what anybody observes, and its answers."""

from django.urls import URLPattern

app_name = "observations"

urlpatterns: list[URLPattern] = []
