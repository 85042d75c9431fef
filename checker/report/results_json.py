"""Results for programs: `results/v1`, whose schema is published in `schema/results.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.language import from_json
from checker.verdict import Result, Results

if TYPE_CHECKING:
    from checker.language import Words


def results_json(results: Results, words: Words) -> str:
    """The results as JSON; `why` is worded in the language asked for, and stands in `said` for any other."""
    told = tuple(_worded(result, words) for result in results.results)
    return results.model_copy(update={"results": told, "language": words.language}).model_dump_json(indent=2) + "\n"


def _worded(result: Result, words: Words) -> Result:
    if result.said is None:
        return result
    return result.model_copy(update={"why": words.say(from_json(result.said.model_dump()))})
