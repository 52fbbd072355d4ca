"""Signing in through an institution's own identity provider, with a real provider on this machine."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
import requests
from allauth.account.models import EmailAddress
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from jwt.algorithms import RSAAlgorithm

from tequio.people.models import Account

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(ThreadingHTTPServer):
    """An OpenID Connect provider for one person. ``email`` and ``verified`` are what it says of them."""

    email, verified, nonce = "", True, ""

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, *args: Any) -> None:
        pass

    def _json(self, data: dict[str, Any]) -> None:
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _claims(self) -> dict[str, Any]:
        return {"sub": "persona-1", "email": self.server.email, "email_verified": self.server.verified}

    def do_GET(self) -> None:
        issuer = self.server.issuer
        path, _mark, query = self.path.partition("?")
        if path == "/.well-known/openid-configuration":
            self._json(
                {
                    "issuer": issuer,
                    "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token",
                    "userinfo_endpoint": f"{issuer}/userinfo",
                    "jwks_uri": f"{issuer}/jwks",
                }
            )
        elif path == "/jwks":
            self._json({"keys": [{**RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True), "kid": "k1", "alg": "RS256"}]})
        elif path == "/userinfo":
            self._json(self._claims())
        else:  # the person agrees at once
            asked = {name: values[0] for name, values in parse_qs(query).items()}
            self.server.nonce = asked.get("nonce", "")
            self.send_response(302)
            back = urlencode({"code": "abc", "state": asked["state"]})
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.send_header("Content-Length", "0")
            self.end_headers()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        now = int(time.time())
        claims = {**self._claims(), "iss": self.server.issuer, "aud": "tequio", "iat": now, "exp": now + 300}
        if self.server.nonce:
            claims["nonce"] = self.server.nonce
        token = jwt.encode(claims, KEY, "RS256", headers={"kid": "k1"})
        self._json({"access_token": "t", "token_type": "Bearer", "expires_in": 300, "id_token": token})


@pytest.fixture
def provider(settings: Any, db: None) -> Iterator[Provider]:
    server = Provider(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    app = {
        "provider_id": "oidc",
        "name": "Gobierno del Ejemplo",
        "client_id": "tequio",
        "secret": "secreto",
        "settings": {"server_url": server.issuer},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def come_in(client: Client) -> Any:
    """From the button to the page after it, by way of the provider."""
    away = client.post("/cuentas/oidc/oidc/login/")
    assert away.status_code == 302
    back = requests.get(away["Location"], allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(back)
    return client.get(f"{parts.path}?{parts.query}")


def test_a_person_comes_in_by_their_institution_and_is_the_same_as_by_mail(provider: Provider) -> None:
    known = Account.objects.create_user("elena@ejemplo.invalid")
    EmailAddress.objects.create(user=known, email=known.email, verified=True)
    provider.email = known.email
    client = Client()
    answer = come_in(client)
    assert (answer.status_code, answer["Location"]) == (302, "/mi/")
    assert client.get("/mi/").context["user"] == known
    assert Account.objects.count() == 1


def test_an_address_that_the_provider_did_not_verify_opens_nobody_elses_account(provider: Provider) -> None:
    known = Account.objects.create_user("elena@ejemplo.invalid")
    provider.email, provider.verified = known.email, False
    client = Client()
    come_in(client)
    page = client.get("/mi/")
    assert page.status_code == 302  # led to sign in
    assert "/cuentas/" in page["Location"]


def test_what_comes_back_without_having_left_from_here_is_refused(provider: Provider) -> None:
    client = Client()
    answer = client.get("/cuentas/oidc/oidc/login/callback/?code=abc&state=inventado")
    assert answer.status_code in (200, 302, 401, 403)
    assert client.get("/mi/").status_code == 302
