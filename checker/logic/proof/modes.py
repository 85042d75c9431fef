"""The four ways to ask for an answer of yes, no or cannot tell.

Each formula of a question in one of these ways is monotone in its leaves: to leave a leaf out can only let more leads
through. So a conflict can be narrowed down to the leaves that make it.
"""

from __future__ import annotations

from enum import Enum

from checker.logic.three_valued import Answer


class Mode(Enum):
    """Which answers are asked for."""

    SURELY = "surely yes"
    SURELY_NOT = "surely no"
    NOT_SURELY = "no or cannot tell"
    NOT_SURELY_NOT = "yes or cannot tell"

    @property
    def of_opposite(self) -> Mode:
        """The way to ask it of the opposite question: surely no is surely yes of the opposite."""
        return _OF_OPPOSITE[self]

    @property
    def complement(self) -> Mode:
        """All other answers."""
        return _COMPLEMENT[self]

    @property
    def asks_for_yes(self) -> bool:
        """Whether it becomes harder with each further condition that must hold."""
        return self in (Mode.SURELY, Mode.NOT_SURELY_NOT)

    def takes(self, answer: Answer) -> bool:
        """Whether an answer is among those that are asked for."""
        match self:
            case Mode.SURELY:
                return answer is True
            case Mode.SURELY_NOT:
                return answer is False
            case Mode.NOT_SURELY:
                return answer is not True
            case Mode.NOT_SURELY_NOT:
                return answer is not False


_OF_OPPOSITE = {
    Mode.SURELY: Mode.SURELY_NOT,
    Mode.SURELY_NOT: Mode.SURELY,
    Mode.NOT_SURELY: Mode.NOT_SURELY_NOT,
    Mode.NOT_SURELY_NOT: Mode.NOT_SURELY,
}
_COMPLEMENT = {
    Mode.SURELY: Mode.NOT_SURELY,
    Mode.NOT_SURELY: Mode.SURELY,
    Mode.SURELY_NOT: Mode.NOT_SURELY_NOT,
    Mode.NOT_SURELY_NOT: Mode.SURELY_NOT,
}
