"""An institution reports: one form that keeps itself, a page to check it, and what comes after sending it."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.commitments.forms.rows import asked, rearranged
from tequio.commitments.models import Activity
from tequio.commitments.queries import public_activities
from tequio.common.access import account_of, here, require
from tequio.common.autosave import is_autosave, refused, saved
from tequio.common.i18n import text
from tequio.documents.views import answer
from tequio.monitoring import actions, archiving, reviews, to_report
from tequio.monitoring.actions.report_drafts import NEW, live_draft
from tequio.monitoring.actions.reporting import Content, Piece
from tequio.monitoring.lights import institution_light
from tequio.monitoring.models import Decision, DraftFile, Report, ReportDraft, Said
from tequio.monitoring.report_forms import PREFIX, Both, PieceForm, data_of, document_of
from tequio.monitoring.standing import track_of
from tequio.people.acting import actor_for
from tequio.vocabularies import terms

UPLOAD = re.compile(rf"^{PREFIX}-(\d{{1,3}})-upload$")


def _activity(request: HttpRequest, number: int) -> Activity:
    """The public activity, for whoever may report on it."""
    found = get_object_or_404(public_activities(here(request)), number=number)
    require(request, "monitoring.report_progress", found)
    return found


def _draft(activity: Activity) -> ReportDraft | None:
    draft = live_draft(activity)
    if draft is not None:
        draft.activity = activity
    return draft


@never_cache
def report(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The form: how far, what was done, with which evidence."""
    activity = _activity(request, number)
    why, what = to_report.why_not(activity)
    if why:
        if is_autosave(request):
            return refused(ValidationError(why, code="changed"))
        context = {"activity": activity, "why": why, "what": what, "draft": _draft(activity)}
        return render(request, "monitoring/work/not_now.html", context, status=409 if request.method == "POST" else 200)
    if request.method == "POST":
        return _write(request, activity)
    draft = _draft(activity)
    document = draft.document if draft else {}
    wrong = "corregir" in request.GET and bool(document)
    return _page(request, activity, draft, data_of(document, draft.stamp if draft else NEW), quiet=not wrong)


def _write(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Keeps everything first, files too; then does what the button says."""
    data: Any = request.POST.copy()
    problems = {} if is_autosave(request) else _keep_files(request, activity, data)
    rows_asked = asked(data)
    if rows_asked:
        data = rearranged(data)
    document, seen = document_of(data), str(data.get("revision", ""))[:40]
    try:
        draft = actions.save_report_draft(activity=activity, document=document, seen=seen, account=account_of(request))
    except ValidationError as error:
        if is_autosave(request):
            return refused(error)
        now = _draft(activity)
        typed = data_of(document, now.stamp if now else NEW)
        return _page(request, activity, now, typed, status=409, conflict=" ".join(error.messages), refused=problems)
    if is_autosave(request):
        return saved(draft.stamp)
    draft.activity = activity
    if problems:
        return _page(request, activity, draft, data_of(document, draft.stamp), status=422, refused=problems)
    if rows_asked or "adjuntar" in data:
        return redirect(_at(activity) + "#evidencia")
    if "guardar" in data:
        messages.success(request, _("Borrador guardado. Nadie de fuera lo ve hasta que lo envíes."))
        return redirect(_at(activity))
    both = _both(activity, draft)
    if both.is_valid():
        archiving.archive_links(draft, [row.cleaned_data["url"] for row in both.written if _wants_copy(row)])
        draft.refresh_from_db(fields=["links"])
        both = _both(activity, draft)
    if both.is_valid():
        return redirect("monitoring:report_check", jurisdiction=activity.jurisdiction.slug, number=activity.number)
    return _page(request, activity, draft, data_of(document, draft.stamp), quiet=False, status=422)


def _keep_files(request: HttpRequest, activity: Activity, data: Any) -> dict[str, str]:
    """Keeps every file that came and names it in its row. Returns why one was not kept, by the row's prefix."""
    problems = {}
    for name, upload in request.FILES.items():
        found = UPLOAD.match(name)
        if not found or isinstance(upload, list):
            continue
        row = f"{PREFIX}-{found[1]}"
        try:
            file = actions.add_draft_file(activity=activity, upload=upload, account=account_of(request))  # type: ignore[arg-type]
        except ValidationError as error:
            problems[row] = " ".join(error.messages)
            continue
        data[f"{row}-file"] = str(file.pk)
        if data.get("revision") == "":
            data["revision"] = NEW
    return problems


def _wants_copy(row: PieceForm) -> bool:
    """Whether the row's address is to be archived: it has no file, and nothing in it is private."""
    data = row.cleaned_data
    return bool(data.get("url")) and not data.get("file") and not data.get("personal_data")


def _at(activity: Activity) -> str:
    return reverse("monitoring:report", args=[activity.jurisdiction.slug, activity.number])


def _both(activity: Activity, draft: ReportDraft) -> Both:
    """The draft as forms that are judged."""
    return Both(data_of(draft.document, draft.stamp), draft=draft, known=to_report.citable(activity), quiet=False)


def _page(
    request: HttpRequest,
    activity: Activity,
    draft: ReportDraft | None,
    data: Any,
    *,
    quiet: bool = True,
    status: int = 200,
    conflict: str = "",
    refused: dict[str, str] | None = None,
) -> HttpResponse:
    known = to_report.citable(activity)
    both = Both(data, draft=draft, known=known, quiet=quiet, refused=refused)
    new = [row["kind"].value() or "" for row in both.rows.forms if row["title"].value() or row.kept]
    own = [piece.kind for piece in known if piece.activity_id == activity.pk]
    today = timezone.localdate()
    context = {
        "activity": activity,
        "commitment": activity.commitment,
        "draft": draft,
        "both": both,
        "form": both.form,
        "rows": both.rows,
        "asked": to_report.asked_for(activity, [*own, *new], today),
        "conflict": conflict,
        "theirs": draft if conflict else None,
        "before": ReportDraft.objects.filter(activity=activity, discarded__isnull=False).first() if not draft else None,
        "decision": _answered(activity),
    }
    return render(request, "monitoring/work/report.html", context, status=status)


def _answered(activity: Activity) -> Decision | None:
    """The committee's decision to which a new report answers."""
    track = track_of(activity)
    if track is None or track.state not in to_report.RETURNED:
        return None
    return Decision.objects.filter(activity=activity, result=track.state, annulled_on=None).order_by("-number").first()


def content_of(both: Both, draft: ReportDraft) -> Content:
    """What valid forms say, for the action."""
    data = both.form.cleaned_data
    pieces = []
    for row in both.written:
        found = row.cleaned_data
        blob = found["file"].blob if found["file"] else None
        if blob is None and not found["personal_data"]:
            copy = both.files.get(draft.links.get(found["url"], {}).get("file"))
            blob = copy.blob if copy else None
        told = {name: found[name] for name in ("title", "kind", "date", "url", "page", "quote", "source", "author")}
        pieces.append(Piece(**told, licence=found["licence"], personal_data=found["personal_data"], blob=blob))
    return Content(
        said=data["said"],
        words=text(data["text"].get("es", ""), data["text"].get("en", "")),
        on=data["on"],
        cut=data["cut"],
        cited=both.form.cited_pieces,
        pieces=pieces,
    )


@never_cache
def check(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Everything as it will be seen, before it is sent; and sending it."""
    activity = _activity(request, number)
    draft = _draft(activity)
    place: dict[str, Any] = {"jurisdiction": jurisdiction, "number": number}
    if request.method == "POST" and draft is None and reviews.last_report(activity) is not None:
        return redirect("monitoring:report_sent", **place)  # a second press of the button
    if to_report.why_not(activity)[0]:
        return redirect("monitoring:report", **place)
    if draft is None or not draft.revision:
        why, what = _("No hay un borrador que revisar."), _("Quizá ya se envió, o todavía no se empieza.")
        return render(request, "monitoring/work/not_now.html", {"activity": activity, "why": why, "what": what})
    both = _both(activity, draft)
    if not both.is_valid():
        return redirect(_at(activity) + "?corregir=1")
    content, problem = content_of(both, draft), ""
    if request.method == "POST":
        try:
            actions.send_report(
                draft=draft,
                seen=request.POST.get("revision", ""),
                content=content,
                role=request.role,  # type: ignore[attr-defined]
                by=actor_for(request),
            )
        except ValidationError as error:
            problem = " ".join(error.messages)
        else:
            return redirect("monitoring:report_sent", **place)
    files = [row.cleaned_data["file"] for row in both.written]
    kinds = [*(piece.kind for piece in content.cited), *(piece.kind for piece in content.pieces)]
    own = [p.kind for p in both.form.known.values() if p.activity_id == activity.pk and p not in content.cited]
    context = {
        "activity": activity,
        "draft": draft,
        "content": content,
        "pieces": [
            {
                "piece": piece,
                "file": file,
                "kind": terms.label("evidence_type", piece.kind),
                "link": draft.links.get(piece.url),
            }
            for piece, file in zip(content.pieces, files, strict=True)
        ],
        "light": institution_light(content.said),
        "cut": dict(Report.Cut.choices).get(content.cut, ""),
        "asked": to_report.asked_for(activity, [*own, *kinds], timezone.localdate()),
        "problem": problem,
        **_next(activity, content.said),
    }
    return render(request, "monitoring/work/check.html", context, status=422 if problem else 200)


def _next(activity: Activity, said: str) -> dict[str, Any]:
    """What comes after a report: whose turn it is and how long it may take."""
    return {"committee": reviews.committee_of(activity), "is_progress": said != Said.NOT_STARTED}


@never_cache
def sent(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The report is public: what comes next."""
    activity = _activity(request, number)
    found = reviews.last_report(activity)
    if found is None:
        return redirect(_at(activity))
    held = [piece for piece in found.evidence.all() if piece.personal_data]
    unarchived = found.evidence.filter(unarchived__isnull=False, personal_data=False).count()
    context = {
        "activity": activity,
        "report": found,
        "held": held,
        "unarchived": unarchived,
        **_next(activity, found.said),
    }
    return render(request, "monitoring/work/sent.html", context)


@require_POST
def discard(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Throws the draft away; the form offers to undo it."""
    activity = _activity(request, number)
    draft = _draft(activity)
    if draft is not None:
        actions.discard_report_draft(draft=draft)
        messages.success(request, _("Borrador descartado. Puedes recuperarlo durante treinta días."))
    return redirect(_at(activity))


@require_POST
def restore(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Takes the discarded draft up again."""
    activity = _activity(request, number)
    try:
        actions.restore_report_draft(activity=activity)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Borrador recuperado, tal como estaba."))
    return redirect(_at(activity))


def file(request: HttpRequest, jurisdiction: str, number: int, pk: int) -> HttpResponse | FileResponse:
    """A file of the draft, for those who write it."""
    activity = _activity(request, number)
    found = (
        DraftFile.objects.filter(pk=pk, draft__activity=activity, draft__discarded=None).select_related("blob").first()
    )
    if found is None or not found.blob.path.exists():
        raise Http404
    return answer(found.blob, is_private=True)
