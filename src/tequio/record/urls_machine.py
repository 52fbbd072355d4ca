"""The log for machines, below ``/registro/``; these addresses have no language."""

from django.urls import path

from tequio.record import views_machine

app_name = "log"

urlpatterns = [
    path("registro/checkpoint", views_machine.checkpoint, name="checkpoint"),
    path("registro/llaves", views_machine.keys, name="keys"),
    path("registro/estado", views_machine.state, name="state"),
    path("registro/consistencia/<int:old>/<int:new>", views_machine.consistency, name="consistency"),
    path("registro/tile/entries/<path:place>", views_machine.entries, name="entries"),
    path("registro/tile/<str:level>/<path:place>", views_machine.tile, name="tile"),
]
