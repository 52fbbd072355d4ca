"""Addresses of the call for volunteers and its lottery."""

from django.urls import URLPattern

app_name = "sortition"

urlpatterns: list[URLPattern] = []
