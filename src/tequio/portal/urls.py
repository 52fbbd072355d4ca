"""Pages of the installation and the front page of each jurisdiction."""

from django.urls import path

from tequio.portal import crawlers, style_page, views

app_name = "portal"

urlpatterns = [
    path("", views.network, name="network"),
    path("ayuda/", views.help_index, name="help"),
    path("ayuda/<slug:page>/", views.help_page, name="help_page"),
    path("estilo/", style_page.style, name="style"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("<slug:jurisdiction>/", views.home, name="home"),
    path("<slug:jurisdiction>/mapa.xml", crawlers.site_map, name="map"),
    path("<slug:jurisdiction>/imagen/<slug:kind>/<slug:key>.png", views.social_image, name="social_image"),
]
