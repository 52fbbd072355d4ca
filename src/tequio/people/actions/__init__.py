"""What is done with people, organisations, offices and roles. Each is one public act, inviting a person apart."""

from tequio.people.actions.merging import merge_organisations, merge_preview
from tequio.people.actions.organisations import (
    change_office,
    change_organisation,
    create_office,
    create_organisation,
    dissolve_organisation,
)
from tequio.people.actions.persons import invite, open_account, rename_person
from tequio.people.actions.roles import end_role, grant_role, replace_holder

__all__ = [
    "change_office",
    "change_organisation",
    "create_office",
    "create_organisation",
    "dissolve_organisation",
    "end_role",
    "grant_role",
    "invite",
    "merge_organisations",
    "merge_preview",
    "open_account",
    "rename_person",
    "replace_holder",
]
