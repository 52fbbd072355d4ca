"""``record keys …`` and ``record recover``: the log's keys, and its tail after an old copy was put back."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from tequio.record import keyring, keys
from tequio.record.publish import publish
from tequio.succession import handover, recover


class Command(BaseCommand):
    help = "The log's keys, and recovery of its tail after an old copy was put back."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        about_keys = verbs.add_parser("keys", help="llaves: list, rotate, note, succeed · keys")
        what = about_keys.add_subparsers(dest="what", required=True)
        what.add_parser("list", help="todas las llaves con sus fechas · every key with its dates")
        what.add_parser("rotate", help="pasa a la llave siguiente · goes over to the next key")
        note = what.add_parser("note", help="se perdieron todas: carta para que la firmen los testigos · all keys lost")
        note.add_argument("file", metavar="ARCHIVO")
        note.add_argument("--reason", required=True, metavar="MOTIVO")
        taken = what.add_parser("succeed", help="acepta la carta firmada por los testigos · takes the signed note")
        taken.add_argument("file", metavar="ARCHIVO")
        back = verbs.add_parser("recover", help="trae lo que el registro ya había publicado · fetches its own tail")
        back.add_argument("--from", dest="source", required=True, metavar="DIRECCIÓN|CARPETA")
        back.add_argument(
            "--policy", metavar="ARCHIVO", help="la política que guardó un aliado · an ally's policy file"
        )
        verbs.add_parser("compare", help="¿alguien vio más que yo? · has anybody seen more than this host?")

    def handle(self, *args: Any, **options: Any) -> None:
        name = "_" + "_".join(filter(None, [options["verb"], options.get("what")]))
        try:
            getattr(self, name)(options)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except OSError as error:
            raise CommandError(str(error)) from error

    def _keys_list(self, options: dict[str, Any]) -> None:
        for epoch in keyring.log_keys():
            here = "" if keys.find(epoch.key.vkey) else _(" (su parte secreta no está en este equipo)")
            self.stdout.write(f"{epoch.at[:10]}  {epoch.start}  {epoch.key.vkey}{here}")

    def _keys_rotate(self, options: dict[str, Any]) -> None:
        epoch = keyring.rotate()
        publish()
        self.stdout.write(_("Desde ahora firma la llave %(key)s.") % {"key": epoch.key.vkey})
        self.stdout.write(
            _(
                "Durante 30 días firma también la anterior. Saca de este equipo el archivo «%(name)s»: es la llave que sigue."
            )
            % {"name": f"{keys.path().name}.next"}
        )

    def _keys_note(self, options: dict[str, Any]) -> None:
        text = handover.draft(reason=options["reason"])
        Path(options["file"]).write_text(text, "utf-8")
        self.stdout.write(
            _(
                "Carta en «%(file)s». Cada testigo la lee y la firma: python3 tequio_testigo.py sucesion %(file)s. "
                "Junta sus renglones al final del archivo y corre «record keys succeed»."
            )
            % options
        )

    def _keys_succeed(self, options: dict[str, Any]) -> None:
        epoch = handover.succeed(signed=Path(options["file"]).read_text("utf-8"))
        publish()
        self.stdout.write(_("Los testigos bastan. Desde ahora firma la llave %(key)s.") % {"key": epoch.key.vkey})

    def _recover(self, options: dict[str, Any]) -> None:
        policy = Path(options["policy"]).read_text("utf-8") if options["policy"] else ""
        done = recover.recover(options["source"], policy)
        self.stdout.write(_("Recuperados %(n)s actos: el registro vuelve a tener %(size)s.") % vars(done))
        for line in done.lost:
            self.stdout.write(_("No estaba en la copia: %(what)s") % {"what": line})
        for line in done.dropped:
            self.stdout.write(_("Este acto nunca se publicó y ya no cabe: %(what)s") % {"what": line})

    def _compare(self, options: dict[str, Any]) -> None:
        behind = recover.look(force=True)
        if behind is None:
            self.stdout.write(_("Nadie de los consultados vio más de lo que hay aquí."))
            return
        raise CommandError(
            _("«%(source)s» tiene %(size)s actos y aquí hay menos: corre «record recover --from %(source)s».")
            % {"source": behind.source, "size": behind.size}
        )
