"""The public tables of what bodies decide."""

from django.utils.translation import gettext_lazy as _

from tequio.opendata.rows_secretariat import BALLOTS, DECISIONS
from tequio.opendata.shape import Table
from tequio.opendata.shape import both as _both
from tequio.opendata.shape import column as _c

_URL = _c("url", "url", _("Página en este portal"))

TABLES: tuple[Table, ...] = (
    Table(
        "decisiones",
        "decisions",
        _("Decisiones"),
        _("Un renglón por asunto que se puso a decisión de un órgano, con su resultado dentro de cada lado."),
        (
            _c("decision", "integer", _("Número de la decisión")),
            _c("body", "text", _("Identificador del órgano")),
            _c("session", "integer", _("Número de la sesión")),
            _c("rules_version", "integer", _("Versión de las reglas con que se decidió")),
            *_both("question", _("Pregunta")),
            _c("matter", "text", _("Asunto: commitment, plan, rules, person, other")),
            _c("about", "text", _("Clave de lo que se decide, si está en este portal")),
            _c("method", "text", _("Cómo se decidió: consensus, vote")),
            _c("ballot", "text", _("Votación: recorded (a la vista), secret")),
            _c("state", "text", _("Estado: open, passed, failed, withdrawn")),
            _c("opened_on", "date", _("Fecha en que se abrió")),
            _c("closed_on", "date", _("Fecha en que se cerró")),
            _c("reason", "text", _("Por qué: passed, no_quorum, objected, secrecy, no_majority")),
            *_both("sentence", _("El resultado en una frase")),
            _c("quorum_met", "boolean", _("Si hubo quórum")),
            _c("quorum_present", "integer", _("Asientos que podían votar")),
            _c("quorum_needed", "integer", _("Asientos que hacían falta")),
            *(
                _c(f"{side}_{name}", kind, meaning)
                for side in ("civil", "government")
                for name, kind, meaning in (
                    ("present", "integer", _("Asientos de ese lado que podían votar")),
                    ("voted", "integer", _("Asientos de ese lado que votaron")),
                    ("for", "integer", _("Votos a favor; vacío si contarlos diría quién votó qué")),
                    ("against", "integer", _("Votos en contra; vacío si contarlos diría quién votó qué")),
                    ("abstain", "integer", _("Abstenciones; vacío si contarlas diría quién votó qué")),
                    ("reached", "boolean", _("Si hubo mayoría de ese lado")),
                )
            ),
            _c("objections", "integer", _("Asientos que objetaron el consenso")),
            _URL,
        ),
        DECISIONS,
    ),
    Table(
        "votos",
        "ballots",
        _("Votos de los órganos"),
        _("Un renglón por asiento que votó. En las votaciones secretas se publica quién votó y nunca qué."),
        (
            _c("decision", "integer", _("Número de la decisión")),
            _c("body", "text", _("Identificador del órgano")),
            _c("seat", "integer", _("Número del asiento en el órgano")),
            *_both("seat_name", _("Nombre del asiento")),
            _c("sector", "text", _("Sector (lista «sector»)")),
            _c("side", "text", _("Lado: civil, government")),
            _c("cast_by", "text", _("Quién votó por el asiento: head, liaison, alternate")),
            _c("vote", "text", _("Voto: for, against, abstain; vacío si fue secreto")),
            _c("how", "text", _("room: a mano alzada, lo anotó el Secretariado; vacío si lo emitió el propio asiento")),
            _c("date", "date", _("Fecha")),
            _URL,
        ),
        BALLOTS,
    ),
)
