"""Lists, search and response queue of co-creation for 100 contributions and for 10,000 with 100,000 supports.

Run: ``python benchmarks/cocreation.py``. It uses a database of its own: a temporary SQLite file, or a test database on the
server that ``DATABASE_URL`` names. Both jurisdictions are asked in turn; prints queries and the median milliseconds of the
first page, by the clock and of this process's processor (on a busy machine the fairer one; with PostgreSQL it leaves out what
the server does), and ends with 1 unless the queries are the same and, by the fairer measure of the engine, the time is at most
twice as long: the processor's with SQLite, the clock's with PostgreSQL.
"""

import datetime as dt
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")
os.environ.setdefault("TEQUIO_DATA", tempfile.mkdtemp(prefix="cocreation-"))
os.environ.setdefault("TEQUIO_PAGE_CACHE", "0")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from tequio.cocreation import actions  # noqa: E402
from tequio.cocreation.actions.confirming import due_from  # noqa: E402
from tequio.cocreation.models import Backing, Call, Contribution, Phase, Problem  # noqa: E402
from tequio.people.actions import grant_role, invite  # noqa: E402
from tequio.places.actions import create_jurisdiction  # noqa: E402
from tequio.places.models import Jurisdiction  # noqa: E402
from tequio.record.append import Actor, act_many  # noqa: E402
from tequio.record.sequence import sequence  # noqa: E402

BY = Actor(role="operator")
SIZES = {"poco": (100, 1_000), "mucho": (10_000, 100_000)}
ROUNDS, MOST = 15, 2.0
PAGES = (
    "cocreacion/",
    "cocreacion/aportaciones/",
    "cocreacion/aportaciones/?orden=apoyos",
    "cocreacion/aportaciones/?estado=esperando",
    "cocreacion/respuestas/",
    "cocreacion/problemas/1/",
    "buscar/?q=fugas+presupuesto",
    "gestion/cocreacion/respuestas/",
)
_WORDS = "agua fugas presupuesto escuela camino mercado datos mapa barrio salud basura luz parque obra consulta"
WORDS = [*_WORDS.split(), *(f"asunto{n}" for n in range(185))]  # each stands in a sixth of the texts


def load(slug: str, many: int, supports: int) -> Any:
    """A jurisdiction with its secretariat and so many contributions and supports; the account that works there."""
    here = create_jurisdiction(slug=slug, name=slug.title(), kind=Jurisdiction.Kind.OTHER, by=BY)
    person = invite(jurisdiction=here, name="Sofía", email=f"sofia.{slug}@ejemplo.invalid")
    grant_role(jurisdiction=here, kind="secretariat", person=person, named=True, since=dt.date(2026, 1, 1), by=BY)
    today = timezone.localdate()
    window = {"start": (today - dt.timedelta(days=60)).isoformat(), "end": (today + dt.timedelta(days=60)).isoformat()}
    call = actions.create_call(
        jurisdiction=here, title={"es": "Convocatoria"}, phases=[{"key": key, **window} for key in Phase.values]
    )
    actions.publish_call(call=call, by=BY)
    problem = actions.propose_problem(
        jurisdiction=here, call=call, title="Se pierde agua", text="Las fugas duran semanas.", email="a@ejemplo.invalid"
    )
    actions.confirm(said=problem)
    with transaction.atomic():
        rows = [row(here, call, problem, n, today) for n in range(1, many + 1)]
        act_many("contribution.published", rows, by=BY)
    found = list(Contribution.objects.filter(jurisdiction=here).order_by("number"))
    Backing.objects.bulk_create(
        (Backing(contribution=found[n % many], digest=f"{slug}{n:060}"[:64], confirmed=True) for n in range(supports)),
        batch_size=5_000,
    )
    return person.account


def row(here: Jurisdiction, call: Call, problem: Problem, n: int, today: dt.date) -> Contribution:
    """One contribution; every tenth is about the problem."""
    day = today - dt.timedelta(days=n % 50)
    words = " ".join(random.Random(n).choices(WORDS, k=40))
    return Contribution(
        jurisdiction=here,
        call=call,
        problem=problem if n % 10 == 0 else None,
        number=n,
        title=f"Propuesta {n}: {WORDS[n % len(WORDS)]}",
        text=words,
        sector="citizen",
        sight="shown",
        published_on=day,
        received_on=day,
        due=due_from(call, day),
        backers=10 + n % 7,
        counted=10 + n % 7,
    )


def measure(accounts: dict[str, Any]) -> bool:
    """Prints the table; whether every bar is met."""
    clients = {}
    for slug, account in accounts.items():
        clients[slug] = Client()
        clients[slug].force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    met = True
    judged = "cpu" if connection.vendor == "sqlite" else "wall"
    print(f"{'page':42} {'queries':>9}   {'ms, 100 and 10,000':>19} {'ratio':>6}   {'cpu ms':>19} {'ratio':>6}")
    for page in PAGES:
        asked: dict[str, int] = {}
        spent: dict[str, dict[str, list[float]]] = {slug: {"wall": [], "cpu": []} for slug in SIZES}
        for slug in SIZES:
            client = clients[slug] if page.startswith("gestion") else Client()
            address = f"/{slug}/{page}"
            assert client.get(address).status_code == 200, address
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            asked[slug] = len(seen)
        for _round in range(ROUNDS):
            for slug in SIZES:
                client = clients[slug] if page.startswith("gestion") else Client()
                start, cpu = time.perf_counter(), time.process_time()
                client.get(f"/{slug}/{page}")
                spent[slug]["cpu"].append((time.process_time() - cpu) * 1000)
                spent[slug]["wall"].append((time.perf_counter() - start) * 1000)
        line, ratios = f"{page:42} {asked['poco']:>4} / {asked['mucho']:<3}", {}
        for clock in ("wall", "cpu"):
            few, many = (statistics.median(spent[slug][clock]) for slug in SIZES)
            ratios[clock] = many / few
            line += f"  {few:9.1f} {many:10.1f} {ratios[clock]:6.2f}"
        met &= asked["poco"] == asked["mucho"] and ratios[judged] <= MOST
        print(line, flush=True)
    return met


def main() -> int:
    settings.PAGE_CACHE = False
    settings.RECORD_PACE = 0  # numbered here, not in a thread beside
    settings.ALLOWED_HOSTS = ["*"]
    settings.SECURE_SSL_REDIRECT = False
    call_command("collectstatic", interactive=False, verbosity=0)
    before = setup_databases(verbosity=0, interactive=False)
    try:
        start = time.perf_counter()
        accounts = {slug: load(slug, *size) for slug, size in SIZES.items()}
        sequence(wait=True)
        print(f"{connection.vendor}: loaded, numbered and indexed in {time.perf_counter() - start:.0f} s")
        return 0 if measure(accounts) else 1
    finally:
        teardown_databases(before, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
