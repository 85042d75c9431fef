"""Packing the data for others: what CI may hold, and whether it gives the same verdicts."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.agreement import Agreement
from checker.agreement.source import SystemSource
from checker.errors import UnreadableInput, UnwritableOutput, WrongUsage
from checker.funnel import Funnel, open_funnel, open_rows, pack_rows
from checker.funnel.files import ALL_FILES
from checker.message import Message, Written, all_of, say
from checker.review.check import check
from checker.text import Document
from checker.verdict import Results

SHORTEST_SALT = 16
"""A shorter salt could be found by trying all: ids of leads are numbers in a row."""
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Packed:
    """The files that were written, how many leads they hold, and how many rows could not be used."""

    files: tuple[Path, ...]
    leads: int
    left_out: int


def pack(
    agreement: Agreement,
    document: Document,
    folder: Path,
    overrides: Mapping[str, Path],
    salt: str,
    to: Path,
) -> Packed:
    """Packs the data of an agreement into the folder `to`, after a look that its verdicts stay the same.

    Files there of the same names are replaced, once all is well. Raises WrongUsage for a salt that is too short,
    UnreadableInput where the verdicts would differ, UnwritableOutput, and whatever `check` raises.
    """
    if len(salt) < SHORTEST_SALT:
        raise WrongUsage(say("the salt is too short: it needs at least {count} signs", count=SHORTEST_SALT))
    source = agreement.sections.source
    system = source.system if isinstance(source, SystemSource) else None
    with open_funnel(agreement, folder, overrides) as funnel:
        before, leads = _verdicts(agreement, document, funnel)
        data = funnel.data()
    try:
        to.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix=".packed-", dir=to))
    except OSError as error:
        raise _unwritable(to, error) from None
    try:
        opened = open_rows(agreement, folder, overrides)
        with opened.engine:
            files = pack_rows(opened, salt, room, system)
        with open_funnel(agreement, folder, {ALL_FILES: room}) as funnel:
            after, packed_leads = _verdicts(agreement, document, funnel)
        if (before, leads) != (after, packed_leads):
            raise UnreadableInput(_differ(before, after))
        try:
            for file in files:
                file.replace(to / file.name)
        except OSError as error:
            raise _unwritable(to, error) from None
    finally:
        shutil.rmtree(room, ignore_errors=True)
    names = tuple(to / file.name for file in files)
    return Packed(names, leads, data.rejected)


Verdicts = dict[tuple[str, str, str | None], list[str]]
_NAMES = {"offenders", "file", "line", "channel"}


def _verdicts(agreement: Agreement, document: Document, funnel: Funnel) -> tuple[Verdicts, int]:
    """Everything that a check says but which leads it was, by promise or stage, month and channel; and how many leads.

    Channels that the agreement does not know have other names in packed data: they count as one.
    """
    results: Results = check(agreement, document, funnel).results
    found: Verdicts = {("the cut-off", "", None): [str(results.as_of)]}
    told = [(each.promise, each.period, each.channel, each.model_dump(exclude=_NAMES)) for each in results.results]
    told += [(count.stage, count.period, count.channel, count.model_dump(exclude=_NAMES)) for count in results.funnel]
    told += [
        (f"{each.stage} to {each.reaches}", each.period, each.channel, each.model_dump(exclude=_NAMES))
        for each in results.cohorts
    ]
    for name, period, channel, said in told:
        known = channel if channel is None or channel in agreement.channels else ""
        found.setdefault((name, period, known), []).append(repr(said))
    return {key: sorted(said) for key, said in found.items()}, results.data.leads


def _differ(before: Verdicts, after: Verdicts) -> Message:
    names = dict.fromkeys(key[0] for key in [*before, *after] if before.get(key) != after.get(key))
    return say(
        "packed data would give other verdicts on {promises}, so nothing was written: something that is left out is "
        "needed, such as a personal field that is no text, or an owner whose column has {other}",
        promises=all_of(list(names)[:_SHOWN]),
        other=Written("other:"),
    )


def _unwritable(folder: Path, error: OSError) -> UnwritableOutput:
    return UnwritableOutput(
        say("{file} cannot be written: {reason}", file=Written(str(folder)), reason=error.strerror or str(error))
    )
