"""What co-creation tells the apps below: kinds of act, words of the record, links, mails, files, the search."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.cocreation import (
    deciding,
    fills,
    finding,
    moderated,
    owners,
    requirements,
    taking,
    telling,
    topics,
    waiting,
)
from tequio.cocreation.actions import forget
from tequio.cocreation.actions.confirming import count_if_due
from tequio.common import navigation, schedule, sections
from tequio.documents import queries as documents
from tequio.meetings import contributions
from tequio.people import desk, pending
from tequio.record import kinds, subjects
from tequio.record.kinds import Kind
from tequio.record.kinds import register as register_kinds
from tequio.record.models import Act

# What happens alike to everything that people say.
SAID = {
    "problem": (
        *(_("Se propuso un problema público"), _("Se recibió un problema; alguien mira su texto antes de que se vea")),
        *(_("Se miró un problema y se ve"), _("Se ocultó el texto de un problema")),
        *(_("Pidieron revisar un problema oculto"), _("Un problema vuelve a verse"), _("Un problema sigue oculto")),
        _("Quien propuso un problema lo retiró"),
    ),
    "contribution": (
        *(_("Llegó una aportación"), _("Llegó una aportación; alguien mira su texto antes de que se vea")),
        *(_("Se miró una aportación y se ve"), _("Se ocultó el texto de una aportación")),
        *(_("Pidieron revisar una aportación oculta"), _("Una aportación vuelve a verse")),
        *(_("Una aportación sigue oculta"), _("Quien hizo una aportación la retiró")),
    ),
    "comment": (
        *(_("Alguien comentó"), _("Se recibió un comentario; alguien lo mira antes de que se vea")),
        *(_("Se miró un comentario y se ve"), _("Se ocultó un comentario")),
        *(_("Pidieron revisar un comentario oculto"), _("Un comentario vuelve a verse")),
        *(_("Un comentario sigue oculto"), _("Quien comentó retiró su comentario")),
    ),
    "translation": (
        *(_("Alguien tradujo una aportación"), _("Se recibió una traducción; alguien la mira antes de que se vea")),
        *(_("Se miró una traducción y se ve"), _("Se ocultó una traducción")),
        *(_("Pidieron revisar una traducción oculta"), _("Una traducción vuelve a verse")),
        *(_("Una traducción sigue oculta"), _("Quien tradujo retiró su traducción")),
    ),
    "tablemember": (
        *(_("Alguien se unió a una mesa"), _("Alguien se unió a una mesa; se mira lo que escribió")),
        *(_("Se miró lo que escribió quien se unió a una mesa"), _("Se ocultó el nombre de quien se unió a una mesa")),
        *(_("Pidieron revisar un nombre oculto"), _("Un nombre vuelve a verse"), _("Un nombre sigue oculto")),
        _("Alguien dejó una mesa"),
    ),
}
VERBS = ("published", "held", "shown", "hidden", "appealed", "restored", "upheld", "withdrawn")
DECISIVE = ("hidden", "restored", "upheld")
KINDS = (
    *(
        Kind(f"{subject}.{verb}", words, decisive=verb in DECISIVE)
        for subject, several in SAID.items()
        for verb, words in zip(VERBS, several, strict=True)
    ),
    Kind("problem.file_shown", _("Se miró un archivo de un problema y se ve")),
    Kind("problem.file_hidden", _("Se ocultó un archivo de un problema"), decisive=True),
    Kind("problem.merged", _("Se unieron dos problemas que son el mismo"), decisive=True),
    Kind("problem.unmerged", _("Se separaron dos problemas que estaban unidos"), decisive=True),
    Kind("problem.counted", _("Se contaron los apoyos de un problema")),
    Kind("contribution.file_shown", _("Se miró un archivo de una aportación y se ve")),
    Kind("contribution.file_hidden", _("Se ocultó un archivo de una aportación"), decisive=True),
    Kind("contribution.reworded", _("Quien hizo una aportación cambió cómo la dice")),
    Kind("contribution.counted", _("Se contaron los apoyos de una aportación")),
    Kind("contribution.answered", _("Una aportación tiene respuesta"), decisive=True),
    Kind("contribution.review_asked", _("Quien hizo una aportación pidió revisar su respuesta")),
    Kind("contribution.reviewed", _("Se revisó la respuesta a una aportación"), decisive=True),
    Kind("response.released", _("Se respondió una aportación, con razones"), decisive=True),
    Kind("batch.released", _("Se publicaron juntas varias respuestas"), decisive=True),
    Kind("process.published", _("Se abrió una convocatoria de cocreación"), decisive=True),
    Kind("process.changed", _("Cambió una convocatoria de cocreación"), decisive=True),
    Kind("process.scored", _("Se cerró la calificación de aportaciones"), decisive=True),
    Kind("worktable.opened", _("Se abrió una mesa de trabajo")),
    Kind("worktable.changed", _("Cambió una mesa de trabajo")),
    Kind("worktable.product", _("Una mesa publicó un producto")),
    Kind("feedback.asked", _("Una mesa preguntó a alguien que sabe")),
    Kind("feedback.answered", _("Respondió alguien a quien preguntó una mesa")),
    Kind("jointdraft.started", _("Empezó a redactarse un compromiso")),
    Kind("jointdraft.rewritten", _("Hay una versión nueva de un borrador")),
    Kind("jointdraft.sent", _("Un borrador pasó a compromiso por adoptar")),
    Kind("jointdraft.adopted", _("Se adoptó un compromiso redactado en común"), decisive=True),
    Kind("jointdraft.rejected", _("Una decisión no adoptó un borrador"), decisive=True),
    Kind("draftversion.written", _("Se escribió una versión de un borrador")),
    Kind("credit.linked", _("Una aportación alimentó un borrador")),
    Kind("credit.confirmed", _("Se confirmó qué palabras vinieron de una aportación"), decisive=True),
    Kind("score.given", _("Alguien calificó una aportación")),
    Kind("score.changed", _("Alguien cambió su calificación")),
)


def _follow_published(acts: Sequence[Act]) -> None:
    """Whoever fed a commitment hears of it from its publication on."""
    published = {act.on for act in acts if act.kind == "commitment.published"}
    if published:
        telling.follow_published(published)


def register() -> None:
    """Registers everything; called once, from ``apps``."""
    register_kinds(*KINDS)
    said: dict[str, str | Promise] = {
        "contribution": _("Aportación"),
        "problem": _("Problema"),
        "table": _("Mesa"),
        "call": _("Convocatoria"),
        "place": _("Municipio"),
        "files": _("Archivos"),
        "answer": _("Respuesta"),
        "wordings": _("Redacciones anteriores"),
        "merged_into": _("Unido a"),
        "draft": _("Borrador"),
        "parent": _("Responde a"),
    }
    page = subjects.page
    for key, label, url in (
        ("process", _("Convocatoria de cocreación"), page("cocreation:call", 0)),
        ("problem", _("Problema público"), page("cocreation:problem", 0)),
        ("contribution", _("Aportación"), page("cocreation:contribution", 0)),
        ("comment", _("Comentario"), None),
        ("translation", _("Traducción"), None),
        ("worktable", _("Mesa de trabajo"), page("cocreation:table", 0)),
        ("tablemember", _("Integrante de una mesa"), None),
        ("feedback", _("Consulta de una mesa"), None),
        ("response", _("Respuesta a una aportación"), page("cocreation:contribution", 0)),
        ("batch", _("Lote de respuestas"), None),
        ("jointdraft", _("Borrador de compromiso"), page("cocreation:draft", 0)),
        ("draftversion", _("Versión de un borrador"), page("cocreation:version", 0, 1)),
        ("credit", _("Línea del libro de aportes"), None),
        ("score", _("Calificación"), page("cocreation:contribution", 0)),
    ):
        subjects.register(subjects.Subject(key, label, url, fields=said))
    navigation.register(navigation.Item("cocreation", _("Cocreación"), "cocreation:home", 15))
    documents.register_owner(owners.shows)
    moderated.register_all()
    contributions.register(taking.of_minutes)
    deciding.register_all()
    requirements.register_all()
    if _follow_published not in kinds.on_sequenced:
        kinds.on_sequenced.append(_follow_published)
    pending.register(waiting.for_role)
    topics.register()
    finding.register_all()
    sections.register("commitment", "after", fills.of_commitment, order=10)
    sections.register("plan", "after", fills.of_plan, order=20)
    schedule.each_minute("cocreation.forget", forget)
    schedule.each_minute("cocreation.count", count_if_due)
    for words, hint, name, permission, order in (
        (
            _("Cocreación"),
            _("Convocatorias, mesas, aportaciones que esperan respuesta, prioridades y borradores."),
            "cocreation:work",
            "cocreation.work",
            25,
        ),
        (
            _("Moderación"),
            _("Una sola fila con todo lo que espera que alguien lo mire."),
            "cocreation:moderation",
            "cocreation.moderate",
            31,
        ),
    ):
        desk.register(desk.Link(words, hint, name, permission, order))
