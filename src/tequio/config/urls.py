"""Addresses. Spanish at the root, English under ``/en/``; machine interfaces carry no language.

Every subject's pages live under a jurisdiction; what belongs to the installation (help, sign-in) stands before, so its
first words are not free as names of jurisdictions (``places.rules.RESERVED_SLUGS``).
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

jurisdiction_urls = [
    path("", include("tequio.numbers.urls")),
    path("", include("tequio.labs.urls")),
    path("", include("tequio.privacy.urls")),
    path("", include("tequio.lawmaking.urls")),
    path("", include("tequio.cocreation.urls")),
    path("", include("tequio.observations.urls")),
    path("", include("tequio.oversight.urls")),
    path("", include("tequio.sortition.urls")),
    path("", include("tequio.monitoring.urls")),
    path("", include("tequio.secretariat.urls")),
    path("", include("tequio.plans.urls")),
    path("", include("tequio.commitments.urls")),
    path("", include("tequio.legaltext.urls")),
    path("", include("tequio.meetings.urls")),
    path("", include("tequio.opinions.urls")),
    path("", include("tequio.notices.urls")),
    path("", include("tequio.witnesses.urls")),
    path("", include("tequio.people.urls")),
    path("", include("tequio.search.urls")),
    path("", include("tequio.opendata.urls")),
    path("registro/", include("tequio.record.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tequio.record.urls_machine")),
    path("", include("tequio.documents.urls")),
    path("", include("tequio.witnesses.urls_machine")),
    path("api/v1/", include("tequio.opendata.urls_api")),
]
urlpatterns += i18n_patterns(
    path("", include("tequio.people.urls_account")),
    path("", include("tequio.record.urls_mine")),
    path("", include("tequio.witnesses.urls_work")),
    path("", include("tequio.vocabularies.urls")),
    path("", include("tequio.portal.urls")),
    path("<slug:jurisdiction>/", include(jurisdiction_urls)),
    prefix_default_language=False,
)

handler400 = "tequio.portal.views.bad_request"
handler403 = "tequio.portal.views.forbidden"
handler404 = "tequio.portal.views.not_found"
handler500 = "tequio.portal.views.server_error"
