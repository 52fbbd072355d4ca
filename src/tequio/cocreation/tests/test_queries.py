"""Every list costs the same queries for one row and for many."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tequio.cocreation import actions
from tequio.cocreation.tests.make import CONTACT, Story, answer, by, contribution, doing, problem
from tests.cast import signed_in

C, G = "/valle-del-ejemplo/cocreacion/", "/valle-del-ejemplo/gestion/cocreacion/"
MOST = 40


def grow(story: Story, n: int) -> None:
    """One more of everything."""
    call, place = story.call, story.place
    found = problem(place, call, title=f"Otro problema número {n}", text=f"Pasa esto otro en la calle número {n}.")
    given = contribution(call, title=f"Propuesta número {n}", problem=story.problem, table=story.table)
    fed = contribution(call, title=f"Otra propuesta {n}", problem=found, table=story.table)
    for said in (
        actions.comment(about=story.contribution, text=f"Comentario {n}.", email=CONTACT),
        actions.comment(about=story.problem, text=f"Comentario {n}.", email=CONTACT),
        actions.comment(about=story.draft, field="action", text=f"Comentario {n}.", email=CONTACT),
        actions.translate(
            contribution=story.contribution, tongue="inglés", title="One", text="Publish leaks now.", email=CONTACT
        ),
        actions.join(table=story.table, name="Alguien", named=True, sector="cso", email=f"mesa{n}@ejemplo.invalid"),
    ):
        actions.confirm(said=said)
    contribution(call, text=f"Mi teléfono es 33 1234 567{n}, llámenme.")
    hidden = contribution(call, title=f"Propuesta que se oculta {n}")
    actions.hide(said=hidden, rule="unrelated", reason="Publicidad.", **doing(place))
    actions.link_credit(draft=story.draft, contribution=fed, **by(place))
    actions.score(
        contribution=fed,
        points=dict.fromkeys(("impact", "feasible", "equity", "openness"), 4),
        **doing(place, "seat_head"),
    )
    batch = actions.open_batch(call=call, title={"es": f"Lote {n}"})
    actions.release(responses=[answer(fed, place, batch=batch)], batch=batch, **by(place))
    answer(given, place)
    actions.open_table(call=call, title={"es": f"Mesa {n}"}, problems=[story.problem], **by(place))
    actions.start_draft(
        call=call, title={"es": f"Borrador {n}"}, contributions=[fed], table=story.table, **doing(place)
    )


def addresses(story: Story) -> dict[str, list[str]]:
    number = story.call.number
    return {
        "": [
            *(
                C,
                C + "problemas/",
                C + "aportaciones/",
                C + "respuestas/",
                C + "aportes/",
                "/valle-del-ejemplo/moderacion/",
            ),
            *(f"{C}problemas/{story.problem.number}/", f"{C}aportaciones/{story.contribution.number}/"),
            *(f"{C}mesas/{story.table.number}/", f"{C}borradores/{story.draft.number}/"),
            *(f"{C}convocatorias/{number}/", f"{C}convocatorias/{number}/prioridades/"),
            f"{C}borradores/{story.draft.number}/versiones/2/",
        ],
        "secretariat": [
            *(G, G + "respuestas/", G + "respuestas/publicar/", "/valle-del-ejemplo/gestion/moderacion/"),
            *(
                f"{G}convocatorias/{number}/",
                f"{G}convocatorias/{number}/borrador-nuevo/",
                f"{G}mesas/{story.table.number}/",
            ),
            *(f"{G}borradores/{story.draft.number}/", f"{G}aportaciones/{story.contribution.number}/responder/"),
            f"{G}problemas/{story.problem.number}/unir/",
            "/valle-del-ejemplo/gestion/pendientes/",
        ],
        "seat_head": [f"{G}convocatorias/{number}/calificar/"],
    }


def asked(story: Story) -> dict[str, int]:
    found = {}
    for kind, paths in addresses(story).items():
        client = signed_in(story.place.accounts[kind] if kind else None)
        for path in paths:
            assert client.get(path).status_code == 200, path
            with CaptureQueriesContext(connection) as seen:
                client.get(path)
            found[f"{kind} {path}"] = len(seen)
    return found


def test_each_page_costs_the_same_for_little_and_for_much(story: Story, settings: Any) -> None:
    settings.PAGE_CACHE = False
    grow(story, 1)
    few = asked(story)
    grow(story, 2)
    grow(story, 3)
    many = asked(story)
    assert {page: (few[page], many[page]) for page in few if few[page] != many[page]} == {}
    assert {page: count for page, count in many.items() if count > MOST} == {}
