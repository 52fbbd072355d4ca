"""Versions: what is published never changes, provisions keep their identity, and the text of any day can be read."""

import datetime as dt
import hashlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from tequio.legaltext import actions, queries
from tequio.legaltext.actions.origins import Contribution, share_of
from tequio.legaltext.models import Anchor, Change, Expression, Lineage, Origin, Provision
from tequio.legaltext.stored import canonical, read_canonical
from tequio.legaltext.tests.texts import FIRST, SECOND, first_version, release, version
from tequio.people.acting import actor_of
from tequio.record.models import Act


@pytest.fixture
def two(cast: Any) -> Any:
    """Both versions of the regulation, published."""
    cast.first = first_version(cast.valle)
    cast.second = version(cast.valle, cast.first.work, SECOND, dt.date(2026, 3, 1))
    return cast


def names(expression: Expression) -> dict[str, str]:
    """The lineage of each unit, by its place."""
    rows = Provision.objects.filter(expression=expression).exclude(unit="").select_related("lineage")
    return {row.path: row.lineage.key for row in rows if row.path == row.unit}


def test_a_version_is_one_act_with_the_fingerprint_of_its_exact_text(two: Any) -> None:
    kinds = list(Act.objects.filter(on__contains="riego").order_by("pk").values_list("kind", "on"))
    here = "valle-del-ejemplo"
    assert kinds == [
        ("work.published", f"{here}/work/riego"),
        ("expression.published", f"{here}/expression/riego.1"),
        ("expression.published", f"{here}/expression/riego.2"),
    ]
    held = two.first.file.path.read_bytes()
    assert hashlib.sha256(held).hexdigest() == two.first.file_id == two.first.public_state()["file"]
    assert canonical(*read_canonical(held)) == held
    assert (two.first.articles, two.second.articles, two.first.provisions_count) == (6, 7, 15)
    assert two.second.summary == {"counts": {"reworded": 1, "added": 1, "renumbered": 3}}


def test_rows_hold_what_the_exact_text_says(two: Any) -> None:
    part = queries.part(two.second, 0, None)
    document, lineages = queries.document_and_lineages(two.second)
    assert canonical(queries.as_document(part, document.profile, document.title), lineages) == canonical(
        document, lineages
    )
    assert {row.path: row.lineage.key for row in part.rows} == lineages


def test_nobody_changes_what_is_published(two: Any) -> None:
    row = Provision.objects.filter(expression=two.first).first()
    assert row is not None
    for change in (
        lambda: Provision.objects.filter(pk=row.pk).update(text="Otra cosa."),
        lambda: Provision.objects.filter(pk=row.pk).delete(),
        lambda: Lineage.objects.filter(pk=row.lineage_id).update(key="x"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(ValidationError):
        actions.mend(expression=two.first, step="join", eid="art_2", role=None)
    with pytest.raises(ValidationError):
        actions.discard(expression=two.first)
    with pytest.raises(ValidationError):
        release(two.valle, two.first)


def test_articles_keep_their_identity_when_their_numbers_change(two: Any) -> None:
    before, after = names(two.first), names(two.second)
    assert after == {
        "art_1": "art_1",
        "art_2": "art_2",
        "art_3": "art_3",
        "art_4": "art_4-v2",
        "art_5": "art_4",
        "art_6": "art_5",
        "art_7": "art_6",
        "trans_1__art_1": "trans_1__art_1",
        "trans_1__art_2": "trans_1__art_2",
    }
    assert set(before.values()) < set(after.values())
    kept = Provision.objects.filter(lineage__key="art_2__point_2", lineage__work=two.first.work)
    assert kept.count() == 2


def test_changes_are_told_in_order_and_name_both_sides(two: Any) -> None:
    told = [
        (c.kind, [p.path for p in c.old.all()], [p.path for p in c.new.all()]) for c in queries.changes_of(two.second)
    ]
    assert told == [
        ("reworded", ["art_3"], ["art_3"]),
        ("added", [], ["art_4"]),
        ("renumbered", ["art_4"], ["art_5"]),
        ("renumbered", ["art_5"], ["art_6"]),
        ("renumbered", ["art_6"], ["art_7"]),
    ]
    assert Change.objects.filter(decided_by=None).count() == 5


def test_the_text_of_any_day_is_the_version_in_force_then(two: Any) -> None:
    work = two.first.work
    days = [dt.date(2026, 1, 9), dt.date(2026, 1, 10), dt.date(2026, 2, 28), dt.date(2026, 3, 1), dt.date(2030, 1, 1)]
    assert [queries.at(work, day) for day in days] == [None, two.first, two.first, two.second, two.second]
    version(two.valle, work, FIRST.replace("seis meses", "dos meses"), dt.date(2026, 5, 1), publish=False)
    assert queries.at(work, dt.date(2030, 1, 1)) == two.second


def test_references_become_links_to_the_article_meant(two: Any) -> None:
    row = Provision.objects.get(expression=two.second, path="art_5")
    found = [(r.words, r.lineage and r.lineage.key) for r in row.references.all()]
    assert found == [("2", "art_2")]


def test_an_anchor_follows_its_article_and_says_when_its_words_are_gone(cast: Any) -> None:
    first = first_version(cast.valle)

    def on(path: str, quote: str) -> Anchor:
        return actions.anchor(provision=Provision.objects.get(expression=first, path=path), quote=quote)

    kept, changed = on("art_5", "lo avisa al Comité"), on("art_3", "sus reuniones son privadas")
    whole, item = on("art_4", ""), on("art_2__point_2", "las horas en que a cada parcela")
    with pytest.raises(ValidationError):
        on("art_1", "palabras que no están")
    second = version(cast.valle, first.work, SECOND, dt.date(2026, 3, 1))
    rows = [kept, changed, whole, item]
    spots = queries.places(rows, second)
    assert [(s.provision and s.provision.path, s.state) for s in spots] == [
        ("art_6", "here"),
        ("art_3", "doubtful"),
        ("art_5", "here"),
        ("art_2__point_2", "here"),
    ]
    assert spots[0].provision is not None
    assert spots[0].provision.text[spots[0].start : spots[0].end] == kept.quote
    for row in rows:
        row.refresh_from_db()
    assert [(row.state, row.seen_in) for row in rows] == [
        (state, second) for state in ("here", "doubtful", "here", "here")
    ]
    without = "\n".join(line for line in SECOND.splitlines() if not line.startswith("Artículo 6"))
    third = version(cast.valle, first.work, without, dt.date(2026, 4, 1))
    spot = queries.places([kept], third)[0]
    assert (spot.provision, spot.state, "lo avisa al Comité" in spot.before) == (None, "gone", True)


def test_words_are_credited_when_a_person_confirms_and_public_from_then_on(cast: Any) -> None:
    first = first_version(cast.valle)
    role = cast.valle.roles["secretariat"]
    old = Provision.objects.get(expression=first, path="art_3")
    said = old.text.replace("privadas", "públicas; sus acuerdos se pegan en la presa")
    second = version(cast.valle, first.work, SECOND, dt.date(2026, 3, 1))
    made = actions.suggest_origins(
        expression=second,
        contributions=[
            Contribution("valle-del-ejemplo/proposal/1", old.lineage, old.text, said),
            Contribution("valle-del-ejemplo/proposal/2", old.lineage, old.text, old.text.replace("seis", "cuatro")),
        ],
    )
    assert [(row.contribution, row.words, row.is_public()) for row in made] == [
        ("valle-del-ejemplo/proposal/1", "públicas; sus acuerdos se pegan en la presa", False)
    ]
    found = Origin.objects.get()
    assert share_of(second)[0] == 0
    actions.confirm_origin(origin=found, role=role, by=actor_of(role))
    assert Act.objects.filter(kind="origin.confirmed", on="valle-del-ejemplo/origin/riego.2.1").count() == 1
    assert share_of(second) == (4, 14)
    assert actions.suggest_origins(expression=second, contributions=[]) == []
    with pytest.raises(ValidationError):
        actions.reject_origin(origin=found, role=role, by=actor_of(role))
    actions.reject_origin(origin=found, role=role, by=actor_of(role), reason="Estaban en la iniciativa.")
    assert (Origin.public_rows().count(), share_of(second)[0]) == (0, 0)


def test_two_texts_that_say_the_same_are_linked_once(two: Any) -> None:
    role = two.valle.roles["secretariat"]
    mine = Lineage.objects.get(work=two.first.work, key="art_3")
    with pytest.raises(ValidationError):
        actions.link(one=mine, other=mine, by=actor_of(role))
    other = actions.create_work(
        jurisdiction=two.valle.jurisdiction, kind="other", title="El riego en pocas palabras (inventado)"
    )
    version(two.valle, other, "Artículo 1.- El Comité se reúne cada mes y cualquiera entra.", dt.date(2026, 3, 2))
    plain = Lineage.objects.get(work=other, key="art_1")
    made = actions.link(one=mine, other=plain, by=actor_of(role))
    assert (made.number, made.is_public()) == (1, True)
    with pytest.raises(ValidationError):
        actions.link(one=mine, other=plain, by=actor_of(role))


def test_a_portal_made_from_its_acts_has_the_same_provisions_and_changes(two: Any) -> None:
    from tequio.succession.ways import WAYS

    parts: Any = WAYS["expression"].parts
    other = actions.create_work(jurisdiction=two.valle.jurisdiction, kind="law", title="Como vuelve")
    again: list[Expression] = []
    for number, old in enumerate((two.first, two.second), 1):
        row = Expression.objects.create(
            work=other, number=number, date=old.date, file=old.file, supersedes=again[-1] if again else None
        )
        parts(None, row, None)
        again.append(row)
    assert [names(row) for row in again] == [names(two.first), names(two.second)]
    told = [
        [(c.kind, [p.path for p in c.new.all()]) for c in queries.changes_of(row)] for row in (two.second, again[1])
    ]
    assert told[0] == told[1]


def test_a_character_that_no_database_keeps_is_no_reason_to_refuse_a_text(cast: Any) -> None:
    made = first_version(cast.valle, FIRST.replace("Comité sesiona", "Comité\0 sesiona"))
    assert "\0" not in made.draft.source
    assert Provision.objects.get(expression=made, path="art_3").text.startswith("El Comité sesiona cada seis meses")
