"""Rules of decision, houses and votes in words."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tequio.secretariat import deciding
from tequio.secretariat.models import Matter

HOUSES = {deciding.CIVIL: gettext_lazy("Sociedad civil"), deciding.GOVERNMENT: gettext_lazy("Gobierno")}
INSIDE = {
    deciding.CIVIL: gettext_lazy("Dentro de sociedad civil"),
    deciding.GOVERNMENT: gettext_lazy("Dentro de gobierno"),
    "whole": gettext_lazy("En toda la mesa"),
}
CHOICES = {
    deciding.FOR: gettext_lazy("A favor"),
    deciding.AGAINST: gettext_lazy("En contra"),
    deciding.ABSTAIN: gettext_lazy("Abstención"),
}
LIGHTS = {deciding.FOR: "green", deciding.AGAINST: "red", deciding.ABSTAIN: "amber"}
KNOWN = {
    (Fraction(1, 2), True): gettext_lazy("más de la mitad"),
    (Fraction(1, 2), False): gettext_lazy("al menos la mitad"),
    (Fraction(2, 3), False): gettext_lazy("al menos dos tercios"),
    (Fraction(3, 4), False): gettext_lazy("al menos tres cuartos"),
}


def share_words(share: deciding.Share) -> str:
    """ "más de la mitad", "al menos 3/5" """
    known = KNOWN.get((share.part, share.more))
    if known is not None:
        return str(known)
    part = f"{share.part.numerator}/{share.part.denominator}"
    return (_("más de %(part)s") if share.more else _("al menos %(part)s")) % {"part": part}


def majority_words(majority: deciding.Majority) -> str:
    """What is needed in favour, and of what."""
    share = share_words(majority.share if majority.share.part >= Fraction(1, 2) else deciding.HALF)
    if majority.of == deciding.PRESENT:
        return _("%(share)s de los asientos que podían votar") % {"share": share}
    return _("%(share)s de los votos a favor y en contra; las abstenciones no cuentan") % {"share": share}


def rules_words(rules: deciding.Rules) -> list[str]:
    """The rules, a sentence each, as anybody can read them."""
    quorum = rules.quorum
    seats = _("los asientos ocupados") if quorum.seats == deciding.FILLED else _("todos los asientos")
    found = [
        _("Hay quórum cuando pueden votar %(share)s de %(seats)s.")
        % {"share": share_words(quorum.share), "seats": seats}
    ]
    if quorum.sectors > 1:
        found.append(_("Tienen que ser de %(n)s sectores distintos, por lo menos.") % {"n": quorum.sectors})
    found.append(
        _("Entre ellos, por lo menos %(civil)s de sociedad civil y %(government)s de gobierno.")
        % {"civil": quorum.least(deciding.CIVIL), "government": quorum.least(deciding.GOVERNMENT)}
    )
    if rules.consensus_first:
        found.append(_("Primero se busca el consenso: si nadie objeta y hay quórum, la decisión pasa. Si no, se vota."))
    found.append(
        _("Para pasar una votación hace falta mayoría dentro de sociedad civil y dentro de gobierno: %(majority)s.")
        % {"majority": majority_words(rules.majority)}
    )
    if rules.whole:
        found.append(_("Y además, en toda la mesa: %(majority)s.") % {"majority": majority_words(rules.whole)})
    found.append(
        _("Vota la persona titular. En su ausencia, su enlace o suplente, si se lo delegó por escrito.")
        if rules.liaison == deciding.DELEGATION
        else _("Vota solo la persona titular; el voto no se delega.")
    )
    found.append(
        _("Se vota en secreto.") if rules.ballot == deciding.SECRET else _("Se vota a la vista: se publica cada voto.")
    )
    for key, (majority, ballot) in sorted(rules.matters.items(), key=lambda pair: pair[0]):
        matter = Matter(key).label if key in Matter.values else key
        if majority:
            found.append(
                _("%(matter)s, dentro de cada lado: %(majority)s.")
                % {"matter": matter, "majority": majority_words(majority)}
            )
        if ballot and ballot != rules.ballot:
            secret = _("se vota en secreto") if ballot == deciding.SECRET else _("se vota a la vista")
            found.append(_("%(matter)s: %(how)s.") % {"matter": matter, "how": secret})
    return found


ALWAYS = (
    gettext_lazy("Ninguna decisión pasa si nadie de sociedad civil vota a favor."),
    gettext_lazy("Una mayoría siempre es más de la mitad, digan lo que digan las reglas."),
    gettext_lazy("Un empate no pasa. Nadie tiene voto de calidad."),
    gettext_lazy("Quien declara un conflicto de interés no cuenta en ninguno de los dos lados."),
    gettext_lazy("Una votación secreta no se cuenta si el resultado diría cómo votó alguien."),
)


def able_words(quorum: deciding.Data) -> str:
    """How many seats can vote now, and whether that is a quorum."""
    said = ngettext(
        "Puede votar %(n)s de %(all)s asientos", "Pueden votar %(n)s de %(all)s asientos", quorum["present"]
    ) % {"n": quorum["present"], "all": quorum["seats"]}
    return (
        _("%(said)s: hay quórum.") % {"said": said} if quorum["met"] else _("%(said)s: falta quórum.") % {"said": said}
    )
