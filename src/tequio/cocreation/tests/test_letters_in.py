"""Contributions that come by mail: read from the saved file, published by a person, once."""

import datetime as dt
from email.message import EmailMessage

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tequio.cocreation.models import Contribution
from tequio.cocreation.tests.make import CONTACT, Story

J = "/valle-del-ejemplo/"


def mail_file(**headers: str) -> SimpleUploadedFile:
    """A mail as a program saves it, with a quoted one below and a page for programs that show pages."""
    letter = EmailMessage()
    told = {
        "From": "Vera Canaria <canario.vera@ejemplo.invalid>",
        "Subject": "Publicar las fugas",
        "Message-ID": "<1@x>",
    }
    for name, value in {**told, "Date": "Sun, 15 Mar 2026 10:00:00 -0600", **headers}.items():
        letter[name] = value
    letter.set_content("Que se publique cada mes cuánta agua se pierde.\n\n> Hola, gracias por escribir.\n")
    letter.add_alternative("<p>Que se publique</p>", subtype="html")
    letter.add_attachment(b"x", maintype="image", subtype="png", filename="fuga.png")
    return SimpleUploadedFile("correo.eml", letter.as_bytes(), "message/rfc822")


def test_a_mail_is_read_from_its_file_and_published_once_by_whoever_enters_it(story: Story) -> None:
    client = story.place.client("facilitator")
    address = f"{J}gestion/cocreacion/convocatorias/{story.call.number}/capturar/"
    before = Contribution.objects.count()
    page = client.post(address, {"hacer": "leer", "correo-letter": mail_file()})
    first = page.context["form"].initial
    assert (page.status_code, Contribution.objects.count()) == (200, before)
    assert (first["title"], first["text"]) == ("Publicar las fugas", "Que se publique cada mes cuánta agua se pierde.")
    assert (first["name"], first["email"], first["received_on"]) == ("Vera Canaria", CONTACT, dt.date(2026, 3, 15))
    assert "Trae 1 archivo" in page.content.decode()
    for _twice in range(2):
        assert client.post(address, first).status_code == 302
    made = Contribution.objects.order_by("-pk")[0]
    assert (Contribution.objects.count(), made.source, made.received_on) == (before + 1, "mail", dt.date(2026, 3, 15))
    shown = Client().get(f"{J}cocreacion/aportaciones/{made.number}/").content.decode()
    assert ("Por correo" in shown, CONTACT in shown, "Vera Canaria" in shown) == (True, False, False)
    assert "ya se capturó" in client.post(address, {"hacer": "leer", "correo-letter": mail_file()}).content.decode()
    wrong = client.post(address, {"hacer": "leer", "correo-letter": SimpleUploadedFile("a.eml", b"\x89PNG nada")})
    assert (wrong.status_code, "No es un correo guardado" in wrong.content.decode()) == (422, True)
