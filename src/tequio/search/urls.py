from django.urls import path

from tequio.search import views

app_name = "search"

urlpatterns = [path("buscar/", views.search, name="search")]
