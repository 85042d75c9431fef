"""The versions that were released before: `releases/<version>.yaml` beside the agreement's files."""

from __future__ import annotations

from pathlib import Path

from checker.agreement import build
from checker.agreement.criteria_written import criteria_written, rates_written, tests_written
from checker.errors import SlaError
from checker.observed import Earlier
from checker.text import read

FOLDER = "releases"


def releases_of(path: Path) -> tuple[Earlier, ...]:
    """The releases of the agreement in a file or folder, the oldest first; none where there are none.

    A file that cannot be read, or bears no stamp, is no release that anything could be compared with.
    """
    folder = (path if path.is_dir() else path.parent) / FOLDER
    found = []
    for file in sorted(folder.glob("*.yaml")):
        try:
            document = read(file)
        except SlaError:
            continue
        agreement = build(document.values, document.problems, document.unread)
        release = agreement.sections.release
        if release is not None:
            found.append(
                Earlier(
                    release.version,
                    release.valid_from,
                    criteria_written(agreement),
                    tests_written(agreement),
                    rates_written(agreement),
                )
            )
    return tuple(sorted(found, key=lambda item: item.valid_from))
