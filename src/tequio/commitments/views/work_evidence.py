"""Where a public piece of evidence is taken out of the public's sight because it shows personal data."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.commitments import actions, queries
from tequio.commitments.forms.changes import HoldBackForm
from tequio.commitments.models import Evidence
from tequio.common.access import here, require
from tequio.people.acting import actor_for


@never_cache
def hold_back(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """Asks for the public reason, and holds the piece back."""
    rows = Evidence.objects.filter(commitment__in=queries.public_commitments(here(request)), personal_data=False)
    rows = rows.select_related("commitment__jurisdiction", "commitment__plan", "activity__jurisdiction", "blob")
    piece = rows.filter(commitment__code=code, number=number).first()
    if piece is None:
        require(request, "commitments.work", here(request))
        raise Http404
    require(request, "commitments.hold_back", piece)
    form: forms.Form = HoldBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hold_back(evidence=piece, why=form.cleaned_data["why"], by=actor_for(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request,
                _("Ya nadie de fuera la ve. La institución que la entregó puede subir una versión pública."),
            )
            return redirect("commitments:commitment", jurisdiction=jurisdiction, code=code)
    context = {"piece": piece, "commitment": piece.commitment, "form": form}
    return render(request, "commitments/work/hold_back.html", context, status=422 if form.errors else 200)
