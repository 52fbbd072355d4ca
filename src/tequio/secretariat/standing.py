"""Whether somebody may vote for their seat right now, and if not, why, in words that say what to do."""

from django.utils.translation import gettext as _

from tequio.meetings.models import Attendance, Capacity, SeatHolder
from tequio.secretariat import deciding, queries
from tequio.secretariat.models import Decision


def hindrance(decision: Decision, holder: SeatHolder) -> str:
    """Why ``holder`` may not vote (or object) now; empty where they may."""
    if decision.conflicts.filter(seat=holder.seat_id).exists():
        return _("Tu asiento declaró un conflicto de interés: no toma parte en esta decisión.")
    if decision.is_voted and decision.is_secret and decision.ballots.filter(seat=holder.seat_id).exists():
        return _("Tu asiento ya votó. En una votación secreta el voto no se puede cambiar.")
    here = Attendance.objects.filter(session=decision.session_id, seat=holder.seat_id, confirmed=True)
    if not here.filter(holder=holder).exists():
        return _("Todavía no apareces en la lista de asistencia. Pide al Secretariado que te registre y vuelve aquí.")
    if holder.capacity == Capacity.HEAD:
        return ""
    if here.filter(capacity=Capacity.HEAD).exists():
        return _("La persona titular de tu asiento está en la sesión: vota ella.")
    if decision.rules.rules.liaison == deciding.NEVER:
        return _("Las reglas de este órgano no permiten delegar el voto: solo vota la persona titular.")
    if queries.delegation_for(holder, decision.session) is None:
        return _("Puedes asistir y hablar, pero para votar hace falta que tu titular te delegue el voto por escrito.")
    return ""
