"""Addresses. Spanish at the root, English under ``/en/``; machine interfaces carry no language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("", include("tequio.record.urls_machine")),
    path("api/v1/", include("tequio.opendata.urls_api")),
]
urlpatterns += i18n_patterns(
    path("", include("tequio.portal.urls")),
    prefix_default_language=False,
)
