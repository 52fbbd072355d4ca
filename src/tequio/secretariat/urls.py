"""Addresses of decisions, rules, parity and minimum requirements."""

from django.urls import path

from tequio.secretariat.views import parity, public, room, seats, work

app_name = "secretariat"

urlpatterns = [
    path("secretariado/decisiones/", public.decisions, name="decisions"),
    path("secretariado/decisiones/<int:number>/", public.decision, name="decision"),
    path("secretariado/reglas/<slug:body>/", public.rules, name="rules"),
    path("secretariado/paridad/", parity.parity, name="parity"),
    path("secretariado/paridad.csv", parity.parity_csv, name="parity_csv"),
    path("secretariado/requisitos/", parity.requirements_, name="requirements"),
    path("gestion/decisiones/", work.work, name="work"),
    path("gestion/decisiones/nueva/<int:session>/", work.new, name="new"),
    path("gestion/decisiones/<int:number>/", work.manage, name="manage"),
    path("gestion/decisiones/<int:number>/a-votacion/", work.to_vote, name="to_vote"),
    path("gestion/decisiones/<int:number>/sala/", room.room, name="room"),
    path("gestion/decisiones/<int:number>/cerrar/", work.close, name="close"),
    path("gestion/decisiones/<int:number>/retirar/", work.withdraw, name="withdraw"),
    path("gestion/decisiones/<int:number>/quitar/<slug:kind>/<int:pk>/", work.words, name="words"),
    path("gestion/decisiones/<int:number>/votar/", seats.vote, name="vote"),
    path("gestion/decisiones/<int:number>/objetar/", seats.object_, name="object"),
    path("gestion/decisiones/<int:number>/objecion/", seats.take_back, name="take_back"),
    path("gestion/decisiones/<int:number>/conflicto/", seats.conflict, name="conflict"),
    path("gestion/reglas/<slug:body>/", work.rules, name="set_rules"),
]
