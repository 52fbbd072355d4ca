"""The rules by which bodies decide, what was put to them, and how each seat took part."""

from tequio.secretariat.models.ballot import Ballot, How, Urn
from tequio.secretariat.models.decision import Decision
from tequio.secretariat.models.decision_rules import DecisionRules, Matter
from tequio.secretariat.models.said import ConflictDeclared, Objection

__all__ = ["Ballot", "ConflictDeclared", "Decision", "DecisionRules", "How", "Matter", "Objection", "Urn"]
