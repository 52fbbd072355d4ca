"""The board on any past date, rebuilt from the acts of the record alone (``docs/decisions/0017``)."""

from tequio.monitoring.past.board import past_board, past_rows
from tequio.monitoring.past.moment import Moment, began, moment_of, readable_day
from tequio.monitoring.past.same import same_as_live

__all__ = ["Moment", "began", "moment_of", "past_board", "past_rows", "readable_day", "same_as_live"]
