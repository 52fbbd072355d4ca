"""``load_plan``: loads the plans of a file into a jurisdiction, all or nothing."""

import argparse
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tequio.commitments.document import reader
from tequio.commitments.document.check import check
from tequio.commitments.document.load import FaultsFound, LoadReport, load, say_absent
from tequio.commitments.document.normal import normalise
from tequio.places.actions import create_jurisdiction
from tequio.places.models import Jurisdiction
from tequio.record.append import SYSTEM

STEPS = {
    "institutions": gettext_lazy("Instituciones"),
    "commitments": gettext_lazy("Compromisos"),
    "activities": gettext_lazy("Actividades"),
    "done": gettext_lazy("Listo"),
}


class Command(BaseCommand):
    help = (
        "Loads the plans of a .json, .xlsx or .csv file. Says every fault at once; nothing is loaded while one remains."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--jurisdiction", metavar="SLUG", default="", help="where the plans belong")
        parser.add_argument("--create", metavar="NAME", default="", help="opens this jurisdiction for them")
        parser.add_argument("--kind", choices=list(Jurisdiction.Kind.values), help="of the new jurisdiction")
        parser.add_argument(
            "--code", metavar="INEGI", default="", help="two digits for a state, five for a municipality"
        )
        parser.add_argument("--practice", action="store_true", help="the new jurisdiction is for practice")
        parser.add_argument(
            "--accept-known-faults",
            action="store_true",
            help="loads a source's contradictions as they are, flagged for every reader",
        )
        parser.add_argument("--ogp-csv", action="store_true", help="FILE is OGP's public commitments spreadsheet")
        parser.add_argument("--member", metavar="NAME", default="", help="whose rows of OGP's spreadsheet")
        parser.add_argument("--dry-run", action="store_true", help="tries everything and keeps nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        self.offered: set[frozenset[str]] = set()
        try:
            found = self._read(options)
        except ValidationError as error:
            self._refuse(error.messages)
        else:
            self._load(found, options)

    def _read(self, options: dict[str, Any]) -> list[reader.Found]:
        path: Path = options["file"]
        name = f"{path.stem}.csv" if options["ogp_csv"] else path.name
        if name.lower().endswith(".csv") and not options["member"]:
            raise reader.Unreadable(_("Di de qué miembro de OGP son los planes: --ogp-csv ARCHIVO --member NOMBRE."))
        try:
            data = path.read_bytes()
        except OSError as error:
            raise reader.Unreadable(
                _("No se puede leer «%(path)s»: revisa que exista y que tengas permiso.") % {"path": path}
            ) from error
        return reader.read(name, data, member=options["member"])

    def _load(self, found: list[reader.Found], options: dict[str, Any]) -> None:
        faults, known, reports = [], 0, []
        with transaction.atomic():
            try:
                jurisdiction = self._jurisdiction(options)
            except ValidationError as error:
                transaction.set_rollback(True)
                self._refuse(error.messages)
            accept = options["accept_known_faults"]
            for n, plan in enumerate(found, 1):
                prefix = self._prefix(plan, n) if len(found) > 1 else ""
                refused = [fault for fault in check(plan.document) if not (fault.known and accept)]
                faults += [prefix + plan.say(fault) for fault in refused]
                known += sum(fault.known for fault in refused)
            if not faults:
                for n, plan in enumerate(found, 1):
                    prefix = self._prefix(plan, n) if len(found) > 1 else ""
                    try:
                        reports.append(self._one(plan, jurisdiction, options))
                    except FaultsFound as error:
                        faults += [prefix + plan.say(fault) for fault in error.faults]
                    except ValidationError as error:
                        faults += [prefix + words for words in error.messages]
            if faults or options["dry_run"]:
                transaction.set_rollback(True)
        if faults:
            self._refuse(faults, known)
        for plan, report in zip(found, reports, strict=True):
            self._report(plan, report, jurisdiction, options["dry_run"])
        if options["dry_run"]:
            self.stdout.write(_("Era un ensayo: no se guardó nada."))

    def _jurisdiction(self, options: dict[str, Any]) -> Jurisdiction:
        slug = options["jurisdiction"]
        if options["create"]:
            if not options["kind"]:
                raise ValidationError(
                    _("Di qué clase de territorio es: --kind %(kinds)s.")
                    % {"kinds": "|".join(Jurisdiction.Kind.values)}
                )
            return create_jurisdiction(
                slug=slug or slugify(options["create"]),
                name=options["create"],
                kind=options["kind"],
                code=options["code"],
                is_practice=options["practice"],
                by=SYSTEM,
            )
        places = list(Jurisdiction.objects.filter(slug=slug) if slug else Jurisdiction.objects.all())
        if len(places) == 1:
            return places[0]
        if slug:
            raise ValidationError(
                _("No hay un territorio con la dirección «%(slug)s». Para abrirlo: --create NOMBRE --kind state.")
                % {"slug": slug}
            )
        names = ", ".join(Jurisdiction.objects.order_by("slug").values_list("slug", flat=True))
        if names:
            raise ValidationError(
                _("Di de qué territorio es el plan, con --jurisdiction: %(names)s.") % {"names": names}
            )
        raise ValidationError(_("Todavía no hay ningún territorio. Para abrir uno: --create NOMBRE --kind state."))

    def _one(self, plan: reader.Found, jurisdiction: Jurisdiction, options: dict[str, Any]) -> LoadReport:
        report = load(
            plan.document,
            jurisdiction=jurisdiction,
            by=SYSTEM,
            accept_known_faults=options["accept_known_faults"],
            progress=self._progress,
        )
        self._progress("", 0, 0)
        return report

    def _progress(self, step: str, done: int, total: int) -> None:
        """A line that is written over, for people who watch; files and pipes get none."""
        if self.stdout.isatty():
            words = f"{STEPS.get(step, step)} {done}/{total}" if step and total > 1 else str(STEPS.get(step, step))
            self.stdout.write(f"\r{words:<40}", ending="" if step else "\r")
            self.stdout.flush()

    def _prefix(self, plan: reader.Found, n: int) -> str:
        number = plan.document.get("number", n) if isinstance(plan.document, dict) else n
        return _("Plan %(number)s › ") % {"number": number}

    def _report(self, found: reader.Found, report: LoadReport, jurisdiction: Jurisdiction, dry: bool) -> None:
        number = normalise(found.document)["number"]
        for remark in found.remarks:
            self.stdout.write(_("Ojo: %(remark)s") % {"remark": remark})
        if report.unchanged:
            self.stdout.write(_("Plan %(number)s: ya estaba cargado y dice lo mismo.") % {"number": number})
            return
        counts = report.counts
        self.stdout.write(
            _(
                "Plan %(number)s de %(place)s: %(commitments)s compromisos, %(activities)s actividades, "
                "%(indicators)s indicadores, %(evidence)s evidencias, %(institutions)s instituciones nuevas."
            )
            % {"number": number, "place": jurisdiction, **counts}
        )
        for fault in report.flagged:
            self.stdout.write(_("Señalado: %(fault)s") % {"fault": found.say(fault)})
        if report.absent_files:
            self.stdout.write(say_absent(report.absent_files))
        for kept, gone in report.merge_offers:
            if frozenset((kept.slug, gone.slug)) in self.offered:
                continue
            self.offered.add(frozenset((kept.slug, gone.slug)))
            address = reverse("people:merge_organisation", args=[jurisdiction.slug, gone.slug])
            self.stdout.write(
                _("¿Son la misma institución? «%(gone)s» y «%(kept)s».") % {"gone": gone.name, "kept": kept.name}
                + ("" if dry else f" {settings.BASE_URL}{address}?con={kept.slug}")
            )
        if not dry:
            address = reverse("plans:plan", args=[jurisdiction.slug, number])
            self.stdout.write(_("Su página: %(address)s") % {"address": f"{settings.BASE_URL}{address}"})

    def _refuse(self, sentences: list[str], known: int = 0) -> NoReturn:
        """Says each fault on a line of its own and ends with exit code 1."""
        for words in sentences:
            self.stderr.write(" ".join(words.split()))
        count = len(sentences)
        self.stdout.write(
            ngettext(
                "No se cargó nada: hay %(count)s problema que corregir.",
                "No se cargó nada: hay %(count)s problemas que corregir.",
                count,
            )
            % {"count": count}
        )
        if known:
            self.stdout.write(
                ngettext(
                    "%(count)s es una contradicción de la fuente: con --accept-known-faults se carga tal cual, señalada.",
                    "%(count)s son contradicciones de la fuente: con --accept-known-faults se cargan tal cual, señaladas.",
                    known,
                )
                % {"count": known}
            )
        raise SystemExit(1)
