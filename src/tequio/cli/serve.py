"""``serve``: the real portal, behind a proxy that speaks HTTPS (docs/start.md). Never in trial mode."""

import os
from collections.abc import Sequence

from tequio.cli import management, parser, server
from tequio.cli.say import say, stop


def run(name: str, words: Sequence[str]) -> int:
    """Serves until told to end. Migrates and collects files first, so that an upgrade is: new code, ``serve`` again."""
    cores = os.cpu_count() or 1
    options = parser(name)
    options.add_argument("--bind", default="127.0.0.1:8000", help="dirección y puerto · address and port")
    options.add_argument("--workers", type=int, default=min(cores + 1, 8), help="procesos · processes")
    options.add_argument("--threads", type=int, default=4, help="hilos de cada uno · threads of each")
    options.add_argument("--no-ticks", action="store_true", help="otro corre «manage tick» · something else runs it")
    options.add_argument("--no-migrate", action="store_true", help="no toca las tablas · leaves the tables alone")
    chosen = options.parse_args(words)
    os.environ["TEQUIO_TRIAL"] = "0"
    host, _colon, port = chosen.bind.rpartition(":")
    if not port.isdigit():
        stop(
            "Escribe dirección y puerto, como «--bind 127.0.0.1:8000».",
            "Write address and port, like '--bind 127.0.0.1:8000'.",
        )
    if not server.is_free(host.strip("[]") or "0.0.0.0", int(port)):  # noqa: S104 - what the person asked for
        stop(
            f"El puerto {port} está ocupado: cierra lo que lo usa o elige otro con «--bind».",
            f"Port {port} is taken: close what uses it or choose another one with '--bind'.",
        )
    management.start()
    if not chosen.no_migrate:
        from tequio.cli.up import prepare

        prepare()
    from tequio.succession.recover import look

    if behind := look(force=True):
        say(
            f"El portal queda de solo lectura: {behind.source} guarda {behind.size} actos y aquí hay menos. Corre «./tequio "
            f"record recover --from {behind.source}».",
            f"The portal is read-only: {behind.source} holds {behind.size} acts and there are fewer here. Run './tequio "
            f"record recover --from {behind.source}'.",
            error=True,
        )
    process = server.start(chosen.bind, workers=chosen.workers, threads=chosen.threads)
    return server.watch(process, ticks=not chosen.no_ticks)
