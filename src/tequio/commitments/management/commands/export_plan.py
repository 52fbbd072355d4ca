"""``export_plan``: writes a plan as the document that ``load_plan`` reads."""

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tequio.commitments.document.dump import dump
from tequio.commitments.document.xlsx import to_xlsx
from tequio.plans.models import Plan


class Command(BaseCommand):
    help = "Writes a published plan as JSON, to be loaded again with load_plan."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "jurisdiction", metavar="JURISDICTION", nargs="?", default="", help="its slug, as in the address"
        )
        parser.add_argument("number", metavar="NUMBER", nargs="?", default=0, type=int)
        parser.add_argument("--xlsx", metavar="FILE", type=Path, help="writes the spreadsheet to this file instead")

        parser.add_argument(
            "--template", metavar="FILE", type=Path, help="writes the empty spreadsheet to be filled in"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["template"]:
            options["template"].write_bytes(to_xlsx())
            return
        plan = Plan.objects.filter(
            jurisdiction__slug=options["jurisdiction"], number=options["number"], status=Plan.Status.PUBLISHED
        ).first()
        if plan is None:
            raise CommandError(
                _("No hay un plan %(number)s publicado en «%(place)s».")
                % {"number": options["number"], "place": options["jurisdiction"]}
            )
        if options["xlsx"]:
            options["xlsx"].write_bytes(to_xlsx(dump(plan)))
            return
        self.stdout.write(json.dumps(dump(plan), ensure_ascii=False, indent=1))
