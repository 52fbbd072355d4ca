"""The public pages of this installation, view by view. A new public address needs its line here (a test says so)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tequio.commitments.models import Indicator, RoadmapVersion
from tequio.commitments.queries import public_activities, public_commitments, public_evidence
from tequio.documents.models import Blob
from tequio.documents.queries import is_public
from tequio.documents.types import FILMS, HTML
from tequio.meetings.queries import bodies, public_agreements, public_sessions
from tequio.mirror import cocreation, lawmaking, legaltext, participation
from tequio.mirror.registry import View, leave_out, register
from tequio.monitoring.queries import published_plans
from tequio.numbers.figures import health
from tequio.numbers.panels import panels
from tequio.observations.queries import public as public_observations
from tequio.opendata.rows import public_decisions, public_plans
from tequio.opendata.tables import TABLES
from tequio.people.models import Organisation
from tequio.places.models import Jurisdiction
from tequio.portal import help as help_texts
from tequio.record import attest, state_seal
from tequio.record.core.tiles import LEVEL_STEP, WIDTH, index_path
from tequio.record.models import Act, Leaf
from tequio.record.publish import newest
from tequio.secretariat.models import DecisionRules
from tequio.secretariat.queries import public as decided
from tequio.sortition.models import Call
from tequio.sortition.queries import public_calls
from tequio.vocabularies import terms

Args = dict[str, Any]


def once() -> Iterable[Args]:
    """A page of the installation."""
    return [{}]


def each(*objects: Callable[[Jurisdiction], Iterable[Args]]) -> Callable[[], Iterator[Args]]:
    """A page for each object of each jurisdiction; without a function, one page for each jurisdiction."""

    def rows() -> Iterator[Args]:
        for place in Jurisdiction.objects.order_by("order", "slug"):
            for row in objects[0](place) if objects else [{}]:
                yield {"jurisdiction": place.slug, **row}

    return rows


def _plans(place: Jurisdiction) -> Iterable[Args]:
    return [{"number": plan.number} for plan in public_plans(place)]


def _commitments(place: Jurisdiction) -> Iterable[Args]:
    return [{"code": row.code} for row in public_commitments(place)]


def _inside(name: str, rows: Callable[[Jurisdiction], Iterable[Any]]) -> Callable[[Jurisdiction], Iterable[Args]]:
    return lambda place: [{"code": row.commitment.code, name: getattr(row, name)} for row in rows(place)]


def _changed(place: Jurisdiction) -> Iterable[Args]:
    rows = RoadmapVersion.objects.filter(commitment__in=public_commitments(place))
    return [{"code": code} for code in sorted(set(rows.values_list("commitment__code", flat=True)))]


def _evidence(place: Jurisdiction) -> Iterable[Any]:
    for commitment in public_commitments(place):
        yield from public_evidence(commitment)


def _indicators(place: Jurisdiction) -> Iterable[Any]:
    return Indicator.objects.filter(commitment__in=public_commitments(place)).select_related("commitment")


def _versions(place: Jurisdiction) -> Iterable[Any]:
    return RoadmapVersion.objects.filter(commitment__in=public_commitments(place)).select_related("commitment")


def _decisions(place: Jurisdiction) -> Iterable[Args]:
    return [{"number": row.activity.number, "decision": row.number} for row in public_decisions(place)]


def _acts(place: Jurisdiction) -> Iterable[Args]:
    rows = Leaf.objects.filter(act__jurisdiction=place.slug).order_by("position")
    return [{"number": number} for number in rows.values_list("position", flat=True)]


def _proven(place: Jurisdiction) -> Iterable[Args]:
    sealed = newest()
    return [row for row in _acts(place) if sealed and row["number"] < sealed.size]


def _stories(place: Jurisdiction) -> Iterable[Args]:
    rows = Act.objects.filter(jurisdiction=place.slug, numbered__isnull=False)
    return [{"key": on.split("/", 1)[1]} for on in sorted(set(rows.values_list("on", flat=True)))]


def _panels(place: Jurisdiction) -> Iterable[Args]:
    plans = published_plans(place)
    return [{"panel": panel.key} for panel in panels(health(plans[0]))] if plans else []


def _with_plan(place: Jurisdiction) -> Iterable[Args]:
    return [{}] if published_plans(place) else []


def _drawn(place: Jurisdiction) -> Iterable[Args]:
    return [{"number": call.number} for call in public_calls(place) if call.status == Call.Status.DRAWN]


def _closed(place: Jurisdiction) -> Iterable[Args]:
    return [{"number": call.number} for call in public_calls(place) if call.fingerprint]


def _sessions(place: Jurisdiction) -> Iterable[Args]:
    return [{"number": row.number} for row in public_sessions(place)]


def _with_rules(place: Jurisdiction) -> Iterable[Args]:
    rows = DecisionRules.objects.filter(body__jurisdiction=place)
    return [{"body": slug} for slug in sorted(set(rows.values_list("body__slug", flat=True)))]


def _blobs(*types: str) -> Callable[[], Iterable[Args]]:
    def rows() -> Iterator[Args]:
        found = Blob.objects.filter(media_type__in=types) if types else Blob.objects.exclude(media_type__in=FILMS)
        for blob in found.order_by("sha256"):
            if is_public(blob) and blob.path.exists():
                yield {"sha256": blob.sha256}

    return rows


def _size() -> int:
    sealed = newest()
    return sealed.size if sealed else 0


def _spans(count: int) -> Iterator[str]:
    """The places of full tiles and of the last narrower one."""
    for index in range(-(-count // WIDTH)):
        width = min(WIDTH, count - index * WIDTH)
        yield index_path(index) + ("" if width == WIDTH else f".p/{width}")


def _tiles() -> Iterator[Args]:
    level, count = 0, _size()
    while count:
        for place in _spans(count):
            yield {"level": str(level), "place": place}
        level, count = level + 1, count >> LEVEL_STEP


def _if(found: Callable[[], Any]) -> Callable[[], Iterable[Args]]:
    return lambda: [{}] if found() else []


def _state_numbered() -> bool:
    found = state_seal.newest()
    return found is not None and Leaf.objects.filter(act=found).exists()


def register_all() -> None:
    """Registers every public view and names those that no copy holds."""
    register(
        View("portal:network", once),
        View("portal:help", once),
        View("portal:help_page", lambda: [{"page": page.slug} for page in help_texts.pages()]),
        View("vocabularies:lists", once),
        View("vocabularies:list", lambda: [{"scheme": scheme} for scheme in terms.schemes()]),
        View("portal:home", each()),
        View(
            "monitoring:board",
            each(),
            ("poder", "luz", "diferencia", "vence", "institucion", "orden", "vista"),
            ("plan",),
        ),
        View("monitoring:changes", each(), (), ("plan",)),
        View("monitoring:changes_csv", each(_with_plan), (), ("plan",)),
        View("monitoring:committee", each(), (), ("plan",)),
        View("monitoring:decision", each(_decisions)),
        View("numbers:numbers", each(), (), ("plan",)),
        View("numbers:csv", each(_panels), (), ("plan",)),
        View("plans:plans", each()),
        View("plans:plan", each(_plans)),
        View("commitments:manual", each(_plans), ("version",)),
        View("commitments:commitment", each(_commitments)),
        View("commitments:changes", each(_changed), (), ("de", "a")),
        View("commitments:version", each(_inside("number", _versions))),
        View("commitments:indicator", each(_inside("number", _indicators))),
        View("commitments:evidence", each(_inside("number", _evidence))),
        View("commitments:activity", each(lambda place: [{"number": row.number} for row in public_activities(place)])),
        View("people:organisations", each()),
        View(
            "people:organisation",
            each(lambda place: [{"slug": row.slug} for row in Organisation.objects.filter(jurisdiction=place)]),
        ),
        View("people:directory", each()),
        View("secretariat:decisions", each(), ("estado",), ("pagina",)),
        View("secretariat:decision", each(lambda place: [{"number": row.number} for row in decided(place)])),
        View("secretariat:rules", each(_with_rules)),
        View("secretariat:parity", each(), (), ("organo",)),
        View("secretariat:parity_csv", each(), (), ("organo",)),
        View("secretariat:requirements", each(), (), ("plan",)),
        View("observations:observations", each(), ("estado", "compromiso"), ("pagina",)),
        View("observations:rules", each(), (), ("pagina",)),
        View("privacy:overview", each(), (), ("pagina",)),
        View("observations:feed", each()),
        View(
            "observations:observation",
            each(lambda place: [{"number": row.number} for row in public_observations(place)]),
        ),
        *cocreation.views(each),
        *legaltext.views(each),
        *lawmaking.views(each),
        *participation.views(each),
        View("meetings:sessions", each(), ("organo",), ("pagina",)),
        View("meetings:calendar", each()),
        View("meetings:proposals", each(), (), ("pagina",)),
        View("meetings:session", each(_sessions)),
        View("meetings:event", each(_sessions)),
        View("meetings:screen", each(_sessions)),
        View("meetings:bodies", each(), (), ("pagina",)),
        View("meetings:body", each(lambda place: [{"slug": row.slug} for row in bodies(place)])),
        View("meetings:agreements", each(), ("estado",), ("pagina",)),
        View("meetings:agreement", each(lambda place: [{"number": row.number} for row in public_agreements(place)])),
        View("oversight:overview", each(), (), ("plan",)),
        View("sortition:calls", each(), (), ("pagina",)),
        View("sortition:formula", each()),
        View("sortition:script", each()),
        View("sortition:call", each(lambda place: [{"number": call.number} for call in public_calls(place)])),
        View("sortition:volunteers_json", each(_closed)),
        View("sortition:volunteers_csv", each(_closed)),
        View("sortition:result", each(_drawn)),
        View("search:search", each()),
        View("opendata:index", each()),
        View("opendata:dictionary", each(lambda place: [{"name": table.name} for table in TABLES])),
        View("opendata:csv", each(lambda place: [{"name": table.name} for table in TABLES])),
        View("opendata:xlsx", each(lambda place: [{"name": table.name} for table in TABLES])),
        View("opendata:plan_document", each(_plans)),
        View("opendata:plan_spreadsheet", each(_plans)),
        View("opendata:plan_template", each()),
        View("opendata:feed", each()),
        View("opendata:calendar", each()),
        View("record:acts", each(), ("tipo", "sobre"), ("pagina",)),
        View("record:verifier", each()),
        View("record:act", each(_acts)),
        View("record:entry", each(_acts)),
        View("record:proof", each(_proven)),
        View("record:story", each(_stories), (), ("pagina",)),
        View("witnesses:witnesses", each()),
        View("witnesses:invitation", each()),
        View("witnesses:printed", each()),
        View("witnessing:policy", once),
        View("witnessing:witnesses", once),
        View("witnessing:attested", _if(attest.newest_attested)),
        View("witnessing:tool", once),
        View("log:checkpoint", _if(newest)),
        View("log:keys", once),
        View("log:state", _if(_state_numbered)),
        View("log:entries", lambda: [{"place": place} for place in _spans(_size())]),
        View("log:tile", _tiles),
        View("documents:blob", _blobs()),
        View("documents:words", _blobs(HTML)),
    )
    leave_out("asks for something of the reader", "notices:follow", "notices:sent", "observations:say")
    leave_out("asks for something of the reader", "observations:sent", "sortition:take_part")
    leave_out("asks for something of the reader", "privacy:ask", "privacy:sent", "witnesses:hand_in")
    leave_out("signs for the live portal", "witnessing:hand")
    leave_out("asks for something of the reader", *cocreation.ASKING, *legaltext.ASKING, *lawmaking.ASKING)
    leave_out("behind a secret link of one person", *cocreation.SECRET)
    leave_out("asks for something of the reader", *participation.ASKING)
    leave_out("behind a secret link", *participation.SECRET)
    leave_out("its pages are as many as its questions", "log:consistency")
    leave_out("for search engines and social networks", "portal:robots", "portal:map", "portal:social_image")
    leave_out("films are as large as all the rest; what they say is in the copy", "documents:film")
    leave_out("for developers", "portal:style")
    leave_out("answers programs", "witnessing:cosignatures", "witnessing:add_checkpoint", "witnessing:request")
    leave_out(
        "behind a secret link of one person",
        *("notices:button", "notices:confirm", "notices:manage", "notices:leave"),
        *("observations:resend", "observations:confirm", "observations:mine"),
        *("privacy:confirm", "privacy:mine", "privacy:holdings"),
        *("sortition:confirm", "sortition:withdraw", "sortition:seat"),
        *("meetings:attend", "meetings:present"),
    )
