"""Every role at every address and for every permission, against the table in ``matrix.py``."""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import LocalePrefixPattern, URLResolver
from rules.permissions import permissions

from tequio.people.queries import acting_role
from tequio.record.publish import publish
from tests import matrix
from tests.cast import ROLES, Cast, Place, cast, signed_in  # noqa: F401
from tests.matrix import ADDRESSES, ON, PERMISSIONS, Line

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


def patterns(found: list[Any] | None = None, before: str = "", language: bool = False) -> Iterator[tuple[str, bool]]:
    """Every pattern of the resolver without its language, and whether it has one."""
    for pattern in get_resolver().url_patterns if found is None else found:
        if isinstance(pattern, URLResolver):
            prefix = isinstance(pattern.pattern, LocalePrefixPattern)
            own = "" if prefix else str(pattern.pattern)
            yield from patterns(pattern.url_patterns, before + own, language or prefix)
        elif isinstance(pattern, URLPattern):
            yield before + str(pattern.pattern), language


def address(route: str, line: Line, place: Place) -> str:
    """The route with its arguments filled in from the line, else from the samples."""
    samples = matrix.API_SAMPLES if route.startswith("api/") else matrix.SAMPLES

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        return str(line.values[name] if name in line.values else samples[name](place))

    return "/" + ARGUMENT.sub(value, route)


def status_of(client: Client, url: str) -> int:
    """What the address answers; what it streams is read to the end, so that its file is closed."""
    response = client.get(url)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


def none_of(wrong: list[Any]) -> None:
    """Fails with each thing that differs from the table, one a line."""
    assert not wrong, "differs from tests/matrix.py:\n" + "\n".join(" ".join(map(str, one)) for one in wrong)


pytestmark = pytest.mark.once


@pytest.fixture(scope="module", autouse=True)
def short_refusals() -> Iterator[None]:
    """The page that says no is one word here: it is asked for thousands of times, and shown by tests of its own."""
    own = ("django.template.loaders.locmem.Loader", {"portal/403.html": "No."})
    loaders = [("django.template.loaders.cached.Loader", [own, "django.template.loaders.app_directories.Loader"])]
    engine = {**settings.TEMPLATES[0], "APP_DIRS": False}
    with override_settings(TEMPLATES=[{**engine, "OPTIONS": {**engine["OPTIONS"], "loaders": loaders}}]):
        yield


FILE = re.compile(r"\.[a-z0-9-]+$")  # a route that ends like a file


def lines(*access: str) -> list[tuple[str, Line]]:
    return [(route, line) for route, line in ADDRESSES.items() if line.access in access]


def test_every_address_has_its_line_and_every_line_an_address() -> None:
    assert sorted({route for route, _language in patterns()}) == sorted(ADDRESSES)


def test_every_permission_has_its_line_and_every_line_a_permission() -> None:
    assert sorted(permissions) == sorted(PERMISSIONS)


@pytest.mark.django_db
def test_the_roles_of_the_table_are_those_of_the_vocabulary() -> None:
    from tequio.vocabularies import terms

    assert sorted(set(terms.keys("role")) - {"system", "operator"}) == sorted(ROLES)


def test_public_pages_are_open_to_every_role(cast: Cast) -> None:  # noqa: F811
    publish()
    wrong = []
    for name, account in one_of_each(cast).items():
        client = signed_in(account)
        for route, line in lines("public", "machine"):
            if name not in ("visitor", "committee") and (line.access == "machine" or FILE.search(route)):
                continue  # files and answers to machines are made without asking who reads: two readers show it
            url = address(route, line, cast.valle)
            status = status_of(client, url)
            if status != line.status:
                wrong.append((name, url, status))
    none_of(wrong)


def test_public_pages_answer_alike_in_english(cast: Cast) -> None:  # noqa: F811
    publish()
    with_language = {route for route, language in patterns() if language}
    client = signed_in(None)
    wrong = []
    for route, line in lines("public"):
        assert route in with_language, f"{route} is public and has no language: say machine"
        url = "/en" + address(route, line, cast.valle)
        status = status_of(client, url)
        if status != line.status:
            wrong.append((url, status))
    none_of(wrong)


def one_of_each(cast: Cast) -> dict[str, Any]:  # noqa: F811
    """One role for each set of permissions, and those without a role. Which roles have which permissions, all twelve are
    asked further down; an address asks for a permission and knows no role."""
    sets: dict[frozenset[str], str] = {}
    actors = matrix.actors(cast)
    for name in actors:
        held = frozenset(key for key, names in PERMISSIONS.items() if name in names)
        sets.setdefault(held if name in ROLES else frozenset({name}), name)
    return {name: actors[name] for name in sets.values()}


def some_foreigners(cast: Cast) -> dict[str, Any]:  # noqa: F811
    """The roles of another place that could do most at home; all of them are asked by permission, further down."""
    most = ("secretariat", "lead", "committee")
    return {name: account for name, account in matrix.foreigners(cast).items() if name.startswith(most)}


def test_work_pages_open_only_to_whoever_may(cast: Cast) -> None:  # noqa: F811
    wrong = []
    everybody = one_of_each(cast) | some_foreigners(cast)
    for name, account in everybody.items():
        client = signed_in(account)
        for route, line in ADDRESSES.items():
            if "." not in line.access or line.only_post:
                continue
            url = address(route, line, cast.valle)
            response = client.get(url)
            expected = 302 if account is None else line.status if name in PERMISSIONS[line.access] else 403
            if response.status_code != expected:
                wrong.append((name, url, response.status_code, expected))
            elif expected == 302 and not response["Location"].startswith("/cuentas/login/?next="):
                wrong.append((name, url, response["Location"], "to sign in"))
    none_of(wrong)


def test_nobody_changes_anything_without_the_permission(cast: Cast) -> None:  # noqa: F811
    from tequio.record.models import Act

    before = Act.objects.count()
    wrong = []
    everybody = one_of_each(cast) | some_foreigners(cast)
    for name, account in everybody.items():
        client = signed_in(account)
        for route, line in ADDRESSES.items():
            if "." not in line.access or name in PERMISSIONS[line.access]:
                continue
            url = address(route, line, cast.valle)
            status = client.post(url, {}).status_code
            if status != (302 if account is None else 403):
                wrong.append((name, url, status))
    none_of(wrong)
    assert Act.objects.count() == before


def test_pages_for_the_signed_in_open_to_them_and_lead_a_visitor_to_sign_in(cast: Cast) -> None:  # noqa: F811
    wrong = []
    for name, account in (matrix.actors(cast) | matrix.foreigners(cast)).items():
        client = signed_in(account)
        for route, line in lines("signed-in"):
            url = address(route, line, cast.valle)
            response = client.get(url)
            to_sign_in = response.status_code == 302 and response["Location"].startswith("/cuentas/login/")
            refused = response.status_code == 403
            if to_sign_in != (account is None) or refused != (account is not None and line.status == 403):
                wrong.append((name, url, response.status_code))
    none_of(wrong)


def test_the_ways_in_lead_everybody_somewhere(cast: Cast) -> None:  # noqa: F811
    wrong = []
    for name, account in matrix.actors(cast).items():
        for route, line in lines("entrance"):
            url = address(route, line, cast.valle)
            client = signed_in(account)
            if client.get(url).status_code not in (line.status, 301, 302):
                wrong.append((name, url))
    none_of(wrong)


def test_what_belongs_to_a_trial_does_not_exist_in_production(cast: Cast, settings: Any) -> None:  # noqa: F811
    settings.TRIAL = False
    for account in matrix.actors(cast).values():
        client = signed_in(account)
        for route, line in lines("trial"):
            assert client.get(address(route, line, cast.valle)).status_code == 404
        for route, line in lines("trial-post"):
            assert client.post(address(route, line, cast.valle), {"role": "valle-del-ejemplo/2"}).status_code == 404


def test_each_role_has_the_permissions_of_the_table_and_no_other(cast: Cast) -> None:  # noqa: F811
    wrong = []
    for permission, holders in PERMISSIONS.items():
        obj = ON.get(permission, lambda place: place.jurisdiction)(cast.valle)
        for name, account in matrix.actors(cast).items():
            user = account if account is not None else AnonymousUser()
            if account is not None:
                user.acting_role = acting_role(account, cast.valle.jurisdiction, None)
            if user.has_perm(permission, obj) != (name in holders):
                wrong.append((permission, name))
    none_of(wrong)


def test_no_role_reaches_into_another_jurisdiction(cast: Cast) -> None:  # noqa: F811
    wrong = []
    for permission in PERMISSIONS:
        obj = ON.get(permission, lambda place: place.jurisdiction)(cast.valle)
        for kind, account in cast.otro.accounts.items():
            account.acting_role = cast.otro.roles[kind]
            if account.has_perm(permission, obj):
                wrong.append((permission, kind))
    none_of(wrong)


def test_no_role_gives_a_permission_before_it_begins_or_after_it_ended(cast: Cast) -> None:  # noqa: F811
    import datetime as dt

    wrong = []
    for since, until in ((dt.date(2026, 3, 17), None), (dt.date(2026, 1, 1), dt.date(2026, 3, 15))):
        for permission in set(PERMISSIONS) - {"places.create_jurisdiction"}:
            obj = ON.get(permission, lambda place: place.jurisdiction)(cast.valle)
            for kind, account in cast.valle.accounts.items():
                role = cast.valle.roles[kind]
                role.since, role.until = since, until  # in memory only
                account.acting_role = role
                if account.has_perm(permission, obj):
                    wrong.append((permission, kind, since))
    none_of(wrong)


def test_without_an_object_no_role_has_any_permission(cast: Cast) -> None:  # noqa: F811
    for kind, account in cast.valle.accounts.items():
        account.acting_role = cast.valle.roles[kind]
    wrong = [
        (permission, kind)
        for permission in PERMISSIONS
        for kind, account in cast.valle.accounts.items()
        if account.has_perm(permission)
    ]
    none_of(wrong)


def test_a_closed_account_may_nothing(cast: Cast) -> None:  # noqa: F811
    cast.operator.is_active = False
    assert not cast.operator.has_perm("places.create_jurisdiction")
    sofia = cast.valle.accounts["secretariat"]
    sofia.acting_role = cast.valle.roles["secretariat"]
    assert sofia.has_perm("people.manage", cast.valle.jurisdiction)
    sofia.is_active = False
    assert not sofia.has_perm("people.manage", cast.valle.jurisdiction)


def test_an_object_of_no_jurisdiction_is_nobodys(cast: Cast) -> None:  # noqa: F811
    sofia = cast.valle.accounts["secretariat"]
    sofia.acting_role = cast.valle.roles["secretariat"]
    assert not sofia.has_perm("people.manage", SimpleNamespace())
