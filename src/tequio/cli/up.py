"""``up``: a trial portal on this computer, with the demo in it. A second ``up`` finds everything made and only serves."""

import os
from collections.abc import Sequence
from pathlib import Path

from tequio.cli import management, parser, server
from tequio.cli.say import say, stop

FIRST_PORT, LAST_PORT = 8000, 8099
HOST = "127.0.0.1"


def run(name: str, words: Sequence[str]) -> int:
    """Migrates, collects files, loads the demo once, serves, and prints the address and the demo logins."""
    options = parser(name)
    options.add_argument("--port", type=int, help="puerto fijo · fixed port")
    options.add_argument("--no-demo", action="store_true", help="sin las jurisdicciones de muestra · without the demo")
    options.add_argument("--no-serve", action="store_true", help="prepara y termina · prepares and ends")
    chosen = options.parse_args(words)
    port = 0 if chosen.no_serve else _port(chosen.port)
    data = Path(os.environ.setdefault("TEQUIO_DATA", str(Path.cwd() / "var")))
    data.mkdir(parents=True, exist_ok=True)
    os.environ["TEQUIO_TRIAL"] = "1"
    os.environ.setdefault("TEQUIO_BASE_URL", f"http://{HOST}:{port or FIRST_PORT}")
    (data / "trial").touch()
    management.start()
    prepare()
    if not chosen.no_demo:
        load_demo(data)
    if chosen.no_serve:
        say("Listo. Abre el portal con «./tequio up».", "Ready. Open the portal with './tequio up'.")
        return 0
    return _serve(port)


def _port(wanted: int | None) -> int:
    if wanted is not None:
        if not server.is_free(HOST, wanted):
            stop(
                f"El puerto {wanted} está ocupado: cierra lo que lo usa o elige otro con «--port».",
                f"Port {wanted} is taken: close what uses it or choose another one with '--port'.",
            )
        return wanted
    free = next((port for port in range(FIRST_PORT, LAST_PORT + 1) if server.is_free(HOST, port)), None)
    return free or stop(
        f"Los puertos {FIRST_PORT} a {LAST_PORT} están ocupados: elige otro con «--port».",
        f"Ports {FIRST_PORT} to {LAST_PORT} are taken: choose another one with '--port'.",
    )


def prepare() -> None:
    """Brings tables and static files up to this code. Changes nothing when they already are."""
    from django.core.management import call_command

    if management.waiting_migrations():
        call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def load_demo(data: Path) -> None:
    """Loads the demo into an empty portal. A load that was cut short goes on; a portal with content is left alone."""
    from django.core.management import call_command, get_commands

    from tequio.places.models import Jurisdiction

    unfinished = data / "demo-unfinished"
    if Jurisdiction.objects.exists() and not unfinished.exists():
        return
    if "demo" not in get_commands():
        say("Esta versión todavía no trae la muestra.", "This version does not bring the demo yet.")
        return
    say("Cargo la muestra: Jalisco y Valle del Ejemplo…", "Loading the demo: Jalisco and Valle del Ejemplo…")
    unfinished.touch()
    call_command("demo")
    unfinished.unlink()


def _serve(port: int) -> int:
    from django.db import connections

    connections.close_all()
    process = server.start(f"{HOST}:{port}", workers=2, threads=4)
    if not server.answers(HOST, port, process):
        process.terminate()
        process.wait()
        stop(
            "El servidor no arrancó: lee el motivo aquí arriba y corre «./tequio doctor».",
            "The server did not start: read the reason above and run './tequio doctor'.",
        )
    say(f"\n  Tequio está en http://{HOST}:{port}/", f"\n  Tequio is at http://{HOST}:{port}/en/")
    for line in demo_logins():
        print(f"    {line}", flush=True)
    say("  Para terminar: Ctrl-C", "  To end: Ctrl-C")
    return server.watch(process, ticks=True)


def demo_logins() -> list[str]:
    """One line for each demo login, as the sign-in page offers them; none when there is no demo."""
    from tequio.people.queries import demo_accounts

    lines = [
        f"{role.person.account.email:<36} {role}" for role in demo_accounts() if role.person and role.person.account
    ]
    if lines:
        say(
            "  Entra sin contraseña, con el botón de cada persona de ejemplo, en /cuentas/login/:",
            "  Sign in without a password, with each sample person's button, at /en/cuentas/login/:",
        )
    return lines
