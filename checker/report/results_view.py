"""How one looks at results: what every format of them is told beside the results themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checker.language import Words
from checker.report.repository import Repository
from checker.verdict import Result


@dataclass(frozen=True, slots=True)
class ResultsView:
    """How one looks at results: in whose words, with which sentences of promises (by id) and currency (may be empty),
    in which repository, and what the agreement is called (empty: as the results say).
    """

    words: Words
    sentences: Mapping[str, str]
    currency: str
    repository: Repository
    title: str = ""

    def sentence(self, result: Result) -> str:
        """A promise in words; of a rung of a ladder that of the promise."""
        promise, _, rung = result.promise.partition(".")
        told = self.sentences.get(result.promise) or self.sentences.get(promise) or promise
        return f"{told} ({rung})" if rung and result.promise not in self.sentences else told
