"""``doctor``'s questions about the database: engine, settings, tables up to date, content readable, its clock."""

import time
from collections.abc import Iterator

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from tequio.common.health import Finding, bad, good

OLDEST_POSTGRESQL = 14_00_00
SKEW = 2  # seconds


def database() -> Iterator[Finding]:
    """One question that asks further only while the answers before were good."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield bad(
            _("La base de datos no responde: %(error)s.") % {"error": str(error).strip()},
            _("Revisa DATABASE_URL y que el servidor de la base esté encendido."),
        )
        return
    yield from _sqlite() if connection.vendor == "sqlite" else _postgresql()
    yield _tables()


def _ask(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return row[0] if row else None


def _sqlite() -> Iterator[Finding]:
    import sqlite3

    journal, content = _ask("PRAGMA journal_mode"), _ask("PRAGMA quick_check(1)")
    if journal != "wal":
        yield bad(
            _("SQLite no está en modo WAL (%(mode)s).") % {"mode": journal},
            _("Pon TEQUIO_DATA en un disco local: en una carpeta de red el modo WAL no funciona."),
        )
    if content != "ok":
        yield bad(
            _("La base de datos está dañada: %(error)s.") % {"error": content},
            _("Detén el portal y vuelve a la última copia de seguridad."),
        )
        return
    yield good(
        _("SQLite %(version)s, en modo %(mode)s, íntegra.") % {"version": sqlite3.sqlite_version, "mode": journal}
    )


def _postgresql() -> Iterator[Finding]:
    version = str(_ask("SHOW server_version"))
    if int(str(_ask("SHOW server_version_num"))) < OLDEST_POSTGRESQL:
        yield bad(
            _("PostgreSQL %(version)s es muy antiguo.") % {"version": version}, _("Actualiza a PostgreSQL 14 o mayor.")
        )
    encoding = _ask("SHOW server_encoding")
    if encoding != "UTF8":
        yield bad(_("La base guarda texto en %(name)s.") % {"name": encoding}, _("Crea la base con codificación UTF8."))
    skew = abs(float(str(_ask("SELECT extract(epoch FROM clock_timestamp())"))) - time.time())
    if skew > SKEW:
        yield bad(
            _("El reloj de la base difiere %(n)s segundos del de esta computadora.") % {"n": round(skew)},
            _("Activa la sincronización de hora (NTP) en ambas."),
        )
    yield good(_("PostgreSQL %(version)s, texto en %(name)s.") % {"version": version, "name": encoding})


def _tables() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return bad(
            _("Faltan %(n)s cambios en las tablas.") % {"n": len(waiting)}, _("Corre «./tequio manage migrate».")
        )
    return good(_("Las tablas están al día."))
