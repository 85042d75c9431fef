"""What a rule is: a function that looks at an agreement and yields problems, with its declaration above it.

The function's docstring is the rule's page; its bad example, with the lines marked that it must report, is its test.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from textwrap import dedent
from typing import Any, TypeAlias

from checker.agreement import Agreement
from checker.agreement.history import History
from checker.finding import Problem, Severity, WaiverUse
from checker.observed import Observed

DOCUMENTATION = "https://smarketing-sla.example/"
GROUPS = {
    "0": "text-and-format",
    "1": "names",
    "2": "targets",
    "3": "criteria",
    "4": "handoff",
    "5": "promises-and-clocks",
    "6": "meetings-and-feedback",
    "7": "governance-and-versions",
    "8": "language-and-documentation",
    "9": "a-companys-own",
}
"""First digit of a code -> the name of the page that its rules share. Addresses stand in reports: they stay."""
"""The address under which this tool's own documentation is published."""

TODAY = "today"
"""Needed by a rule that compares dates with the present day: its function takes that day as a second argument."""
HOLIDAYS = "holidays"
"""Needed by a rule that looks up public holidays, which are installed with the extra `check`."""
PLANNED_NAMES = "planned names"
"""Needed by a rule that computes with targets and rates: what each of them is of must be known."""

WAIVERS = "waivers"
"""Needed by a rule about waivers: it runs after all others, and its function takes what became of each waiver as its
last argument."""

DATA = "data"
"""Needed by a rule about what only data can show: `sla check` runs it, and its function takes what was observed."""
RELEASES = "releases"
"""Needed by a rule that compares with the versions that were released before: its function takes the history."""
HISTORY = "history"
"""Needed by a rule about the history itself, which may be empty; its function takes it. A text that is in no folder has
none."""

Check: TypeAlias = Callable[..., Iterable[Problem]]


@dataclass(frozen=True)
class Rule:
    """A rule of the catalogue.

    code: `SLA101`, never used again for another rule; its first digit is the subject
    name: what the finding is, in a few words
    severity: how much a finding matters where `checks` says nothing else
    needs: sections that must be readable, `TODAY`, `HOLIDAYS`, `PLANNED_NAMES`, `WAIVERS`, `DATA`, `RELEASES`,
        `HISTORY`; without them the rule is skipped, and counted
    on_request: whether it runs only where `checks` gives it a severity, or all notes are asked for
    bad, good: excerpts of agreements; in `bad`, `# SLA101` marks each line that is reported, `# because` the others
        of the conflict
    package: the package that adds it; empty for the rules of this tool
    data: of a rule that needs data, the leads of both examples: a table whose column `leads` says how many are alike,
        and whose other columns are events, `channel`, `owner`, `campaign`, `return_reason` or fields
    """

    code: str
    name: str
    severity: Severity
    since: str
    bad: str
    good: str
    needs: tuple[str, ...]
    on_request: bool
    check: Check
    package: str = ""
    data: str = ""

    def problems(
        self,
        agreement: Agreement,
        today: date | None = None,
        uses: Sequence[WaiverUse] = (),
        observed: Observed | None = None,
        history: History | None = None,
    ) -> Iterable[Problem]:
        """What the rule finds. `today`, `uses`, `observed` and `history` must be given where the rule needs them."""
        given = ((TODAY, today), (WAIVERS, uses), (DATA, observed), (RELEASES, history), (HISTORY, history))
        further = [argument for need, argument in given if need in self.needs]
        return self.check(agreement, *further)

    @property
    def group(self) -> str:
        """The name of the page that it shares with the rules of its subject, as it stands in addresses."""
        return GROUPS[self.code[3]]

    @property
    def help(self) -> str:
        """The address of the rule's page; of a rule of a package, that of the page on such rules."""
        return DOCUMENTATION + ("how-to/write-a-company-rule/" if self.package else f"rules/{self.group}/#{self.code}")

    @cached_property
    def explanation(self) -> str:
        """The rule's page, as Markdown: the function's docstring."""
        return inspect.getdoc(self.check) or ""

    @property
    def is_about_reading(self) -> bool:
        """Whether the rule is about the text and the format, which no company can do without."""
        return self.code.startswith("SLA0")

    @property
    def is_about_data(self) -> bool:
        """Whether only data can show it, so that `sla check` runs it and `sla validate` does not."""
        return DATA in self.needs

    @property
    def is_about_waivers(self) -> bool:
        """Whether the rule is about waivers."""
        return WAIVERS in self.needs

    @property
    def can_be_waived(self) -> bool:
        """Whether a company may accept its findings for a while."""
        return not (self.is_about_reading or self.is_about_waivers)


def rule(
    code: str,
    name: str,
    *,
    severity: Severity,
    since: str,
    bad: str,
    good: str,
    needs: tuple[str, ...] = (),
    on_request: bool = False,
    data: str = "",
) -> Callable[[Check], Rule]:
    """Declares a rule above its function, which takes an agreement (and today, or what was observed, where it needs
    that).
    """

    def declare(check: Check) -> Rule:
        told = _excerpt(data) if data else ""
        return Rule(code, name, severity, since, _excerpt(bad), _excerpt(good), needs, on_request, check, data=told)

    return declare


def _excerpt(text: str) -> str:
    return dedent(text).strip("\n") + "\n"


def reported(agreement: Agreement, *kinds: str) -> Iterator[Problem]:
    """What reading and building the agreement found of these kinds."""
    return (problem for problem in agreement.problems if problem.kind in kinds)


def value_at(values: Any, path: Iterable[str | int]) -> Any:
    """What was written at a path; None where there is nothing."""
    for step in path:
        if isinstance(values, dict) and isinstance(step, str):
            values = values.get(step)
        elif isinstance(values, list) and isinstance(step, int) and 0 <= step < len(values):
            values = values[step]
        else:
            return None
    return values
