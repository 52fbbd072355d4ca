"""Pages of the public record: the list, one act with its proof, the story of one object."""

from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.common.paging import page_of
from tequio.record import attest, keyring, kinds, queries, subjects
from tequio.record.core.merkle import leaf_hash
from tequio.record.core.note import b64encode
from tequio.record.verify import log_key

SECTION = "record"


def acts(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Every public act of the jurisdiction, newest first; ``?tipo=`` one kind, ``?sobre=`` one sort of object."""
    kind, subject = request.GET.get("tipo", ""), request.GET.get("sobre", "")
    page = page_of(request, queries.acts(jurisdiction, kind=kind, subject=subject))
    choices = sorted(((row.key, str(row.words)) for row in kinds.all_kinds()), key=lambda row: row[1])
    context = {
        "section": SECTION,
        "page": page,
        "acts": queries.tell(page),
        "kinds": choices,
        "subjects": [(key, subjects.label(key)) for key in subjects.all_keys()],
        "kind": kind,
        "subject": subject,
        "seal": queries.seal,
    }
    return render(request, "record/acts.html", context)


def _found(jurisdiction: str, number: int) -> queries.Told:
    found = queries.act_at(jurisdiction, number)
    if found is None:
        raise Http404
    return found


def act(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """One act: who, what, when and why, how the object stood after it, and how to check all that."""
    found = _found(jurisdiction, number)
    before, after = queries.around(found)
    rows = queries.changes(found, before)
    proof = queries.proof(found)
    context = {
        "section": SECTION,
        "told": found,
        "before": before,
        "after": after,
        "changed": [row for row in rows if not row.same],
        "same": [row for row in rows if row.same],
        "hidden": queries.hidden(found),
        "erased": [subjects.field_label(found.subject, gone["field"]) for gone in found.entry.get("erased", [])],
        "object_url": subjects.url(found.act.on),
        "leaf": b64encode(leaf_hash(bytes(found.act.entry))),
        "proof": proof,
        "proof_text": proof.encode() if proof else "",
        "entry": b64encode(bytes(found.act.entry)),
        "vkey": keyring.key_of(int(proof.checkpoint.split("\n")[1])).vkey if proof else "",
        "policy": attest.policy,
        "path": [b64encode(node) for node in proof.path] if proof else [],
        "seal_size": proof.checkpoint.split("\n")[1] if proof else "",
        "seal_root": proof.checkpoint.split("\n")[2] if proof else "",
    }
    return render(request, "record/act.html", context)


def verifier(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Checks a proof that the reader holds, in the reader's browser; nothing is sent."""
    context = {
        "section": SECTION,
        "vkey": log_key().vkey,
        "older": older_keys(),
        "policy": attest.policy,
        "tool_url": reverse("witnessing:tool"),
    }
    return render(request, "record/verify.html", context)


def older_keys() -> str:
    """The log's earlier keys as ``verify.js`` reads them: the key, and the largest tree that it signs."""
    epochs = keyring.log_keys()
    return "\n".join(f"{one.key.vkey} {after.start}" for one, after in pairwise(epochs))


def entry(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The exact bytes of the act's leaf."""
    return HttpResponse(bytes(_found(jurisdiction, number).act.entry), content_type="application/json")


def proof(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The act's proof as a C2SP ``tlog-proof``; 404 until a seal covers it."""
    made = queries.proof(_found(jurisdiction, number))
    if made is None:
        words = _("Este acto ya está anotado y aún no está sellado. Su prueba estará aquí en unos minutos.")
        return HttpResponse(words + "\n", status=404, content_type="text/plain; charset=utf-8")
    return HttpResponse(made.encode(), content_type="text/plain; charset=utf-8")


def story(request: HttpRequest, jurisdiction: str, key: str) -> HttpResponse:
    """Every act on one object, newest first, each with what it changed."""
    on = f"{jurisdiction}/{key}"
    page = page_of(request, queries.acts(jurisdiction, on=on))
    rows = queries.tell(page)
    if not rows:
        raise Http404
    lowest = rows[-1].act.rev
    below = queries.acts(jurisdiction, on=on).filter(rev=lowest - 1).first()
    earlier: list[queries.Told | None] = [*rows[1:], queries.told(below) if below else None]
    steps: list[dict[str, Any]] = [
        {"told": row, "changed": [c.label for c in queries.changes(row, before) if not c.same] if before else []}
        for row, before in zip(rows, earlier, strict=True)
    ]
    context = {
        "section": SECTION,
        "page": page,
        "steps": steps,
        "newest": rows[0],
        "object_url": subjects.url(on),
        "key": key,
    }
    return render(request, "record/story.html", context)
