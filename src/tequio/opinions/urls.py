"""Addresses of opinions."""

from django.urls import path

from tequio.opinions.views import public, voting, work

app_name = "opinions"

HERE, DESK = "opiniones/", "gestion/opiniones/"

urlpatterns = [
    path(HERE, public.conversations, name="conversations"),
    path(HERE + "metodo/", public.method, name="method"),
    path(HERE + "<int:number>/", public.conversation, name="conversation"),
    path(HERE + "<int:number>/resultado-<int:result>.json", public.result_json, name="result_json"),
    path(HERE + "<int:number>/resultado-<int:result>.csv", public.result_csv, name="result_csv"),
    path(HERE + "<int:number>/votar/", voting.vote, name="vote"),
    path(HERE + "<int:number>/proponer/", voting.propose, name="propose"),
    path(HERE + "<int:number>/mi-lugar/", voting.mine, name="mine"),
    path(HERE + "<int:number>/entrar/", voting.enter, name="enter"),
    path(HERE + "<int:number>/entrar/<str:token>/", voting.confirm, name="confirm"),
    path(DESK, work.work, name="work"),
    path(DESK + "nueva/", work.prepare, name="prepare"),
    path(DESK + "<int:number>/", work.handle, name="handle"),
    path(DESK + "<int:number>/editar/", work.change, name="change"),
    path(DESK + "<int:number>/publicar/", work.publish, name="publish"),
    path(DESK + "<int:number>/frase/", work.seed, name="seed"),
    path(DESK + "<int:number>/recorrer/", work.extend, name="extend"),
    path(DESK + "<int:number>/cerrar/", work.close, name="close"),
    path(DESK + "<int:number>/frases/<int:statement>/", work.decide, name="decide"),
]
