from django.urls import path

from tequio.vocabularies import views

app_name = "vocabularies"

urlpatterns = [
    path("listas/", views.lists, name="lists"),
    path("listas/<slug:scheme>/", views.one_list, name="list"),
]
