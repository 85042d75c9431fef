"""The agreement's own stages, met with what a known system calls them."""

from __future__ import annotations

from dataclasses import dataclass

from checker.agreement import Agreement
from checker.agreement.base import as_list, prose
from checker.agreement.source import NOT_THERE, SystemSource
from checker.funnel.presets.preset import KnownStage, Preset, Way, plain


@dataclass(frozen=True, slots=True)
class MetStage:
    """A stage of the agreement: what the system calls it, and the ways in which its moment is read, the best first.

    `is_said`: the source names it. `is_known`: the system brings it along. Of a stage that is neither, only its own
    names are there to find a column by.
    """

    id: str
    names: tuple[str, ...]
    ways: tuple[Way, ...]
    is_said: bool
    is_known: bool


def met_stages(agreement: Agreement, source: SystemSource, preset: Preset) -> list[MetStage]:
    """The stages that the data may date: not those in which nobody has a name yet, or which the source leaves out."""
    found: list[MetStage] = []
    is_pipeline = False
    for name, stage in agreement.stages.items():
        is_pipeline = is_pipeline or stage.is_ in ("pipeline", "won")
        said = as_list((source.stages or {}).get(name))
        if stage.is_ == "anonymous" or NOT_THERE in said:
            continue
        own = [name, *_names(stage.name)]
        known = _known(preset, said, name, stage.is_, own)
        names = [*said, *(known.called if known else ()), *(own if not said else ())]
        entered = preset.entered.from_pipeline if is_pipeline else preset.entered.before_pipeline
        ways = (*(known.ways if known else ()), *entered)
        found.append(MetStage(name, tuple(dict.fromkeys(names)), ways, bool(said), known is not None))
    return found


def _known(preset: Preset, said: list[str], name: str, role: str | None, own: list[str]) -> KnownStage | None:
    if said:
        return next((stage for stage in preset.stages if any(map(stage.has_name, said))), None)
    tests = (
        lambda stage: name in stage.usual,
        lambda stage: role is not None and stage.is_ == role,
        lambda stage: any(map(stage.has_name, own)),
    )
    return next((stage for fits in tests for stage in preset.stages if fits(stage)), None)


def _names(name: object) -> list[str]:
    """The names that people read, in every language."""
    if isinstance(name, dict):
        return [str(text) for text in name.values()]
    return [] if name is None else [prose(str(name), "")]


def spellings(identifier: str, name: object) -> list[str]:
    """How a system may write what the agreement knows by an id, where it is not the id itself."""
    written = [*_names(name), identifier.replace("_", " ").replace("-", " ")]
    return [text for text in dict.fromkeys(written) if text.casefold() != identifier.casefold()]


def same_letters(first: str, second: str) -> bool:
    """Whether two names differ in case, accents and signs at most."""
    return plain(first) == plain(second)
