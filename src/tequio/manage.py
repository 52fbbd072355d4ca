"""Django's own commands: ``python -m tequio.manage …``."""

import os
import sys


def main() -> None:
    """Runs a Django command with this installation's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
