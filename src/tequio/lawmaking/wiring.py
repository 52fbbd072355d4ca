"""What bills tell the apps below: kinds of act, words of the record, links and letters, pages of legal texts, the search."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.cocreation import moderated, tokens
from tequio.common import navigation, schedule, sections
from tequio.documents.films import megabytes
from tequio.documents.queries import register_owner
from tequio.documents.uploads import take_larger
from tequio.lawmaking import fills, finding, letters, owners, rules, topics
from tequio.lawmaking.models import Endorsement, Remark
from tequio.legaltext import marks
from tequio.legaltext import rules as texts
from tequio.people import desk, pending
from tequio.record import kinds, subjects
from tequio.record.kinds import Kind

KINDS = (
    Kind("bill.published", _("Se publicó una iniciativa"), decisive=True),
    Kind("bill.changed", _("Cambió lo que se dice de una iniciativa")),
    Kind("bill.moved", _("Una iniciativa pasó a otra etapa"), decisive=True),
    Kind("bill-step.added", _("Una iniciativa dio un paso"), decisive=True),
    Kind("hearing.announced", _("Se anunció una sesión que ve una iniciativa"), decisive=True),
    Kind("hearing.changed", _("Cambió una sesión que ve una iniciativa")),
    Kind("hearing.cancelled", _("Se canceló una sesión que iba a ver una iniciativa"), decisive=True),
    Kind("fate.decided", _("Se respondieron opiniones sobre una iniciativa"), decisive=True),
    Kind("remark.published", _("Alguien opinó sobre una iniciativa")),
    Kind("remark.held", _("Llegó una opinión; alguien la mira antes de que se vea")),
    Kind("remark.shown", _("Se miró una opinión y se ve")),
    Kind("remark.hidden", _("Se ocultó una opinión"), decisive=True),
    Kind("remark.appealed", _("Pidieron revisar una opinión oculta")),
    Kind("remark.restored", _("Una opinión vuelve a verse"), decisive=True),
    Kind("remark.upheld", _("Una opinión sigue oculta"), decisive=True),
    Kind("remark.withdrawn", _("Quien opinó retiró su opinión")),
    Kind("remark.answered", _("Una opinión tiene respuesta"), decisive=True),
    Kind("remark.counted", _("Se contaron los apoyos de una opinión")),
)


def page(said: Any) -> str:
    """Where an opinion, a reply or what is supported stands."""
    row: Remark = said.about if isinstance(said, Endorsement) else said
    row = row.parent or row
    return reverse("lawmaking:remark", args=[row.jurisdiction.slug, row.bill.code, row.number])


def _remark_url(jurisdiction: str, name: str) -> str:
    row = Remark.objects.filter(jurisdiction__slug=jurisdiction, number=int(name)).select_related("bill").first()
    if row is None:
        return reverse("lawmaking:bills", args=[jurisdiction])
    row.jurisdiction.slug = jurisdiction
    return page(row)


def register() -> None:
    """Registers everything; called once, from ``apps``."""
    kinds.register(*KINDS)
    words: dict[str, str | Promise] = {
        "plain_title": _("Título llano"),
        "sponsors": _("Quién la propone"),
        "questions": _("Preguntas"),
        "captioned": _("Con subtítulos"),
        "captions": _("Subtítulos"),
        "film": _("Video"),
        "film_seconds": _("Segundos que dura el video"),
        "poster": _("Portada del video"),
        "lineage": _("Artículo"),
        "parent": _("Responde a"),
        "fate": _("Respuesta"),
        "expression": _("Texto"),
        "by": _("Quién respondió"),
        "session": _("Sesión"),
    }
    subjects.register(
        subjects.Subject("bill", _("Iniciativa"), subjects.page("lawmaking:bill", 0), fields=words),
        subjects.Subject("bill-step", _("Paso de una iniciativa"), subjects.page("lawmaking:bill", 0), fields=words),
        subjects.Subject(
            "hearing", _("Sesión que ve una iniciativa"), subjects.page("lawmaking:bill", 0), fields=words
        ),
        subjects.Subject("fate", _("Respuesta a opiniones"), subjects.page("lawmaking:remarks", 0), fields=words),
        subjects.Subject("remark", _("Opinión"), _remark_url, fields=words),
    )
    moderated.register_sorts(
        tokens.Sort(
            Remark,
            _("tu opinión"),
            page,
            ("jurisdiction", "bill__jurisdiction", "parent", "fate", "anchor__lineage"),
            _("Opiniones sobre iniciativas"),
        ),
        tokens.Sort(Endorsement, _("tu apoyo"), page, ("remark__jurisdiction", "remark__bill", "remark__parent")),
    )
    texts.also(rules.edits_texts)
    register_owner(owners.shows)
    take_larger(lambda: megabytes() << 20, "lawmaking:edit_video")
    marks.register(fills.marks)
    sections.register("legal_work", "top", fills.of_work)
    sections.register("legal_expression", "top", fills.of_expression)
    sections.register("legal_provision", "top", fills.of_provision)
    pending.register(fills.waiting)
    schedule.each_minute("lawmaking.letters", letters.send_due)
    sections.register("session", "aside", fills.of_session)
    sections.register("said", "top", fills.of_remark)
    topics.register()
    finding.register_all()
    navigation.register(navigation.Item("bills", _("Iniciativas"), "lawmaking:bills", 38))
    desk.register(
        desk.Link(
            _("Iniciativas de ley"),
            _("Publicar iniciativas, responder opiniones y decir de quién son las palabras."),
            "lawmaking:work",
            "lawmaking.work",
            50,
        )
    )
