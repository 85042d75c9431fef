"""What a rule needs beside the agreement, and whether it is there."""

from __future__ import annotations

from datetime import date
from importlib.util import find_spec

from checker.agreement import Agreement
from checker.agreement.history import History
from checker.observed import Observed
from checker.rules.names import Names
from checker.rules.references import planned
from checker.rules.rule import DATA, HISTORY, HOLIDAYS, PLANNED_NAMES, RELEASES, TODAY, WAIVERS


class Needs:
    """Answers once for all rules of a review."""

    def __init__(
        self,
        agreement: Agreement,
        today: date | None,
        observed: Observed | None = None,
        history: History | None = None,
    ) -> None:
        self._agreement = agreement
        self._today = today
        self._observed = observed
        self._history = history
        self._known: dict[str, bool] = {}

    def missing(self, needs: tuple[str, ...]) -> list[str]:
        """Which of these are not there: sections that cannot be read, today's date, the package for holidays."""
        return [need for need in needs if not self._has(need)]

    def _has(self, need: str) -> bool:
        if need not in self._known:
            self._known[need] = self._find(need)
        return self._known[need]

    def _find(self, need: str) -> bool:
        if need == TODAY:
            return self._today is not None
        if need == WAIVERS:
            return True
        if need == DATA:
            return self._observed is not None
        if need == RELEASES:
            return self._history is not None and bool(self._history.releases)
        if need == HISTORY:
            return self._history is not None
        if need == HOLIDAYS:
            return find_spec("holidays") is not None
        if need == PLANNED_NAMES:
            names = Names(self._agreement)
            return all(reference.name in names.known(reference.kind) for reference in planned(self._agreement))
        return need not in self._agreement.broken
