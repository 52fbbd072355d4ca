"""Addresses of the checks after a plan ends."""

from django.urls import URLPattern

app_name = "oversight"

urlpatterns: list[URLPattern] = []
