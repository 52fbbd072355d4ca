"""Links: what is asked, what is refused with one plain sentence, and what is kept."""

import datetime as dt
import ipaddress
import ssl
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.exceptions import ValidationError
from django.db.models import Model

from tequio.documents.addresses import INTERNET, Ways, check, is_public, through, ways
from tequio.documents.capture import Captured, capture
from tequio.documents.models import Blob, Capture
from tequio.documents.queries import register_owner
from tequio.documents.tests.hostile import A_FILE
from tequio.documents.tests.hostile_site import HOME, PAGE, Site, online
from tequio.documents.types import fits

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.BLOB_ROOT = tmp_path


@pytest.fixture
def site() -> Iterator[Site]:
    with online() as found:
        yield found


def ask(site: Site, path: str, name: str = "sitio.prueba") -> Captured:
    return capture(f"http://{name}:{site.port}{path}")


def refusal(url: str) -> str:
    with pytest.raises(ValidationError) as error:
        capture(url)
    assert len(error.value.messages) == 1
    assert not Blob.objects.exists()
    assert not Capture.objects.exists()
    said = error.value.messages[0]
    assert said.endswith(".")
    return said


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f.0.0.1/", "http://0177.0.0.1/"),
        *("http://0.0.0.0/", "http://10.1.2.3/", "http://172.16.0.1/", "http://192.168.0.1/", "http://100.64.0.1/"),
        *("http://169.254.169.254/latest/meta-data/", "http://100.100.100.200/", "http://168.63.129.16/"),
        *(
            "http://224.0.0.1/",
            "http://255.255.255.255/",
            "http://192.0.2.1/",
            "http://198.18.0.1/",
            "http://240.0.0.1/",
        ),
        *("http://[::1]/", "http://[::]/", "http://[fe80::1]/", "http://[fc00::1]/", "http://[fd00:ec2::254]/"),
        *("http://[::ffff:127.0.0.1]/", "http://[::ffff:8.8.8.8]/", "http://[::127.0.0.1]/", "http://[ff02::1]/"),
        *(
            "http://[64:ff9b::7f00:1]/",
            "http://[64:ff9b:1::a00:1]/",
            "http://[2002:7f00:1::]/",
            "http://[2001:0:1::1]/",
        ),
        *("http://[2001:db8::1]/", "https://192.88.99.1/", "http://localhost/"),
    ],
)
def test_an_address_inside_a_network_is_never_asked(url):
    assert "red privada" in refusal(url)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://ejemplo.org/", "https://"),
        (A_FILE, "https://"),
        ("javascript:alert(1)", "https://"),
        ("data:text/html,hola", "https://"),
        ("ejemplo.org", "https://"),
        ("http://", "bien escrita"),
        ("http://:80/", "bien escrita"),
        ("http://ejemplo.org:puerto/", "bien escrita"),
        ("http://ejemplo.org\\@127.0.0.1/", "bien escrita"),
        ("http://ejemplo.org/\r\nHost: otro", "bien escrita"),
        ("http://ejem plo.org/", "bien escrita"),
        ("http://[::1", "bien escrita"),
        ("http://" + "a" * 70 + ".org/", "bien escrita"),
        ("http://usuario:clave@ejemplo.org/", "usuario o contraseña"),
        ("http://8.8.8.8:22/", "puerto"),
        ("https://8.8.8.8:8443/", "puerto"),
        ("http://ejemplo.org/" + "a" * 500, "demasiado larga"),
    ],
)
def test_an_address_that_is_none_is_refused_before_anything_is_asked(url, words):
    assert words in refusal(url)


def test_public_numbers_may_be_asked():
    assert [is_public(ipaddress.ip_address(text)) for text in ("8.8.8.8", "2600::1", "187.1.1.1")] == [True] * 3
    assert check("http://8.8.8.8/a b?ñ#c".replace(" ", "%20")).url == "http://8.8.8.8/a%20b?%C3%B1"
    assert ways() is INTERNET


@pytest.mark.parametrize(
    ("path", "words"),
    [
        *(("/vuelta", "vueltas"), ("/ida", "vueltas"), ("/salto0", "otra y otra"), ("/a-nada", "no contestó bien")),
        *(("/a-casa", "red privada"), ("/a-la-red", "red privada"), ("/a-la-nube", "red privada")),
        *(("/a-ipv6", "red privada"), ("/a-archivo", "https://"), ("/a-gopher", "https://")),
        *(("/a-usuario", "usuario o contraseña"), ("/a-puerto", "puerto")),
        *(("/enorme", "10 MB"), ("/sin-fin", "10 MB"), ("/partes-sin-fin", "10 MB")),
        *(("/encabezados-sin-fin", "no contestó bien"), ("/encabezado-largo", "no contestó bien")),
        *(("/bomba", "10 MB"), ("/bomba-mal", "no contestó bien"), ("/bomba-cortada", "no contestó bien")),
        *(("/otro-paquete", "no leemos"), ("/cortado", "no contestó bien"), ("/partes-mal", "no contestó bien")),
        *(("/no-es-http", "no contestó bien"), ("/nada", "no contestó bien"), ("/vacio", "nada que guardar")),
        *(("/parcial", "206"), ("/no-existe", "no existe"), ("/cerrado", "no nos deja"), ("/roto", "500")),
        *(("/zip", "ZIP"), ("/programa", "programa"), ("/svg", "SVG"), ("/pagina-que-dice-texto", "página web")),
        ("/pagina-binaria", "página web"),
    ],
)
def test_a_site_that_behaves_badly_is_refused_with_one_sentence(site, path, words):
    assert words in refusal(f"http://sitio.prueba:{site.port}{path}")


@pytest.mark.parametrize("path", ["/gotas", "/gotas-de-encabezado", "/callado"])
def test_a_site_that_drips_is_left_when_its_time_is_over(site, path):
    began = time.monotonic()
    with through(replace(ways(), seconds=0.2)):
        assert "tarda" in refusal(f"http://sitio.prueba:{site.port}{path}")
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("path", ["/sin-fin", "/partes-sin-fin", "/bomba", "/sigue-sin-fin"])
def test_what_never_ends_does_not_fill_memory(site, path):
    tracemalloc.start()
    try:
        with through(replace(ways(), seconds=1.0)):
            refusal(f"http://sitio.prueba:{site.port}{path}")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 40 << 20


def test_a_name_that_changes_is_asked_once_and_connected_as_it_was_checked(site):
    assert ask(site, "/acta", "cambia.prueba").media_type == "text/html"
    Capture.objects.all().delete()
    Blob.objects.all().delete()
    before = len(site.asked)
    assert "red privada" in refusal(f"http://cambia.prueba:{site.port}/acta")
    assert "red privada" in refusal(f"http://mitad.prueba:{site.port}/acta")
    assert "red privada" in refusal(f"http://sitio.prueba:{site.port}/a-otro-nombre")
    assert site.asked[before:] == ["/a-otro-nombre"]


def test_a_site_that_does_not_prove_who_it_is_is_not_believed(site):
    assert "certificado" in refusal(f"https://sitio.prueba:{site.port}/acta")


def test_over_https_the_name_is_proved_though_the_number_was_looked_up_before(tmp_path, monkeypatch):
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "prueba")]),
    )
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - dt.timedelta(1), now + dt.timedelta(1))
    signed = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("sitio.prueba")]), False).sign(key, SHA256())
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "pem").write_bytes(signed.public_bytes(Encoding.PEM) + secret)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "pem"))
    with online(tls=tls) as site:
        assert "certificado" in refusal(f"https://cambia.prueba:{site.port}/acta")
        assert capture(f"https://sitio.prueba:{site.port}/acta").media_type == "text/html"
        assert site.asked == ["/acta"]


def test_nobody_answers(site):
    with through(Ways(lambda host, port: [HOME], lambda address: True, frozenset({1}), 0.5)):
        assert "no contestó bien" in refusal("http://sitio.prueba:1/")
    assert "No encontramos" in refusal(f"http://no-hay.prueba:{site.port}/")


def test_proxies_of_the_environment_are_not_asked_and_the_site_learns_who_asks(site, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    ask(site, "/acta")
    head = site.heads[0].decode()
    assert f"Host: sitio.prueba:{site.port}\r\n" in head
    assert "User-Agent: Tequio/" in head
    assert "Cookie" not in head


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/acta", "text/html"),
        ("/acta-gzip", "text/html"),
        ("/acta-por-partes", "text/html"),
        ("/antes", "text/html"),
        ("/minuta.pdf", "application/pdf"),
        ("/foto", "image/png"),
        ("/datos.csv", "text/csv"),
        ("/datos.json", "application/json"),
        ("/nota", "text/plain"),
    ],
)
def test_what_is_there_is_kept_by_what_it_is(site, path, media_type):
    found = ask(site, path)
    assert (found.media_type, found.blob.media_type) == (media_type, media_type)
    assert fits(media_type, found.blob.path.read_bytes())
    assert (found.capture.url, found.capture.status) == (f"http://sitio.prueba:{site.port}{path}", 200)
    assert found.final_url == f"http://sitio.prueba:{site.port}{'/acta' if path == '/antes' else path}"


def test_an_archived_page_is_downloaded_or_read_as_plain_text_and_never_shown_as_a_page(site, client):
    blob = ask(site, "/acta").blob
    assert blob.path.read_bytes() == PAGE
    where = f"/registro/blobs/sha256/{blob.pk}"
    assert [client.get(path).status_code for path in (where, f"{where}/texto")] == [404, 404]
    public: list[Model] = [blob]
    register_owner(public.__contains__)
    raw, text = client.get(where), client.get(f"{where}/texto")
    assert b"".join(raw) == PAGE
    assert raw["Content-Type"] == "application/octet-stream"
    assert raw["Content-Disposition"] == f'attachment; filename="{blob.pk[:16]}.html.txt"'
    assert (text.content.decode(), text["Content-Type"]) == ("Acta\nActa de la sesión 7", "text/plain; charset=utf-8")
    for response in (raw, text):
        assert "sandbox" in response["Content-Security-Policy"]
        assert "script" not in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"
    public.clear()
