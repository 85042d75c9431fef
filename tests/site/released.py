"""The reference agreement with a history: two releases, and a change that nobody has signed yet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from checker.report.writing import write_together
from checker.review.release import Wish, release
from tests.reference import edited_reference

FIRST = (date(2026, 12, 10), date(2027, 1, 1), "First agreement of the year")
SECOND = (date(2027, 3, 20), date(2027, 4, 1), "What the first quarter taught us")
STRICTER = ("promises.yaml", "time: 4 business hours", "time: 3 business hours")
CHEAPER = ("channels.yaml", "budget: R$ 20000 a month", "budget: R$ 15000 a month")
PENDING = ("promises.yaml", "target: 85%", "target: 88%")


def with_releases(folder: Path) -> Path:
    """The folder `sla` with versions 1.0 and 2.0 and something pending; returns its path."""
    path = edited_reference(folder)
    _release(path, *FIRST)
    _edit(path, STRICTER)
    _edit(path, CHEAPER)
    _release(path, *SECOND)
    _edit(path, PENDING)
    return path


def _release(path: Path, signed: date, valid_from: date, why: str) -> None:
    names = [("helena", signed), ("tomas", signed)]
    write_together(release(path, Wish(names, signed, valid_from, why=why)).files)


def _edit(path: Path, edit: tuple[str, str, str]) -> None:
    file, old, new = edit
    text = (path / file).read_text(encoding="utf-8")
    if old not in text:
        raise AssertionError(f"{file} does not say {old!r}")
    (path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
