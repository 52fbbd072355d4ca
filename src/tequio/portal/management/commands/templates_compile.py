"""``templates_compile``: compiles every template of the product, so that a typing error shows before a page is opened."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template


class Command(BaseCommand):
    help = "Compiles every template of Tequio's apps and names each one that cannot be."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = []
        for name in template_names():
            try:
                get_template(name)
            except (TemplateSyntaxError, TemplateDoesNotExist) as error:
                faults.append(f"{name}: {type(error).__name__}: {error}")
        if faults:
            raise CommandError("\n".join(faults))


def template_names() -> list[str]:
    """Names, as ``render`` takes them, of every template in Tequio's own apps."""
    names = []
    for config in apps.get_app_configs():
        folder = Path(config.path) / "templates"
        if config.name.startswith("tequio."):
            names += [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return sorted(names)
