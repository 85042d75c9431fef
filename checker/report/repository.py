"""Where an agreement's files stand in their repository, and the addresses at which a browser edits them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePath
from urllib.parse import quote

from checker.finding import Place


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository's top folder, and the beginning of the address of its web editor; each may be unknown.

    `edit` has no slash at its end: `https://github.com/acme/agreement/edit/main`.
    """

    root: Path | None = None
    edit: str | None = None

    def file(self, name: str) -> str:
        """A file's path from the top of the repository, with slashes; as it was named where it stands elsewhere."""
        inside = self._inside(name)
        return PurePath(name).as_posix() if inside is None else inside

    def uri(self, name: str) -> tuple[str, bool]:
        """A file as a URI, and whether that is relative to the top of the repository."""
        path = self.file(name)
        if PurePath(path).is_absolute():
            return Path(path).as_uri(), False
        return quote(path, errors="replace"), True

    def link(self, place: Place) -> str | None:
        """The address at which one edits a line; None where it is not known."""
        if self.edit is None or self._inside(place.file) is None:
            return None
        return f"{self.edit}/{quote(self.file(place.file), errors='replace')}#L{place.line}"

    def _inside(self, name: str) -> str | None:
        if self.root is None:
            return None if PurePath(name).is_absolute() else PurePath(name).as_posix()
        # not resolved: a link inside the repository keeps the name under which people know it
        path = Path(os.path.abspath(name))  # noqa: PTH100
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return None
