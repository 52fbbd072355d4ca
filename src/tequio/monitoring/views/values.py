"""Where a member of the committee says that a measured value of an indicator was verified."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.commitments import queries
from tequio.commitments.actions import verify_value
from tequio.common.access import here, require
from tequio.monitoring.forms import VerifyValueForm
from tequio.people.acting import actor_for


@never_cache
def verify(request: HttpRequest, jurisdiction: str, code: str, number: int, value: int) -> HttpResponse:
    """Asks how it was verified, which is public, and marks the value."""
    rows = queries.indicators_of(queries.public_commitments(here(request)))
    indicator = rows.filter(commitment__code=code, number=number).first()
    if indicator is None:
        require(request, "monitoring.work_in_committee", here(request))
        raise Http404
    require(request, "monitoring.verify_value", indicator)
    row = get_object_or_404(indicator.values.all(), number=value)
    form = VerifyValueForm(request.POST or None)
    if request.method == "POST" and not row.verified and form.is_valid():
        try:
            verify_value(value=row, why=form.cleaned_data["why"], by=actor_for(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Verificado: ya se ve en la página del indicador, con tu motivo."))
            return redirect("commitments:indicator", jurisdiction=jurisdiction, code=code, number=number)
    context = {"indicator": indicator, "commitment": indicator.commitment, "value": row, "form": form}
    return render(request, "monitoring/work/verify_value.html", context, status=422 if form.errors else 200)
