"""The one place where a view asks whether it may."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from tequio.common.access import AccessMiddleware, SignInNeeded, require


def asked(user: object) -> object:
    request = RequestFactory().get("/jalisco/gestion/?ver=todo")
    request.user = user
    return request


def test_a_visitor_is_led_to_sign_in_and_back_to_the_same_address() -> None:
    request = asked(AnonymousUser())
    with pytest.raises(SignInNeeded) as caught:
        require(request, "commitments.change_commitment")
    response = AccessMiddleware(lambda _request: HttpResponse()).process_exception(request, caught.value)
    assert response is not None
    assert (response.status_code, response["Location"].split("?")[1]) == (302, "next=/jalisco/gestion/%3Fver%3Dtodo")


def test_a_person_whose_role_does_not_allow_it_is_told_so() -> None:
    person = SimpleNamespace(is_authenticated=True, has_perm=lambda permission, obj: False)
    with pytest.raises(PermissionDenied, match=r"^El papel en que actúas no permite hacer esto\.$"):
        require(asked(person), "commitments.change_commitment")


def test_a_person_who_may_passes_for_that_very_object() -> None:
    seen = []

    def has_perm(permission: str, obj: object) -> bool:
        seen.append((permission, obj))
        return True

    require(asked(SimpleNamespace(is_authenticated=True, has_perm=has_perm)), "plans.publish", "plan 3")
    assert seen == [("plans.publish", "plan 3")]


def test_other_faults_are_not_taken_for_a_missing_sign_in() -> None:
    middleware = AccessMiddleware(lambda _request: HttpResponse())
    assert middleware.process_exception(asked(AnonymousUser()), ValueError()) is None
