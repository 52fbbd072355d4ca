"""Addresses of bills."""

from django.urls import path

from tequio.lawmaking import feeds
from tequio.lawmaking.views import figures, hearings, origins, public, saying, summary, video, work

app_name = "lawmaking"

urlpatterns = [
    path("iniciativas/", public.bills, name="bills"),
    path("iniciativas/novedades.atom", feeds.Bills(), name="feed"),
    path("iniciativas/fechas.ics", figures.all_dates, name="calendar"),
    path("iniciativas/temas/<slug:topic>/", public.topic, name="topic"),
    path("iniciativas/temas/<slug:topic>/novedades.atom", feeds.OneTopic(), name="topic_feed"),
    path("iniciativas/de/<slug:sponsor>/", public.sponsor, name="sponsor"),
    path("iniciativas/de/<slug:sponsor>/novedades.atom", feeds.OneSponsor(), name="sponsor_feed"),
    path("iniciativas/<slug:code>/novedades.atom", feeds.OneBill(), name="bill_feed"),
    path("iniciativas/<slug:code>/fechas.ics", figures.dates, name="bill_calendar"),
    path("iniciativas/<slug:code>/numeros/", figures.page, name="figures"),
    path("iniciativas/<slug:code>/numeros/<slug:panel>.csv", figures.as_csv, name="figure_csv"),
    path("iniciativas/<slug:code>/", public.bill, name="bill"),
    path("iniciativas/<slug:code>/opiniones/", public.remarks, name="remarks"),
    path("iniciativas/<slug:code>/opiniones/<int:number>/", public.remark, name="remark"),
    path("iniciativas/<slug:code>/palabras/", public.words, name="words"),
    path("iniciativas/<slug:code>/resumen/", summary.page, name="summary"),
    path("iniciativas/<slug:code>/resumen.docx", summary.docx, name="summary_docx"),
    path("iniciativas/<slug:code>/video/", video.video, name="video"),
    path("iniciativas/<slug:code>/video/subtitulos-<slug:language>.vtt", video.captions_file, name="captions"),
    path("iniciativas/<slug:code>/opinar/", saying.say, name="say"),
    path("iniciativas/<slug:code>/otras-palabras/<slug:place>/", saying.reword, name="reword"),
    path("iniciativas/<slug:code>/opiniones/<int:number>/responder/", saying.reply, name="reply"),
    path("iniciativas/<slug:code>/opiniones/<int:number>/apoyar/", saying.endorse, name="endorse"),
    path("gestion/iniciativas/", work.bills, name="work"),
    path("gestion/iniciativas/nueva/", work.new, name="new"),
    path("gestion/iniciativas/<slug:code>/", work.edit, name="edit"),
    path("gestion/iniciativas/<slug:code>/video/", video.edit, name="edit_video"),
    path("gestion/iniciativas/<slug:code>/video/archivo", video.draft_film, name="draft_film"),
    path(
        "gestion/iniciativas/<slug:code>/video/subtitulos-<slug:language>.vtt",
        video.draft_captions,
        name="draft_captions",
    ),
    path("gestion/iniciativas/<slug:code>/vista-previa/", work.preview, name="preview"),
    path("gestion/iniciativas/<slug:code>/publicar/", work.publish, name="publish"),
    path("gestion/iniciativas/<slug:code>/paso/", work.step, name="step"),
    path("gestion/iniciativas/<slug:code>/sesiones/", hearings.hearings, name="hearings"),
    path("gestion/iniciativas/<slug:code>/sesiones/<int:number>/", hearings.hearing, name="hearing"),
    path("gestion/iniciativas/<slug:code>/responder/", work.answer, name="answer"),
    path("gestion/iniciativas/<slug:code>/palabras/", origins.origins, name="origins"),
]
