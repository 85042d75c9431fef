"""The releases of an agreement: frozen texts, each in force from its day until the next one's.

A release replaces the one before it, and no day of the past ever changes its version: what was promised in January is
judged by the text that held in January, whatever the working files say today.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from checker.agreement.agreement import Agreement
from checker.agreement.beside import Release
from checker.agreement.build import build
from checker.agreement.sections import BESIDE
from checker.finding import Place, Problem
from checker.text import Document

RELEASE, SEAL = "release", "seal"
_SEAL_LETTERS = 16


@dataclass(frozen=True, slots=True)
class Released:
    """A version that was released: its frozen text, and the agreement in it. `file` is what people call the file."""

    agreement: Agreement
    stamp: Release
    document: Document

    @property
    def version(self) -> str:
        return self.stamp.version

    @property
    def valid_from(self) -> date:
        """The first day on which it is in force."""
        return self.stamp.valid_from

    @property
    def file(self) -> str:
        return self.document.files[0]

    def place(self, *path: str | int) -> Place:
        """Where a key of the frozen text stands, or the nearest one above it."""
        return self.document.place(path)

    @property
    def is_as_frozen(self) -> bool | None:
        """Whether the text is still what was signed; None where it bears no seal."""
        return None if self.stamp.seal is None else self.stamp.seal == seal_of(self.document.values)

    def beside(self, working: Agreement) -> Agreement:
        """The agreement with what stands beside the working text: where the data is, the log, agreed exceptions."""
        values = {key: value for key, value in working.written.items() if key in BESIDE and key != RELEASE}
        own = {key: value for key, value in self.document.values.items() if key not in BESIDE or key == RELEASE}
        unread = frozenset(path for path in working.unread if path and path[0] in values)
        return build({**own, **values}, unread=self.document.unread | unread)


@dataclass(frozen=True, slots=True)
class History:
    """All releases, the first in force first, and what is wrong with files that are none."""

    releases: tuple[Released, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def last(self) -> Released | None:
        """The release with the latest day, in force already or not."""
        return self.releases[-1] if self.releases else None

    def of(self, version: str) -> Released | None:
        """The release of a version."""
        return next((release for release in self.releases if release.version == version), None)

    def in_force(self, day: date) -> Released | None:
        """The release that is in force on a day; None before the first one."""
        return next((release for release in reversed(self.releases) if release.valid_from <= day), None)


def seal_of(values: Mapping[str, Any]) -> str:
    """What tells a frozen text from every other one: of all its values, the seal itself left out.

    Comments, line breaks and the order of the sections are no part of it.
    """
    stamp = values.get(RELEASE)
    if isinstance(stamp, Mapping):
        values = {**values, RELEASE: {key: value for key, value in stamp.items() if key != SEAL}}
    told = json.dumps([[key, values[key]] for key in sorted(values)], default=str, ensure_ascii=True)
    return sha256(told.encode()).hexdigest()[:_SEAL_LETTERS]
