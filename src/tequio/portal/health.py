"""The installation's own questions for ``doctor``: settings, database, files, mail, clock, tasks of each minute."""

import json
import secrets
import shutil
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.mail import get_connection
from django.utils.translation import gettext as _

from tequio.common.health import Finding, bad, good, register, warn

SKEW = 2  # seconds that clocks may differ
ROUNDS_LATE = 300  # seconds without a round of tasks before somebody should look
LITTLE_SPACE = 1024**3  # bytes


def register_all() -> None:
    """Registers the questions of this module, in the order in which a person would mend things."""
    for name, check in {
        "settings": safe_settings,
        "files": files,
        "static": static_files,
        "mail": mail,
        "clock": clock,
        "tasks": tasks,
        "record-key": record_key,
    }.items():
        register(name, check)


def safe_settings() -> Iterator[Finding]:
    """Debug off, a long key, named hosts, HTTPS, and no data of a trial in a real portal."""
    if settings.DEBUG:
        yield bad(
            _("El modo de depuración está encendido."), _("Quita TEQUIO_DEBUG: muestra datos internos a cualquiera.")
        )
    if len(settings.SECRET_KEY) < 50 or len(set(settings.SECRET_KEY)) < 10:
        yield bad(_("La clave secreta es corta."), _("Pon en SECRET_KEY al menos 50 caracteres al azar."))
    host = urlsplit(settings.BASE_URL).hostname or ""
    if "*" in settings.ALLOWED_HOSTS:
        yield bad(_("Se acepta cualquier nombre de servidor."), _("Escribe en ALLOWED_HOSTS solo tus direcciones."))
    elif host not in settings.ALLOWED_HOSTS and not any(
        name.startswith(".") and f".{host}".endswith(name) for name in settings.ALLOWED_HOSTS
    ):
        yield bad(
            _("«%(host)s» no está entre los nombres aceptados.") % {"host": host},
            _("Agrega en ALLOWED_HOSTS el nombre que dice TEQUIO_BASE_URL."),
        )
    if settings.TRIAL:
        yield good(_("Es una instalación de prueba: muestra accesos de ejemplo y guarda los correos en su bandeja."))
        return
    if (settings.DATA / "trial").exists():
        yield warn(
            _("La carpeta de datos nació de una prueba."),
            _("Usa otra carpeta en TEQUIO_DATA para el portal de verdad, o borra «trial» si ya quitaste la muestra."),
        )
    if not settings.BASE_URL.startswith("https://"):
        yield bad(_("El portal no usa HTTPS."), _("Pon en TEQUIO_BASE_URL la dirección con https://."))
    yield good(_("Instalación de producción en %(address)s.") % {"address": settings.BASE_URL})


def files() -> Iterator[Finding]:
    """Write, read and remove in the folders of data and of published files; and room on the disk."""
    for folder in (settings.DATA, Path(settings.BLOB_ROOT)):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe, content = folder / f"doctor-{secrets.token_hex(4)}", secrets.token_bytes(64)
            probe.write_bytes(content)
            same = probe.read_bytes() == content
            probe.unlink()
        except OSError as error:
            yield bad(
                _("No puedo escribir en %(folder)s: %(error)s.") % {"folder": folder, "error": error.strerror},
                _("Da permiso de escritura a la cuenta que corre el portal."),
            )
            continue
        if not same:
            yield bad(_("%(folder)s no devuelve lo que se escribe.") % {"folder": folder}, _("Cambia ese disco."))
            continue
        free = shutil.disk_usage(folder).free
        text = _("%(folder)s: se escribe, se lee y se borra; quedan %(free)s GB.") % {
            "folder": folder,
            "free": f"{free / 1024**3:.1f}",
        }
        yield good(text) if free > LITTLE_SPACE else warn(text, _("Libera espacio en el disco."))


def static_files() -> Iterator[Finding]:
    """The styles, letters and scripts that pages name are where the server looks for them."""
    if not settings.STORAGES["staticfiles"]["BACKEND"].endswith("ManifestStaticFilesStorage"):
        return
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        yield bad(_("Faltan los estilos y letras del portal."), _("Corre «./tequio manage collectstatic --noinput»."))
        return
    yield good(_("%(n)s archivos de estilos y letras.") % {"n": len(json.loads(manifest.read_text())["paths"])})


def mail() -> Iterator[Finding]:
    """The mail server answers and takes our credentials. Nothing is sent (``doctor --mail`` sends)."""
    if settings.TRIAL:
        yield good(_("Los correos no salen: se leen en la bandeja de la prueba."))
        return
    connection = get_connection(fail_silently=False)
    try:
        connection.open()
        connection.close()
    except OSError as error:  # smtplib's own errors are OSErrors too
        yield bad(
            _("El servidor de correo no acepta la conexión: %(error)s.") % {"error": error},
            _("Revisa EMAIL_URL: sin correo nadie puede entrar con su código."),
        )
        return
    yield good(_("El servidor de correo responde; prueba un envío con «doctor --mail TU-CORREO»."))


def clock() -> Iterator[Finding]:
    """The machine's clock agrees with the disk's, runs after the code was written, and knows the time zone."""
    try:
        ZoneInfo(settings.TIME_ZONE)
    except ZoneInfoNotFoundError:
        yield bad(
            _("No conozco la zona horaria %(zone)s.") % {"zone": settings.TIME_ZONE}, _("Instala el paquete tzdata.")
        )
    probe = settings.DATA / f"doctor-{secrets.token_hex(4)}"
    probe.touch()
    skew = abs(probe.stat().st_mtime - time.time())
    probe.unlink()
    if skew > SKEW:
        yield bad(
            _("El reloj del disco y el de la computadora difieren %(n)s segundos.") % {"n": round(skew)},
            _("Activa la sincronización de hora (NTP) en ambas."),
        )
        return
    written = int(settings.CODE_VERSION.rpartition("-")[2])
    if written > time.time() + SKEW:
        yield bad(
            _("El reloj está atrasado: el código es más nuevo que «hoy»."), _("Activa la sincronización de hora (NTP).")
        )
        return
    yield good(_("El reloj concuerda con el del disco (%(zone)s).") % {"zone": settings.TIME_ZONE})


def tasks() -> Iterator[Finding]:
    """The tasks of each minute ran a short while ago, without faults."""
    fix = _("Deja corriendo «./tequio serve», o corre «./tequio manage tick» cada minuto.")
    try:
        last = json.loads((settings.DATA / "last-tick.json").read_text())
    except FileNotFoundError:
        yield warn(_("Las tareas de cada minuto no han corrido nunca."), fix)
        return
    age = round(time.time() - last["time"])
    for name, fault in last["faults"].items():
        yield bad(
            _("La tarea «%(name)s» falló: %(fault)s.") % {"name": name, "fault": fault},
            _("Corre «./tequio manage tick» y lee el motivo."),
        )
    text = _("Las tareas de cada minuto corrieron hace %(n)s segundos.") % {"n": age}
    yield good(text) if age < ROUNDS_LATE else warn(text, fix)


def record_key() -> Iterator[Finding]:
    """The key that signs the public record belongs to the portal's account alone, and the next one is off line."""
    path = Path(settings.RECORD_KEY_FILE)
    if not path.exists():
        yield warn(
            _("Todavía no hay clave del registro."),
            _("Se crea sola con el primer acto; después guarda una copia fuera de aquí."),
        )
        return
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield bad(
            _("Otras cuentas de la computadora pueden leer la clave del registro."),
            _("Corre «chmod 600 %(path)s».") % {"path": path},
        )
        return
    following = path.with_name(f"{path.name}.next")
    if following.exists() and not settings.TRIAL:
        yield warn(
            _("La clave siguiente del registro sigue en este servidor."),
            _("Guarda «%(name)s» fuera de línea, en dos lugares, y bórrala de aquí.") % {"name": following.name},
        )
    yield good(_("La clave del registro solo la lee el portal."))
