"""Which packed data of a repository a change of the agreement can be judged on: what `sla diff --data` is given.

    python tools/data_in_repository.py AGREEMENT [FOLDER]

Prints the values one after the other, each ended by a NUL: FOLDER where it is given; else the files that the source
section names, where all of them are in the repository; else the folder `packed` beside the agreement's folder; else
nothing. What leads out of the repository is never read: a stranger may have written the section.
"""

from __future__ import annotations

import sys
from pathlib import Path

from checker.agreement import build
from checker.errors import SlaError
from checker.text import read

PACKED = "packed"


def found(agreement: Path, folder: str, top: Path) -> list[str]:
    """The values; `top` is the folder of the repository."""
    if folder:
        return [folder]
    named = _named(agreement, top)
    if named:
        return named
    beside = agreement.parent / PACKED
    return [str(beside)] if beside.is_dir() and _is_inside(beside, top) else []


def _named(agreement: Path, top: Path) -> list[str]:
    """`name=file` of each file of the source section; none where one of them is not there."""
    try:
        document = read(agreement)
    except SlaError:
        return []
    source = build(document.values, document.problems, document.unread).sections.source
    # a bare list of files is told apart by what is in them: then only `packed` or FOLDER helps
    if source is None or not isinstance(source.files, dict):
        return []
    folder = Path(document.file_of(("source",))).parent
    paths = {name: folder / file.path for name, file in source.files.items() if file.path}
    if len(paths) < len(source.files) or not all(path.is_file() and _is_inside(path, top) for path in paths.values()):
        return []
    return [f"{name}={path}" for name, path in paths.items()]


def _is_inside(path: Path, top: Path) -> bool:
    return path.resolve().is_relative_to(top.resolve())


def main(arguments: list[str]) -> int:
    """Prints what is found; the exit code."""
    agreement, *folder = arguments
    sys.stdout.write("".join(f"{value}\0" for value in found(Path(agreement), "".join(folder), Path.cwd())))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
