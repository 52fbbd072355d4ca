"""Pages of the witnesses, below a jurisdiction's record."""

from django.urls import path

from tequio.witnesses import views

app_name = "witnesses"

urlpatterns = [
    path("registro/testigos/", views.witnesses, name="witnesses"),
    path("registro/testigos/invitacion/", views.invitation, name="invitation"),
    path("registro/testigos/imprimir/", views.printed, name="printed"),
    path("registro/testigos/entregar/", views.hand_in, name="hand_in"),
]
