"""Addresses of the board and the committee."""

from django.urls import path

from tequio.monitoring.views import board, committee

app_name = "monitoring"

urlpatterns = [
    path("tablero/", board.board, name="board"),
    path("comite/", committee.committee, name="committee"),
]
