"""Pages of the record, below ``/<jurisdiction>/registro/``."""

from django.urls import path

from tequio.record import views

app_name = "record"

urlpatterns = [
    path("", views.acts, name="acts"),
    path("verificar/", views.verifier, name="verifier"),
    path("actos/<int:number>/", views.act, name="act"),
    path("actos/<int:number>.json", views.entry, name="entry"),
    path("actos/<int:number>.tlog-proof", views.proof, name="proof"),
    path("objeto/<path:key>/", views.story, name="story"),
]
