"""Where whoever runs the installation registers witnesses."""

from django.urls import path

from tequio.witnesses import views

app_name = "witnesses_work"

urlpatterns = [
    path("mi/testigos/", views.work, name="list"),
    path("mi/testigos/nuevo/", views.join, name="join"),
    path("mi/testigos/otro-registro/", views.watch, name="watch"),
    path("mi/testigos/<slug:slug>/terminar/", views.end, name="end"),
]
