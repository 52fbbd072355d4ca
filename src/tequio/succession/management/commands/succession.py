"""``succession export|verify|restore|identity|drill``: hand the public record on, and prove that it can be."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from tequio.record.keyring import log_key
from tequio.record.keys import find
from tequio.record.verify import verify as verify_all
from tequio.succession import check, identity
from tequio.succession.drill import drill
from tequio.succession.export import export
from tequio.succession.restore import restore


class Command(BaseCommand):
    help = "Hands the public record on: a bundle that needs neither this host nor this program."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        out = verbs.add_parser("export", help="escribe el paquete completo · writes the whole bundle")
        out.add_argument("folder", metavar="CARPETA")
        out.add_argument("--no-pages", action="store_true", help="sin las páginas del portal · without the pages")
        look = verbs.add_parser("verify", help="comprueba un paquete · checks a bundle")
        look.add_argument("folder", metavar="CARPETA")
        look.add_argument(
            "--policy", metavar="ARCHIVO", help="la política que guardó un aliado · an ally's policy file"
        )
        back = verbs.add_parser("restore", help="levanta un portal vacío desde un paquete · fills an empty portal")
        back.add_argument("folder", metavar="CARPETA")
        back.add_argument(
            "--policy", metavar="ARCHIVO", help="la política que guardó un aliado · an ally's policy file"
        )
        back.add_argument(
            "--pages", action="store_true", help="hace todas las páginas y las compara · makes and compares every page"
        )
        same = verbs.add_parser("identity", help="compara dos paquetes, o uno con este portal · compares two copies")
        same.add_argument("one", metavar="CARPETA")
        same.add_argument("other", metavar="CARPETA", nargs="?")
        verbs.add_parser("drill", help="ensaya: paquete, portal nuevo, comparación, acto · rehearses all of it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['verb']}")(options)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except OSError as error:
            raise CommandError(str(error)) from error

    def _export(self, options: dict[str, Any]) -> None:
        done = export(Path(options["folder"]).resolve(), pages=not options["no_pages"])
        words = {"size": done.size, "files": done.files, "folder": options["folder"]}
        self.stdout.write(_("Paquete en «%(folder)s»: %(size)s actos y %(files)s archivos.") % words)
        self.stdout.write(_("Raíz del registro: %(root)s") % {"root": done.root})
        self.stdout.write(_("Huella del paquete: %(manifest)s") % {"manifest": done.manifest})

    def _verify(self, options: dict[str, Any]) -> None:
        found = check.check(Path(options["folder"]), _policy(options))
        for fault in found.faults:
            self.stderr.write(f"✗ {fault}")
        if found.faults:
            raise CommandError(_("%(n)s cosas no coinciden.") % {"n": len(found.faults)})
        words = {"size": found.size, "objects": found.objects, "files": found.files}
        self.stdout.write(_("Todo coincide: %(size)s actos sobre %(objects)s asuntos, %(files)s archivos.") % words)
        self.stdout.write(_("Raíz del registro: %(root)s") % {"root": found.root})
        self.stdout.write(_("Raíz del estado: %(root)s") % {"root": found.state_root})
        self.stdout.write(_("Llave del registro: %(key)s") % {"key": found.epochs[-1].key.vkey})
        if found.attested is None:
            self.stdout.write(
                _("Nadie de fuera lo confirmó aquí: repite con --policy y la política que guardó un aliado.")
            )
        else:
            self.stdout.write(_("Los testigos confirmaron %(n)s actos.") % {"n": found.attested})

    def _restore(self, options: dict[str, Any]) -> None:
        say = self.stdout.write if options["verbosity"] > 1 else str
        done = restore(Path(options["folder"]), _policy(options), say, pages=options["pages"])
        words = {"size": done.size, "rows": done.rows, "files": done.files}
        self.stdout.write(_("Portal levantado: %(size)s actos, %(rows)s asuntos, %(files)s archivos.") % words)
        for line in done.lost:
            self.stdout.write(_("No estaba en el paquete: %(what)s") % {"what": line})
        if done.pages or done.differ:
            self.stdout.write(_("%(n)s páginas iguales a las del otro servidor.") % {"n": done.pages})
        for line in done.differ:
            self.stderr.write(f"✗ {line}")
        faults = verify_all(state=True)
        for fault in faults:
            self.stderr.write(f"✗ {fault}")
        if faults:
            raise CommandError(_("%(n)s cosas no coinciden.") % {"n": len(faults)})
        self.stdout.write(_("Todo coincide. Las cuentas no viajan: vuelve a invitar a quienes trabajan en el portal."))
        if find(log_key().vkey) is None:
            self.stdout.write(_("Falta la llave del registro: sin ella no hay sellos nuevos (docs/succession.md)."))

    def _identity(self, options: dict[str, Any]) -> None:
        found = identity.compare(Path(options["one"]), Path(options["other"]) if options["other"] else None)
        words = {True: _("igual"), False: _("DISTINTA"), None: _("sin espejo que comparar")}
        self.stdout.write(_("Raíz con %(n)s actos: %(same)s") % {"n": found.size, "same": words[found.same_root]})
        self.stdout.write(_("Raíz del estado: %(same)s") % {"same": words[found.same_state]})
        self.stdout.write(_("Espejo: %(same)s") % {"same": words[found.same_mirror]})
        if not found.holds:
            raise CommandError(_("No son el mismo registro."))

    def _drill(self, options: dict[str, Any]) -> None:
        done = drill()
        for step in done.steps:
            self.stdout.write(f"{'✓' if step.passed else '✗'} {step.words} ({step.seconds:.1f} s)")
        if not done.passed:
            raise CommandError(_("El ensayo no pasó. El resultado quedó en el registro."))
        self.stdout.write(_("El ensayo pasó. El resultado quedó en el registro."))


def _policy(options: dict[str, Any]) -> str:
    return Path(options["policy"]).read_text("utf-8") if options["policy"] else ""
