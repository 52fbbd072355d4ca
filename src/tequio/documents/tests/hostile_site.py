"""A web site on this machine that behaves badly in every way that one can."""

import gzip
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from tequio.documents.addresses import Ways, is_public, through
from tequio.documents.tests.hostile import A_FILE, HTML, PDF, PNG, ZIP

PAGE = (
    b"<!doctype html><html><head><title>Acta</title><script>alert(1)</script></head>"
    b"<body><p>Acta de la sesi\xc3\xb3n 7</p></body></html>"
)
KB = b"a" * 1024


def answer(body: bytes, kind: str = "text/html", status: str = "200 OK", *lines: str) -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *lines]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def to(where: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {where}\r\nContent-Length: 0\r\n\r\n".encode()


def bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = b"\0" * (1 << 20)
    return b"".join(packer.compress(zeros) for _ in range(64)) + packer.flush()


def endless(head: bytes, piece: bytes) -> Iterator[bytes]:
    yield head
    while True:
        yield piece


def drip(head: bytes, piece: bytes = b"a") -> Iterator[bytes]:
    yield head
    while True:
        time.sleep(0.02)
        yield piece


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PAGES = {
    "/acta": answer(PAGE),
    "/acta-gzip": answer(gzip.compress(PAGE), "text/html", "200 OK", "Content-Encoding: gzip"),
    "/acta-por-partes": HEAD + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE),
    "/minuta.pdf": answer(PDF, "application/octet-stream"),
    "/foto": answer(PNG, "text/html"),
    "/datos.csv": answer("año,fugas\n2026,9\n".encode("cp1252"), "text/csv"),
    "/datos.json": answer(b'{"fugas": 9}', "application/json"),
    "/nota": answer(b"Se repararon nueve fugas.", "text/plain"),
    "/antes": to("/acta"),
    "/vuelta": to("/vuelta"),
    "/ida": to("/regreso"),
    "/regreso": to("/ida"),
    **{f"/salto{n}": to(f"/salto{n + 1}") for n in range(9)},
    "/a-casa": to("http://127.0.0.2/"),
    "/a-la-red": to("http://10.0.0.1/admin"),
    "/a-la-nube": to("http://169.254.169.254/latest/meta-data/"),
    "/a-ipv6": to("http://[::ffff:127.0.0.1]/"),
    "/a-archivo": to(A_FILE),
    "/a-gopher": to("gopher://127.0.0.1:6379/_FLUSHALL"),
    "/a-usuario": to("http://admin:admin@sitio.prueba/acta"),
    "/a-puerto": to("http://sitio.prueba:1/"),
    "/a-nada": b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
    "/a-otro-nombre": to("http://cambia.prueba/acta"),
    "/enorme": HEAD + b"Content-Length: 99999999999\r\n\r\n",
    "/sin-fin": lambda: endless(HEAD + b"\r\n", KB * 64),
    "/partes-sin-fin": lambda: endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + KB * 64 + b"\r\n"),
    "/encabezados-sin-fin": lambda: endless(b"HTTP/1.1 200 OK\r\n", b"X-A: a\r\n"),
    "/encabezado-largo": lambda: endless(b"HTTP/1.1 200 OK\r\nX-A: ", KB),
    "/sigue-sin-fin": lambda: endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 500),
    "/gotas": lambda: drip(HEAD + b"\r\n"),
    "/gotas-de-encabezado": lambda: drip(b"HTTP/1.1 200 OK\r\nX-A: "),
    "/callado": lambda: drip(b"", b""),
    "/bomba": answer(bomb(), "text/html", "200 OK", "Content-Encoding: gzip"),
    "/bomba-mal": answer(b"\x1f\x8b\x08nada", "text/html", "200 OK", "Content-Encoding: gzip"),
    "/bomba-cortada": answer(gzip.compress(PAGE)[:-9], "text/html", "200 OK", "Content-Encoding: gzip"),
    "/otro-paquete": answer(PAGE, "text/html", "200 OK", "Content-Encoding: br"),
    "/cortado": HEAD + b"Content-Length: 5000\r\n\r\n" + PAGE,
    "/partes-mal": HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhola",
    "/no-es-http": b"SSH-2.0-OpenSSH_9.6\r\n",
    "/nada": b"",
    "/vacio": answer(b""),
    "/parcial": answer(PAGE, "text/html", "206 Partial Content"),
    "/no-existe": answer(PAGE, "text/html", "404 Not Found"),
    "/cerrado": answer(PAGE, "text/html", "403 Forbidden"),
    "/roto": answer(PAGE, "text/html", "500 Internal Server Error"),
    "/zip": answer(ZIP, "application/pdf"),
    "/programa": answer(b"MZ\x90\0" + b"\0" * 99, "application/pdf"),
    "/svg": answer(b"<svg><script>alert(1)</script></svg>", "image/svg+xml"),
    "/pagina-que-dice-texto": answer(HTML, "text/plain"),
    "/pagina-binaria": answer(b"<html>\0\0\0", "text/html"),
}


class Site(threading.Thread):
    """Answers each path with its bytes, then hangs up. ``asked`` are the paths, in order."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(daemon=True)
        self.tls = tls
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.asked: list[str] = []
        self.heads: list[bytes] = []
        self.pages = dict(PAGES)
        self.start()

    def run(self) -> None:
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection: socket.socket) -> None:
        connection.settimeout(60)
        if self.tls:
            try:
                connection = self.tls.wrap_socket(connection, server_side=True)
            except OSError:
                connection.close()
                return
        with connection:
            try:
                head = connection.recv(8192)
                if not head.startswith(b"GET "):  # a TLS greeting
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    return
                path = head.split()[1].decode()
                self.asked.append(path)
                self.heads.append(head)
                page = self.pages.get(path, answer(b"", "text/html", "404 Not Found"))
                for piece in page() if callable(page) else [page]:
                    connection.sendall(piece)
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                return

    def stop(self) -> None:
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        self.join()


HOME = "127.0.0.1"


@contextmanager
def online(seconds: float = 60.0, tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """The site, under the name ``sitio.prueba``. No other name is known, and of this machine only one number is allowed.

    ``cambia.prueba`` has another number when it is asked again, ``mitad.prueba`` one of a private network besides.
    """
    found = Site(tls)
    answers = {
        "sitio.prueba": [[HOME]],
        "cambia.prueba": [[HOME], ["10.0.0.1"]],
        "mitad.prueba": [[HOME, "192.168.1.1"]],
    }

    def resolve(host: str, port: int) -> list[str]:
        if host in answers:
            return answers[host].pop(0) if len(answers[host]) > 1 else answers[host][0]
        try:
            ipaddress.ip_address(host)
        except ValueError as error:
            raise socket.gaierror(f"no {host}") from error
        return [host]

    def allowed(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
        return str(address) == HOME or is_public(address)

    try:
        with through(Ways(resolve, allowed, frozenset({80, found.port}), seconds)):
            yield found
    finally:
        found.stop()
