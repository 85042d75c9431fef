"""Which system a file comes from, and which of its exports it is: told by the headings alone."""

from __future__ import annotations

from collections.abc import Container, Sequence

from checker.funnel.presets.preset import SYSTEMS, preset


def recognised(headings: Sequence[str], system: str | None = None) -> tuple[str, str] | None:
    """The system (as in `system:`) and the kind of file that headings belong to; None where no system is known by them.

    `system` is the only one that is thought of. Where several kinds fit, it is the one that knows most columns.
    """
    named = list(headings)
    best: tuple[int, str, str] | None = None
    for name in SYSTEMS if system is None else (system,):
        known = preset(name)
        for kind in known.files:
            columns = known.fits(kind, named)
            if columns and (best is None or columns > best[0]):
                best = columns, name, kind
    return None if best is None else best[1:]


def known_headings(system: str, headings: Sequence[str], but: Container[str] = ()) -> list[str]:
    """The headings of one of the system's exports by which it is recognised, without those of `but`."""
    found = recognised(headings, system)
    if found is None:
        return []
    known, kind = preset(system), found[1]
    columns = (known.column(kind, name, list(headings)) for name in known.files[kind].columns)
    return [heading for heading in dict.fromkeys(columns) if heading is not None and heading not in but]
