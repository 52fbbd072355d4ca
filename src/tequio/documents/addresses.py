"""Which addresses of the internet the portal may ask: public ones, of a web server, and nothing inside our own network."""

import ipaddress
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ValidationError
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

LONGEST_URL = 2000
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Global by their number, yet of the machine's own provider or of a relay into other networks.
_NOT_PUBLIC = [
    ipaddress.ip_network(text)
    for text in ("168.63.129.16/32", "192.88.99.0/24", "2001::/32", "2002::/16", "2001:db8::/32", "3fff::/20")
]
_PUBLIC_V6 = ipaddress.ip_network("2000::/3")


def is_public(address: Address) -> bool:
    """Whether the address belongs to the public internet. IPv6 that carries an IPv4 address (mapped, NAT64, 6to4,
    Teredo) is not asked: what it leads to depends on the network we stand in."""
    if isinstance(address, ipaddress.IPv6Address) and (address not in _PUBLIC_V6 or address.scope_id):
        return False
    if any(address.version == net.version and address in net for net in _NOT_PUBLIC):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolve(host: str, port: int) -> list[str]:
    """The numbers of a name, as this machine's resolver gives them. Raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


@dataclass(frozen=True)
class Ways:
    """How names become addresses and which of them may be asked. Only code can give others than ``INTERNET``."""

    resolve: Callable[[str, int], list[str]] = resolve
    allowed: Callable[[Address], bool] = is_public
    ports: frozenset[int] = field(default_factory=lambda: frozenset({80, 443}))
    seconds: float = 30.0


INTERNET = Ways()
_in_use = [INTERNET]


def ways() -> Ways:
    """Those in use."""
    return _in_use[-1]


@contextmanager
def through(other: Ways) -> Iterator[None]:
    """Other ways for all that runs inside, in this process: tests ask servers of their own."""
    _in_use.append(other)
    try:
        yield
    finally:
        _in_use.remove(other)


@dataclass(frozen=True)
class Target:
    """A checked address: ``url`` as it is asked, and the numbers that its name had when it was checked."""

    url: str
    host: str
    port: int
    is_secure: bool
    path: str
    numbers: list[str]


def check(url: str) -> Target:
    """Looks an address up once. Raises ``ValidationError`` in one sentence where it may not be asked.

    Whoever connects takes ``numbers`` and never the name again: what a name means may change between two questions.
    """
    parts = _parts(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    if port not in ways().ports:
        raise ValidationError(
            _("La dirección usa un puerto poco común (%(port)s). Usa una página pública.") % {"port": port}
        )
    try:
        name = host.encode("idna").decode("ascii") if not _is_number(host) else host
    except UnicodeError as error:
        raise _wrong() from error
    try:
        numbers = ways().resolve(name, port)
    except (OSError, UnicodeError) as error:
        raise ValidationError(
            _("No encontramos el sitio «%(host)s». Revisa que la dirección esté bien escrita.") % {"host": host[:80]},
            code="dead",
        ) from error
    if not numbers or not all(_is_allowed(number) for number in numbers):
        raise ValidationError(
            _(
                "Esa dirección es de una red privada, no de una página pública. Usa la dirección que cualquiera puede abrir."
            ),
            code="private",
        )
    shown = f"[{name}]" if ":" in name else name
    netloc = shown if port == (443 if secure else 80) else f"{shown}:{port}"
    path = _asked(parts)
    return Target(f"{parts.scheme}://{netloc}{path}", name, port, secure, path, numbers)


def _parts(url: str) -> SplitResult:
    if len(url) > LONGEST_URL:
        raise ValidationError(_("La dirección es demasiado larga. Usa la dirección corta de la página."))
    if re.search(r"[\x00-\x20\x7f\\]", url):
        raise _wrong()
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  raises for a port that is no number
    except ValueError as error:
        raise _wrong() from error
    if parts.scheme not in ("http", "https"):
        raise ValidationError(_("La dirección debe empezar con https:// o http://."))
    if not parts.hostname:
        raise _wrong()
    if parts.username is not None or parts.password is not None:
        raise ValidationError(_("La dirección trae un usuario o contraseña. Usa la dirección pública, sin ellos."))
    return parts


def _asked(parts: SplitResult) -> str:
    """Path and query as a request line takes them: ASCII, escaped; the fragment never leaves the browser."""
    path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
    return iri_to_uri(f"{path}?{parts.query}" if parts.query else path)


def _wrong() -> ValidationError:
    return ValidationError(_("Esa dirección no está bien escrita. Cópiala de la barra del navegador."))


def _is_number(host: str) -> bool:
    return ":" in host or bool(re.fullmatch(r"[\d.]+", host))


def _is_allowed(number: str) -> bool:
    try:
        return ways().allowed(ipaddress.ip_address(number))
    except ValueError:
        return False
