"""Addresses of the board and the committee."""

from django.urls import path

from tequio.monitoring import views

app_name = "monitoring"

urlpatterns = [
    path("tablero/", views.board, name="board"),
    path("comite/", views.committee, name="committee"),
]
