"""What happened in Valle del Ejemplo (invented): reports, reviews and decisions, so that every state has an activity.

Each activity's story is written whole or not at all, by the verbs that people use.
"""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from tequio.commitments.actions import change_commitment, record_pause
from tequio.commitments.document.dump import dump_commitment
from tequio.commitments.models import Activity, Commitment, Evidence
from tequio.common.i18n import text
from tequio.monitoring import actions
from tequio.monitoring.models import Committee, ConflictDeclaration, Decision, Look, Track
from tequio.people.acting import actor_of
from tequio.people.models import Role
from tequio.plans.models import Plan
from tequio.portal.demo.valle_measured import tell_values
from tequio.portal.demo.valle_people import Cast
from tequio.portal.demo.valle_streets import second_version
from tequio.portal.demo.writing import Days, both

MEMBERS = ("carmen", "jorge", "amparo", "wendy", "ivan")
REPORTERS = {
    "agua-1": "beto",
    "presupuesto-1": "tomas",
    "cabildo-1": "dario",
    "escuelas-1": "lucia",
    "compras-1": "tomas",
}


Seen = tuple[str, str, str]  # what a look concludes, why, and the same in English
YES: Seen = ("fulfils", "Abrí la evidencia y muestra lo acordado.", "I opened the evidence; it shows what was agreed.")
PARTLY: Seen = ("partly", "Se ve una parte; falta lo demás.", "A part can be seen; the rest is missing.")
NO: Seen = ("does_not", "Lo que se entregó no lo demuestra.", "What was handed in does not show it.")


class Story:
    """The story of one activity, told in days before today."""

    def __init__(self, activity: Activity, cast: Cast, today: dt.date) -> None:
        self.activity, self.cast, self.today = activity, cast, today
        self.reporter: Role = cast[REPORTERS[activity.commitment.code]]
        self.evidence = list(Evidence.objects.filter(activity=activity))

    def _on(self, ago: int) -> dt.date:
        return self.today - dt.timedelta(days=ago)

    def _evidence_by(self, ago: int) -> list[Evidence]:
        return [piece for piece in self.evidence if piece.date.last and piece.date.last <= self._on(ago)]

    def report(self, ago: int, said: str, es: str, en: str, cut: str = "") -> None:
        """The institution reports, with the evidence that was there by then."""
        actions.report_progress(
            activity=self.activity,
            said=said,
            words=text(es, en),
            cut=cut,
            evidence=self._evidence_by(ago),
            role=self.reporter,
            by=actor_of(self.reporter),
            on=self._on(ago),
        )

    def review(self, ago: int, *seen: Seen) -> None:
        """The committee takes it up; on the next day those who were asked look, each alone. With fewer sights than looks,
        Carmen is the last to come: hers is still waiting."""
        actions.begin_review(activity=self.activity, by=actor_of(self.cast["carmen"]), on=self._on(ago))
        self.look(ago - 1, *seen)

    def look(self, ago: int, *seen: Seen) -> None:
        """Those who were asked look, each alone."""
        waiting = Look.objects.filter(activity=self.activity, status=Look.Status.ASSIGNED)
        waiting = waiting.select_related("activity__commitment__plan", "report", "role__organisation", "role__office")
        looks = sorted(waiting, key=lambda look: (look.role_id == self.cast["carmen"].pk, look.number))
        for look, (result, es, en) in zip(looks, seen, strict=False):
            pieces = look.report.evidence.filter(personal_data=False).select_related("commitment__jurisdiction")
            shows = {"fulfils": "yes", "partly": "partly", "does_not": "no"}[result]
            actions.record_look(
                look=look,
                role=look.role,
                result=result,
                reason=text(es, en),
                checklist={piece.subject_key(): {"opened": True, "shows": shows} for piece in pieces},
                by=actor_of(look.role),
                on=self._on(ago),
            )

    def answer_looks(self, ago: int, es: str, en: str) -> None:
        """The institution answers what the committee saw, before it is decided."""
        report, role = self.activity.reports.get(number=self.activity.reports.count()), self.reporter
        actions.reply_to_looks(report=report, words=text(es, en), role=role, by=actor_of(role), on=self._on(ago))

    def propose(self, ago: int, name: str, result: str, es: str, en: str) -> None:
        """A member proposes a decision, on which the others may vote now."""
        role = self.cast[name]
        actions.open_motion(
            activity=self.activity,
            role=role,
            result=result,
            reason=text(es, en),
            evidence=self._evidence_by(ago),
            by=actor_of(role),
            on=self._on(ago),
        )

    def decide(self, ago: int, result: str, es: str, en: str, votes: str = "++++") -> Decision:
        """The committee decides: a sign for each member in turn, ``+`` for, ``-`` against, ``0`` abstains."""
        ballot = {"+": actions.FOR, "-": actions.AGAINST, "0": actions.ABSTAIN}
        # Jorge is left out: he declared an interest in some of this.
        voters = [self.cast[name] for name in MEMBERS if name != "jorge"]
        return actions.decide(
            activity=self.activity,
            result=result,
            votes={role: ballot[vote] for role, vote in zip(voters, votes, strict=True)},
            reason=text(es, en),
            evidence=self._evidence_by(ago),
            minute=f"CS-{self._on(ago).isoformat()} (de práctica)",
            by=actor_of(self.cast["carmen"]),
            on=self._on(ago),
        )

    def reply(self, decision: Decision, ago: int, es: str, en: str) -> None:
        """The institution answers."""
        role = self.reporter
        actions.reply(decision=decision, words=text(es, en), role=role, by=actor_of(role), on=self._on(ago))


def verified(story: Story) -> None:
    """Reported in three cuts and verified in time."""
    story.report(345, "in_process", "Va el primer borrador.", "A first draft is there.", "first")
    story.report(
        322, "in_process", "Recibimos comentarios de dos colonias.", "Two neighbourhoods sent comments.", "second"
    )
    story.report(304, "complete", "Quedó aprobado y publicado.", "It was approved and published.", "final")
    story.review(298, YES, YES)
    story.decide(
        290,
        "verified",
        "El formato está publicado y trae lo acordado.",
        "The format is published and holds what was agreed.",
    )


def verified_after_observation(story: Story) -> None:
    """Observed first, mended, and verified."""
    story.report(213, "complete", "Se hicieron las dos jornadas.", "Both sessions took place.", "final")
    story.review(208, PARTLY, YES)
    seen = story.decide(
        200,
        "observed",
        "Falta la lista de asistencia sin datos personales.",
        "The attendance list without personal data is missing.",
    )
    story.reply(seen, 196, "Gracias, la subimos esta semana.", "Thank you, we will upload it this week.")
    story.report(188, "complete", "Ya está la lista testada.", "The redacted list is there.", "final")
    story.review(186, YES, YES)
    story.decide(
        180, "verified", "Con la lista testada se comprueba la asistencia.", "The redacted list shows who came.", "+++0"
    )


def reported(story: Story) -> None:
    """Reported, waiting for the committee."""
    story.report(
        57, "complete", "La bitácora se actualiza cada mes.", "The log is brought up to date monthly.", "final"
    )


def under_review(story: Story) -> None:
    """The committee is looking at it."""
    story.report(17, "complete", "El mapa ya abre desde el teléfono.", "The map opens on a phone.", "final")
    story.review(9, YES)


def verified_plainly(story: Story) -> None:
    """One report, one decision."""
    story.report(
        243, "complete", "Repartimos y publicamos el cuaderno.", "We published the booklet and handed it out.", "final"
    )
    story.review(240, YES, YES)
    story.decide(
        232, "verified", "El cuaderno se entiende y está en línea.", "The booklet can be understood and is on line."
    )


def observed(story: Story) -> None:
    """Said to be done; citizens found it half done, and the institution answered."""
    story.report(97, "complete", "Publicamos los datos del gasto.", "We published the data on spending.", "final")
    story.review(90, YES, PARTLY)
    story.answer_looks(
        86,
        "Este trimestre es el primero; los siguientes salen cada tres meses.",
        "This quarter is the first; the next ones come every three months.",
    )
    seen = story.decide(
        82,
        "observed",
        "Solo está un trimestre y faltan los pagos.",
        "Only one quarter is there and payments are missing.",
        "+++-",
    )
    story.reply(
        seen,
        75,
        "El sistema de pagos se abre el mes próximo; entonces los agregamos.",
        "The payment system opens next month; we will add them then.",
    )


def rejected(story: Story) -> None:
    """Said to be done; the evidence does not show it."""
    story.report(65, "complete", "Consultamos a los cinco barrios.", "We consulted all five neighbourhoods.", "final")
    story.review(60, NO, PARTLY)
    story.decide(
        52,
        "rejected",
        "La relatoría es de dos barrios; los otros tres dicen que nadie fue.",
        "The report covers two neighbourhoods; the other three say that nobody came.",
    )


def reopened(story: Story) -> None:
    """Verified, and reopened when it turned out that the rules were not kept."""
    story.report(283, "complete", "El cabildo aprobó las reglas.", "The council approved the rules.", "final")
    story.review(279, YES, YES)
    story.decide(270, "verified", "Las reglas están publicadas.", "The rules are published.")
    story.decide(
        40,
        "reopened",
        "Dos sesiones se anunciaron con un solo día: hay que revisarlo de nuevo.",
        "Two meetings were announced one day ahead: this must be looked at again.",
    )


def annulled(story: Story) -> None:
    """A decision taken back because the wrong channel had been looked at; it is under review again."""
    story.report(117, "complete", "Todas las sesiones se transmiten.", "Every meeting is streamed.", "final")
    story.review(112, NO, NO)
    wrong = story.decide(105, "rejected", "El canal está vacío.", "The channel is empty.")
    actions.annul_decision(
        decision=wrong,
        reason=text(
            "El Comité revisó otro canal, con un nombre parecido.",
            "The Committee had looked at another channel with a similar name.",
        ),
        by=actor_of(story.cast["sofia"]),
        basis="Oficio del Secretariado (de práctica)",
        on=story.today - dt.timedelta(days=98),
    )
    actions.share_again(
        activity=story.activity, by=actor_of(story.cast["carmen"]), on=story.today - dt.timedelta(days=8)
    )
    story.look(7, YES, PARTLY)
    story.answer_looks(
        4,
        "El canal correcto es el que está en la página del cabildo; ahí están todas.",
        "The right channel is the one on the council's page; all of them are there.",
    )
    story.propose(
        2,
        "amparo",
        "observed",
        "Se transmiten casi todas; dos no tienen audio.",
        "Nearly all are streamed; two of them have no sound.",
    )


def in_process(story: Story) -> None:
    """On its way, says the institution."""
    story.report(38, "in_process", "Van siete actas de doce.", "Seven of twelve minutes are out.", "second")


def verified_late(story: Story) -> None:
    """Done, but after its date."""
    story.report(294, "complete", "El mapa quedó listo.", "The map is ready.", "final")
    story.review(290, YES, YES)
    story.decide(276, "verified", "El mapa nombra las once escuelas.", "The map names all eleven schools.")


def reported_again(story: Story) -> None:
    """Rejected once; the institution mended it and reported again."""
    story.report(126, "complete", "Los cuatro cruces están listos.", "The four crossings are ready.", "first")
    story.review(120, NO, PARTLY)
    story.decide(110, "rejected", "Solo se ve un cruce.", "Only one crossing can be seen.")
    story.report(44, "complete", "Grabamos los cuatro cruces.", "We filmed all four crossings.", "second")


def not_started(story: Story) -> None:
    """The institution says openly that it has not begun."""
    story.report(
        12,
        "not_started",
        "No hemos empezado: faltan las facturas.",
        "We have not begun: the invoices are missing.",
        "first",
    )


STORIES: dict[tuple[str, int], Callable[[Story], None]] = {
    ("agua-1", 1): verified,
    ("agua-1", 2): verified_after_observation,
    ("agua-1", 3): reported,
    ("presupuesto-1", 1): verified_plainly,
    ("presupuesto-1", 2): observed,
    ("agua-1", 4): under_review,  # here it is Carmen's turn to look
    ("presupuesto-1", 3): rejected,
    ("cabildo-1", 1): reopened,
    ("cabildo-1", 2): annulled,
    ("cabildo-1", 3): in_process,
    ("escuelas-1", 1): verified_late,
    ("escuelas-1", 2): reported_again,
    ("escuelas-1", 3): not_started,
}


def tell(plan: Plan, cast: Cast, today: dt.date) -> None:
    """Writes what is missing of all that happened."""
    _committee(plan, cast, today)
    touched = set(Track.objects.filter(activity__commitment__plan=plan).values_list("activity", flat=True))
    rows = Activity.objects.filter(commitment__plan=plan).select_related(
        "commitment__plan__jurisdiction", "jurisdiction"
    )
    activities = {(row.commitment.code, row.order): row for row in rows}
    for place, happened in STORIES.items():
        activity = activities.get(place)
        if activity is not None and activity.pk not in touched:
            with transaction.atomic():
                happened(Story(activity, cast, today))
    _pause(activities["cabildo-1", 4], cast, today)
    _change(plan, cast, today)
    tell_values(plan, cast)


def _committee(plan: Plan, cast: Cast, today: dt.date) -> None:
    members = [cast[name] for name in MEMBERS]
    if not Committee.objects.filter(plan=plan).exists():
        rules = text(
            "Se decide con tres integrantes y más de la mitad a favor. Las sesiones son públicas (reglas de práctica).",
            "Three members take part and more than half must be in favour. Sessions are public (practice rules).",
        )
        since, by = today - dt.timedelta(days=395), actor_of(cast["sofia"])
        actions.set_committee(plan=plan, members=members, reply_days=2, rules=rules, by=by, on=since)
        actions.set_clocks(
            plan=plan, answer_days=10, escalate_days=20, by=by, basis="Acta de instalación (de práctica)"
        )
    declared = set(ConflictDeclaration.objects.filter(plan=plan).values_list("role", flat=True))
    promise = Commitment.objects.get(plan=plan, code="compras-1")
    for role in members:
        if role.pk not in declared:
            # Jorge sells to the municipality: he takes no part in what concerns purchasing.
            conflict = [promise] if role.pk == cast["jorge"].pk else []
            on = today - dt.timedelta(days=394)
            actions.declare_conflict(plan=plan, role=role, commitments=conflict, by=actor_of(role), on=on)


def _pause(activity: Activity, cast: Cast, today: dt.date) -> None:
    if not activity.pauses.exists():
        record_pause(
            activity=activity,
            start=today - dt.timedelta(days=50),
            end=today - dt.timedelta(days=30),
            reason=both("El salón del cabildo estuvo en obra.", "The council chamber was under repair."),
            basis="Oficio de práctica",
            by=actor_of(cast["sofia"]),
        )


def _change(plan: Plan, cast: Cast, today: dt.date) -> None:
    """The road map's second version, by the same verb that the secretariat uses."""
    commitment = Commitment.public_rows().select_related("plan").get(plan=plan, code="escuelas-1")
    if commitment.roadmap_version > 1:
        return
    change_commitment(
        commitment=commitment,
        document=second_version(dump_commitment(commitment), Days(today)),
        reason="Las lluvias atrasaron la obra y las escuelas pidieron señales (motivo inventado).",
        requested_by="Dirección de Obras Públicas de Valle del Ejemplo",
        decision="Acuerdo 4 de la sesión de seguimiento (de práctica)",
        decided_on=today - dt.timedelta(days=6),
        by=actor_of(cast["sofia"]),
    )
