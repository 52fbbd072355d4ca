"""Signing in, the page of one's own roles, and the mail of a trial installation."""

from django.urls import include, path

from tequio.people.views import account, trial

urlpatterns = [
    path("cuentas/demo/", trial.demo_login, name="demo_login"),
    # One way in: an e-mail and its code. The library's other doors lead there.
    path("cuentas/signup/", account.one_way_in),
    path("cuentas/login/code/", account.one_way_in),
    path("cuentas/password/<path:rest>", account.one_way_in),
    path("cuentas/", include("allauth.urls")),
    path("buzon/", trial.outbox, name="outbox"),
    path("buzon/<str:name>/", trial.message, name="outbox_message"),
    path("mi/", account.mine, name="mine"),
    path("mi/territorio-nuevo/", account.open_jurisdiction, name="open_jurisdiction"),
]
