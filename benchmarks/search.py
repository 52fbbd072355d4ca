"""How long a search takes among 10,000 entries of three jurisdictions, and how long indexing them took.

Run: ``python benchmarks/search.py``. It uses a database of its own: a temporary SQLite file, or a test database on the
server that ``DATABASE_URL`` names. Prints milliseconds: median and slowest of twenty.
"""

import datetime as dt
import os
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from tequio.search import index, sources  # noqa: E402
from tequio.search.queries import find  # noqa: E402
from tequio.search.sources import Item, Source  # noqa: E402

ENTRIES = 10_000
_WORDS = (
    "agua alcaldía ambiente apertura archivo aportación avance beneficio calidad cambio campaña capacitación "
    "ciudadanía clima "
    "comité compromiso comunidad consulta contraloría contrato corrupción cuentas cultura datos decisión "
    "derechos desarrollo "
    "diagnóstico diálogo discapacidad educación energía escuela espacio evidencia familia género gobierno "
    "hospital igualdad "
    "indicador información infraestructura inclusión innovación instituciones jóvenes justicia juventud ley licitación "
    "mecanismo medio meta mujeres municipio niñez obra oficio organización participación plataforma portal "
    "presupuesto programa "
    "proyecto público pueblo registro reglamento reporte resultado riesgo salud seguridad servicio sociedad "
    "solicitud taller "
    "técnica territorio trabajo transparencia transporte universidad vecinal verificación vigilancia vivienda zona"
)
WORDS = _WORDS.split()
QUERIES = (
    "compromiso transparencia", "tecnica", "niñez", '"rendición de cuentas"', "participacion ciudadana municipio",
    "verif",
    "zapato", "transparensia agua", "agua presupuesto salud escuela",
)  # fmt: skip


def items() -> dict[str, Item]:
    """Invented texts with the frequencies of words that real ones have: few words often, many seldom."""
    chance = random.Random(7)
    weights = [1 / rank for rank in range(1, len(WORDS) + 1)]
    words = chance.sample(WORDS, len(WORDS))
    found = {}
    for number in range(ENTRIES):
        place = ("jalisco", "jalisco", "valle", "otro")[number % 4]
        key = f"{place}/commitment/n{number}"
        title = " ".join(chance.choices(words, weights, k=7))
        body = " ".join(chance.choices(words, weights, k=120)) + (" rendición de cuentas" if number % 9 == 0 else "")
        day = dt.date(2020, 1, 1) + dt.timedelta(days=number % 1500)
        found[key] = Item(key=key, jurisdiction=place, language="es", url="/", title=title, body=body, day=day)
    return found


def measure() -> None:
    """Prints the table."""
    known = items()
    for source in sources.sources():
        sources.unregister(source.kind)
    sources.register(
        Source(
            "commitment", "Compromisos", ("commitment",), lambda keys: [known[key] for key in keys], lambda: list(known)
        )
    )
    start = time.perf_counter()
    index.rebuild()
    spent = time.perf_counter() - start
    print(f"{connection.vendor}: {ENTRIES} entries indexed in {spent:.1f} s ({spent / ENTRIES * 1000:.2f} ms each)")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_words")
            cursor.execute("ANALYZE search_entry")
    for words in QUERIES:
        times = []
        for _ in range(20):
            start = time.perf_counter()
            results = find("jalisco", words, "es")
            times.append((time.perf_counter() - start) * 1000)
        print(
            f"{statistics.median(times):7.1f} ms median {max(times):7.1f} ms slowest {results.total:6} found  {words}"
        )


if __name__ == "__main__":
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = None
    made = setup_databases(verbosity=0, interactive=False)
    try:
        measure()
    finally:
        teardown_databases(made, verbosity=0)
