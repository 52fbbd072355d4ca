"""Addresses of downloads, feeds and calendars."""

from django.urls import path

from tequio.opendata import downloads, feeds, views

app_name = "opendata"

urlpatterns = [
    path("datos/", views.index, name="index"),
    path("datos/diccionario/<slug:name>/", views.dictionary, name="dictionary"),
    path("datos/plan-plantilla.xlsx", downloads.plan_template, name="plan_template"),
    path("datos/planes/<int:number>.xlsx", downloads.plan_spreadsheet, name="plan_spreadsheet"),
    path("datos/<slug:name>.csv", downloads.as_csv, name="csv"),
    path("datos/<slug:name>.xlsx", downloads.as_xlsx, name="xlsx"),
    path("datos/planes/<int:number>.json", downloads.plan_document, name="plan_document"),
    path("datos/novedades.atom", feeds.Latest(), name="feed"),
    path("datos/plazos.ics", feeds.deadlines, name="calendar"),
]
