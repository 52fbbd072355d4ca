"""Addresses of the call for volunteers and its lottery."""

from django.urls import path

from tequio.sortition.views import person, public, work

app_name = "sortition"

HERE, DESK = "comite/convocatoria/", "gestion/convocatorias/"

urlpatterns = [
    path(HERE, public.calls, name="calls"),
    path(HERE + "formula/", public.formula, name="formula"),
    path(HERE + "sorteo.py", public.script, name="script"),
    path(HERE + "<int:number>/", public.call, name="call"),
    path(HERE + "<int:number>/participar/", person.take_part, name="take_part"),
    path(HERE + "<int:number>/voluntariado.json", public.volunteers_json, name="volunteers_json"),
    path(HERE + "<int:number>/voluntariado.csv", public.volunteers_csv, name="volunteers_csv"),
    path(HERE + "<int:number>/resultado.json", public.result, name="result"),
    path(HERE + "confirmar/<str:key>/", person.confirm, name="confirm"),
    path(HERE + "retirar/<str:key>/", person.withdraw, name="withdraw"),
    path(HERE + "lugar/<str:key>/", person.seat, name="seat"),
    path(DESK, work.calls, name="work_calls"),
    path(DESK + "nueva/", work.prepare, name="prepare"),
    path(DESK + "<int:number>/", work.call, name="work_call"),
    path(DESK + "<int:number>/editar/", work.change, name="change"),
    path(DESK + "<int:number>/publicar/", work.publish, name="publish"),
    path(DESK + "<int:number>/recorrer/", work.extend, name="extend"),
    path(DESK + "<int:number>/semilla/", work.commit, name="commit"),
    path(DESK + "<int:number>/cerrar/", work.close, name="close"),
    path(DESK + "<int:number>/sortear/", work.draw, name="draw"),
    path(DESK + "<int:number>/integrar/", work.take, name="take"),
    path(DESK + "<int:number>/personas/<int:person>/confirmar/", work.confirm, name="confirm_person"),
    path(DESK + "<int:number>/personas/<int:person>/borrar/", work.remove, name="remove_person"),
    path(DESK + "<int:number>/lugares/<int:seat>/avisar/", work.ask_again, name="ask_again"),
    path(DESK + "<int:number>/lugares/<int:seat>/dejar/", work.leave, name="leave"),
]
