"""What is done with labs, their stops, their outreach and their sheets."""

from tequio.labs.actions.labs import change_lab, prepare_lab, publish_lab, renew_key
from tequio.labs.actions.route import (
    add_outreach,
    add_stop,
    cancel_stop,
    change_stop,
    record_attendance,
    record_reach,
)
from tequio.labs.actions.sheets import Entered, contribute_again, enter_sheet, print_sheets

__all__ = [
    "Entered",
    "add_outreach",
    "add_stop",
    "cancel_stop",
    "change_lab",
    "change_stop",
    "contribute_again",
    "enter_sheet",
    "prepare_lab",
    "print_sheets",
    "publish_lab",
    "record_attendance",
    "record_reach",
    "renew_key",
]
