"""Addresses of legal texts."""

from django.urls import path

from tequio.legaltext.views import bringing, comparing, downloads, mending, reading

app_name = "legaltext"

urlpatterns = [
    path("textos/", reading.texts, name="texts"),
    path("textos/glosario/", reading.glossary, name="glossary"),
    path("textos/como-se-compara/", reading.method, name="method"),
    path("textos/<slug:code>/", reading.work, name="work"),
    path("textos/<slug:code>/comparar/", comparing.choose, name="choose"),
    path("textos/<slug:code>/<int:number>/", reading.expression, name="expression"),
    path("textos/<slug:code>/<int:number>/entero/", reading.whole, name="whole"),
    path("textos/<slug:code>/<int:number>/desde/<int:other>/", comparing.compare, name="compare"),
    path("textos/<slug:code>/<int:number>/texto.xml", downloads.akn, name="akn"),
    path("textos/<slug:code>/<int:number>/texto.docx", downloads.docx, name="docx"),
    path("textos/<slug:code>/<int:number>/texto.pdf", downloads.pdf, name="pdf"),
    path("textos/<slug:code>/<int:number>/texto.txt", downloads.text, name="text"),
    path("textos/<slug:code>/<int:number>/texto.json", downloads.json, name="json"),
    path("textos/<slug:code>/<int:number>/<slug:place>/", reading.provision, name="provision"),
    path("gestion/textos/", bringing.texts, name="work_texts"),
    path("gestion/textos/nuevo/", bringing.new, name="new"),
    path("gestion/textos/<slug:code>/", bringing.edit, name="edit"),
    path("gestion/textos/<slug:code>/version/", bringing.version, name="version"),
    path("gestion/textos/<slug:code>/cuadro/", bringing.table, name="table"),
    path("gestion/textos/<slug:code>/<int:number>/", mending.review, name="review"),
    path("gestion/textos/<slug:code>/<int:number>/arreglar/", mending.mend, name="mend"),
    path("gestion/textos/<slug:code>/<int:number>/dejar/", mending.settle, name="settle"),
    path("gestion/textos/<slug:code>/<int:number>/deshacer/", mending.undo, name="undo"),
    path("gestion/textos/<slug:code>/<int:number>/responder/", mending.answer, name="answer"),
    path("gestion/textos/<slug:code>/<int:number>/publicar/", mending.publish, name="publish"),
    path("gestion/textos/<slug:code>/<int:number>/descartar/", mending.discard, name="discard"),
]
