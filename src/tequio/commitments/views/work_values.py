"""Where an institution records what an indicator measured, after publication, and corrects it in the open."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.commitments import actions, queries
from tequio.commitments.forms.values import CorrectionForm, ValueForm, first_values
from tequio.commitments.measuring import lines_of
from tequio.commitments.models import Evidence, Indicator, IndicatorValue
from tequio.common.access import here, require
from tequio.common.charts import figure
from tequio.common.dates import in_words
from tequio.people.acting import actor_for


def fetch(request: HttpRequest, code: str, number: int) -> Indicator:
    """The public indicator of this jurisdiction, if the person may record what it measures."""
    rows = queries.indicators_of(queries.public_commitments(here(request)))
    found = rows.filter(commitment__code=code, number=number).first()
    if found is None:
        require(request, "commitments.work", here(request))
        raise Http404
    require(request, "commitments.record_value", found.commitment)
    return found


def _said(request: HttpRequest, form: ValueForm) -> dict[str, Any]:
    def address(piece: Evidence) -> str:
        with translation.override("es"):  # the address that stands in the record has one language
            path = reverse("commitments:evidence", args=[here(request).slug, piece.commitment.code, piece.number])
        return f"{settings.BASE_URL}{path}"

    return form.said(address)


def _tell(form: ValueForm, error: ValidationError) -> None:
    """What the action found wrong, beside its field where it has one."""
    if hasattr(error, "error_dict"):
        for name, errors in error.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        form.add_error(None, error)


def _how_it_stands(request: HttpRequest, value: IndicatorValue, words: str) -> None:
    """A message that tells at once how near the target the value came."""
    fresh = queries.indicators_of(queries.public_commitments(here(request))).get(pk=value.indicator_id)
    attainment = queries.measured(fresh, fresh.commitment.plan).attainment
    parts = [words % {"value": figure(value.value), "period": in_words(value.period)}]
    if attainment.percent is not None:
        parts.append(
            _("El indicador va al %(percent)s %% de la meta: %(light)s.")
            % {"percent": figure(round(attainment.percent, 1)), "light": attainment.word}
        )
    elif attainment.reason:
        parts.append(attainment.reason)
    messages.success(request, " ".join(parts))


@never_cache
def values(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """The values of an indicator with their history, how near it came, and the form for a new one."""
    indicator = fetch(request, code, number)
    role = request.role  # type: ignore[attr-defined]
    form = ValueForm(
        request.POST or None,
        indicator=indicator,
        evidence=list(queries.public_evidence(indicator.commitment)),
        today=timezone.localdate(),
        initial={"reported_by": role.organisation.name if role and role.organisation else ""},
    )
    if request.method == "POST" and not form.quiet and form.is_valid():
        try:
            made = actions.record_value(indicator=indicator, by=actor_for(request), **_said(request, form))
        except ValidationError as error:
            _tell(form, error)
        else:
            _how_it_stands(request, made, _("Guardado y público: %(value)s (%(period)s)."))
            return redirect("commitments:work_values", jurisdiction=jurisdiction, code=code, number=number)
    context = {
        "commitment": indicator.commitment,
        "indicator": indicator,
        "item": queries.measured(indicator, indicator.commitment.plan),
        "lines": lines_of(indicator.values.all()),
        "form": form,
    }
    return render(request, "commitments/work/values.html", context, status=422 if form.errors else 200)


@never_cache
def correct(request: HttpRequest, jurisdiction: str, code: str, number: int, value: int) -> HttpResponse:
    """Corrects a value; what it said before stays beside it."""
    indicator = fetch(request, code, number)
    row = get_object_or_404(indicator.values.all(), number=value)
    form = CorrectionForm(
        request.POST or None,
        indicator=indicator,
        evidence=list(queries.public_evidence(indicator.commitment)),
        today=timezone.localdate(),
        corrected=row,
        initial=first_values(row),
    )
    if request.method == "POST" and not form.quiet and form.is_valid():
        said = _said(request, form)
        try:
            kept = actions.correct_value(
                value=row, figure=said.pop("value"), why=form.cleaned_data["why"], by=actor_for(request), **said
            )
        except ValidationError as error:
            _tell(form, error)
        else:
            _how_it_stands(request, kept, _("Corregido a la vista de cualquiera: %(value)s (%(period)s)."))
            return redirect("commitments:work_values", jurisdiction=jurisdiction, code=code, number=number)
    context = {"commitment": indicator.commitment, "indicator": indicator, "value": row, "form": form}
    return render(request, "commitments/work/value.html", context, status=422 if form.errors else 200)
