"""A question in Valle del Ejemplo on which invented people vote statements: 48 of them, of three leanings."""

import datetime as dt
import hashlib

from django.db import transaction

from tequio.opinions import actions
from tequio.opinions.models import Conversation, Participant, Vote
from tequio.people.acting import actor_of
from tequio.places.models import Jurisdiction
from tequio.portal.demo.valle_people import Cast
from tequio.portal.demo.writing import both

VOTERS = 48
# Each with how likely the three leanings are to agree, in tenths; who does not agree mostly disagrees.
STATEMENTS = (
    ("Primero hay que reparar las fugas y después hablar de tarifas", "Mend the leaks first, then talk of prices", (10, 10, 10)),
    ("Quiero saber cada mes cuánta agua se pierde en mi colonia", "I want to know how much water is lost here", (10, 10, 10)),
    ("Quien usa más agua debería pagar más por litro", "Whoever uses more water should pay more for each litre", (10, 1, 5)),
    ("Las pipas deberían ser gratis donde no llega la red", "Water trucks should be free where there are no pipes", (10, 1, 10)),
    ("El organismo de agua debería publicar sus contratos", "The water utility should publish its contracts", (10, 10, 9)),
    ("Prefiero un medidor nuevo aunque suba mi recibo", "I prefer a new meter even if my bill goes up", (9, 1, 1)),
    ("Los comercios deberían captar agua de lluvia por obligación", "Shops should be obliged to collect rain water", (10, 1, 6)),
    ("Antes que más obra, que funcione lo que ya hay", "Before more works, let what there is work", (6, 10, 10)),
    ("Debería pagarse a los comités vecinales por vigilar el agua", "Neighbours should be paid to watch over water", (9, 1, 10)),
    ("Si suben la tarifa, que digan en qué se gasta cada peso", "If prices rise, say what each peso is spent on", (10, 10, 10)),
    ("El pozo nuevo debería decidirse en consulta", "The new well should be decided in a consultation", (6, 4, 10)),
    ("Confío más en un técnico que en una asamblea para decidir", "I trust an engineer more than an assembly", (5, 10, 1)),
)  # fmt: skip


def ask(jurisdiction: Jurisdiction, cast: Cast, today: dt.date) -> None:
    """Writes the question with its votes and its first result, or nothing where there is one."""
    if Conversation.objects.filter(jurisdiction=jurisdiction).exists():
        return
    by, opens = actor_of(cast["sofia"]), today - dt.timedelta(days=12)
    with transaction.atomic():
        conversation = actions.prepare_conversation(
            jurisdiction=jurisdiction,
            question=both("¿Qué debería pasar primero con el agua?", "What should happen first with water?"),
            text=both(
                "El organismo de agua prepara su programa del próximo año. Vota lo que piensas; puedes parar cuando quieras. "
                "(Pregunta, frases y votos inventados, para practicar.)",
                "The water utility is preparing next year's programme. Vote what you think; stop whenever you like. "
                "(Question, statements and votes are invented, for practice.)",
            ),
            about=f"{jurisdiction.slug}/commitment/agua-1",
            opens=opens,
            closes=today + dt.timedelta(days=18),
        )
        for es, en, _likely in STATEMENTS:
            actions.seed(conversation=conversation, text=es, translation=en, by=by)
        actions.publish_conversation(conversation=conversation, by=by, on=opens)
        _vote(conversation, opens)
        someone = Participant.objects.filter(conversation=conversation).first()
        if someone is not None:
            actions.propose(
                conversation=conversation,
                participant=someone,
                text="Que las escuelas tengan agua antes que los campos de golf",
            )
        actions.count_votes(conversation=conversation)


def _vote(conversation: Conversation, opens: dt.date) -> None:
    """Votes by the invented leanings, the same at each loading; nobody votes everything."""
    statements = list(conversation.statements.order_by("number"))
    start = dt.datetime.combine(opens, dt.time(18), tzinfo=dt.UTC)
    people = Participant.objects.bulk_create(
        Participant(conversation=conversation, key=f"demo-{n}", ahead=n, voted=start + dt.timedelta(hours=n))
        for n in range(VOTERS)
    )
    Vote.objects.bulk_create(
        Vote(participant=person, statement=statement, value=_value(n, place))
        for n, person in enumerate(people)
        for place, statement in enumerate(statements)
        if _tenths(n, place, "votes") < 8
    )


def _value(person: int, place: int) -> int:
    likely = STATEMENTS[place][2][person % 3]
    drawn = _tenths(person, place, "value")
    if drawn < likely:
        return 1
    return 0 if _tenths(person, place, "pass") < 2 else -1


def _tenths(person: int, place: int, what: str) -> int:
    """From 0 to 9, scattered and always the same."""
    return hashlib.sha256(f"{person}.{place}.{what}".encode()).digest()[0] * 10 // 256
