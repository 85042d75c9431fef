"""What data said of the agreement, read back from the results: findings that every format of findings can show."""

from __future__ import annotations

from datetime import date

from checker.finding import Finding, Place, PlacedBecause, PlacedChoice, PlacedEdit, Severity, Waiver
from checker.finding_record import Fix, OtherLine, Spot
from checker.language import from_json
from checker.message import Message, Written
from checker.record import Said
from checker.verdict import Found


def finding_of(found: Found) -> Finding:
    """A finding as it was before it was written down. The text of its lines is not known: only where they are."""
    said, place = found.said, _place(found)
    return Finding(
        code=found.code,
        name=found.name,
        severity=Severity(found.severity),
        message=_message(said.message),
        place=place,
        because=tuple(_because(line, told) for line, told in zip(found.because, said.because, strict=True)),
        follows=tuple(map(_message, said.follows)),
        choices=tuple(
            PlacedChoice(_message(told), tuple(map(_edit, way.edits)))
            for way, told in zip(found.choices, said.choices, strict=True)
        ),
        fixes=tuple(map(_edit, found.fixes)),
        witness=found.witness,
        group=found.group,
        fingerprint=found.fingerprint,
        help=found.help,
        waived=Waiver(found.waived.reason, date.fromisoformat(found.waived.until), place) if found.waived else None,
    )


def _message(said: Said) -> Message:
    return from_json(said.model_dump())


def _place(spot: Spot, source: str = "") -> Place:
    return Place(spot.file, spot.line, spot.column, spot.column, source)


def _because(line: OtherLine, told: Said | None) -> PlacedBecause:
    """What another line contributes; where there were no words for it, the line itself was written down."""
    if told is None:
        return PlacedBecause(_place(line, line.message), None)
    return PlacedBecause(_place(line), _message(told))


def _edit(fix: Fix) -> PlacedEdit:
    why = None if fix.why is None else Message("{why}", {"why": Written(fix.why)})
    return PlacedEdit(_place(fix), fix.old, fix.new, why, fix.safe)
