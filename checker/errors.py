"""Everything that ends a command early, and the exit code that it ends with.

    SlaError                    3  nothing could be judged
    ├── WrongUsage              2  an option, argument or name on the command line is wrong
    ├── NotReady                1  an agreement is not fit to be released or shown, or a folder to be written
    ├── UnreadableInput         3  a file cannot be read, is not what it should be, or breaks a limit
    ├── NothingToJudge          3  the data holds nothing that a promise could be judged on
    ├── NothingToPlan           3  an agreement lacks what a plan is reckoned from: months, rates, a goal
    ├── MissingExtra            3  a part that is installed separately is needed
    ├── BrokenPackage           3  a package that adds rules does not do what it should
    └── UnwritableOutput        3  a result could not be written; what stood there before is untouched

Findings about an agreement are never exceptions: they are values (`checker.finding`).
"""

from __future__ import annotations

from checker.finding import At, Place
from checker.message import Message


class SlaError(Exception):
    """Carries what to tell the user; `place` is the file, line and column where it is known.

    `at` is the spot of the agreement that is at fault, for those who raise the error and know no lines.
    """

    exit_code = 3

    def __init__(self, message: Message, place: Place | None = None, at: At | None = None) -> None:
        super().__init__(message.text)
        self.message = message
        self.place = place
        self.at = at


class WrongUsage(SlaError):
    """An option, argument or name on the command line is wrong."""

    exit_code = 2


class NotReady(SlaError):
    """An agreement is not fit to be released or shown, or a folder holds what would be lost."""

    exit_code = 1


class UnreadableInput(SlaError):
    """A file cannot be read, is not what it should be, or breaks a limit."""


class NothingToJudge(SlaError):
    """The data holds nothing that a promise could be judged on."""


class NothingToPlan(SlaError):
    """An agreement lacks what a plan is reckoned from: months, rates, a goal."""


class MissingExtra(SlaError):
    """A part that is installed separately (`pip install "smarketing-sla[check]"`) is needed."""


class BrokenPackage(SlaError):
    """A package that adds rules of a company's own does not do what it should."""


class UnwritableOutput(SlaError):
    """A result could not be written; what stood there before is untouched."""
