"""Files by content, without language."""

from django.urls import path

from tequio.documents import views

app_name = "documents"

urlpatterns = [
    path("registro/blobs/sha256/<str:sha256>", views.blob, name="blob"),
    path("registro/videos/sha256/<str:sha256>", views.film, name="film"),
    path("registro/blobs/sha256/<str:sha256>/texto", views.words, name="words"),
]
