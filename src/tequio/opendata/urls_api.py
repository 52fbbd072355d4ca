"""The API, without language."""

from django.urls import path

from tequio.opendata.api import api

urlpatterns = [path("", api.urls)]
