"""Addresses of the board and the committee."""

from django.urls import path

from tequio.monitoring.views import board, changes, committee

app_name = "monitoring"

urlpatterns = [
    path("tablero/", board.board, name="board"),
    path("tablero/cambios/", changes.page, name="changes"),
    path("tablero/cambios.csv", changes.as_csv, name="changes_csv"),
    path("comite/", committee.committee, name="committee"),
]
