"""Witnesses for machines; these addresses have no language."""

from django.urls import path

from tequio.witnesses import views, views_machine

app_name = "witnessing"

urlpatterns = [
    path("registro/politica", views_machine.policy, name="policy"),
    path("registro/testigos", views_machine.witnesses, name="witnesses"),
    path("registro/checkpoint.atestiguado", views_machine.attested, name="attested"),
    path("registro/cosignatures", views_machine.cosignatures, name="cosignatures"),
    path("registro/add-checkpoint", views_machine.add_checkpoint, name="add_checkpoint"),
    path("registro/tequio_testigo.py", views.tool, name="tool"),
    path("registro/tequio_firma.html", views_machine.hand, name="hand"),
    path("registro/peticion/<int:old>", views_machine.request_from, name="request"),
]
