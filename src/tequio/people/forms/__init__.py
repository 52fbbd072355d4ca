"""Forms about people: signing in, institutions and roles."""

from tequio.people.forms.organisations import (
    DissolveForm,
    MergeForm,
    OfficeForm,
    OrganisationForm,
    SearchForm,
)
from tequio.people.forms.roles import EndForm, GrantForm, NameForm, ReplaceForm
from tequio.people.forms.sign_in import SignIn

__all__ = [
    "DissolveForm",
    "EndForm",
    "GrantForm",
    "MergeForm",
    "NameForm",
    "OfficeForm",
    "OrganisationForm",
    "ReplaceForm",
    "SearchForm",
    "SignIn",
]
