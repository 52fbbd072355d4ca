"""One's own receipts."""

from django.urls import path

from tequio.record import views_mine

app_name = "receipts"

urlpatterns = [
    path("mi/constancias/", views_mine.receipts, name="list"),
    path("mi/constancias/olvidar/", views_mine.forget, name="forget"),
    path("mi/constancias/comprobar/", views_mine.check, name="check"),
    path("mi/constancias/<int:pk>.json", views_mine.receipt, name="file"),
]
