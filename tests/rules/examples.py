"""Examples of rules: excerpts of agreements, with the lines marked that a rule must report.

An excerpt shows only what matters. To be reviewed it is made a whole agreement by adding, below its last line, what
every agreement has, so that no line moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from checker.agreement.history import History
from checker.review.releases import history_of
from checker.text import Document, parse, read

UNSETTLED = {"SLA218"}
"""Rules about what the solver did not settle: their examples are put to one that has no time at all."""
_EVERY_AGREEMENT = {
    "format": "format: sla/v1",
    "agreement": "agreement: An example",
    "stages": "stages: {lead: {team: marketing}, mql: {team: marketing}, customer: {team: sales, is: won}}",
}
_FILE = re.compile(r"# (?P<name>[a-z]+(?:/[0-9.]+[0-9])?\.ya?ml)\b")
_KEY = re.compile(r"[a-z_]+:(?:\s|\Z)")
_ONE_FILE = "agreement.yaml"
Line = tuple[str, int]


def files(example: str) -> dict[str, list[str]]:
    """File -> its lines. A line `# targets.yaml` begins a file; without one there is a single file."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in example.splitlines():
        named = _FILE.match(line)
        if named or not found:
            lines = found.setdefault(named["name"] if named else _ONE_FILE, [])
        lines.append(line)
    return found


def document(example: str, folder: Path) -> Document:
    """An example, made whole and read; `folder` is an empty one for examples of several files."""
    whole = texts(example)
    if len(whole) == 1:
        ((name, text),) = whole.items()
        return parse(text, name)
    for name, text in whole.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return read(folder)


def history(example: str, folder: Path) -> History | None:
    """The releases of an example that was read from a folder; None for one that is a single text."""
    return history_of(folder) if len(files(example)) > 1 else None


def texts(example: str) -> dict[str, str]:
    """The files of an example, made whole: name -> text. Those in a folder of their own are whole already."""
    found = files(example)
    first = next(iter(found))
    own = [line for name, lines in found.items() if "/" not in name for line in lines]
    whole = {name: "\n".join(lines) + "\n" for name, lines in found.items()}
    return whole | {first: whole[first] + _missing(own)}


def _missing(lines: Iterable[str]) -> str:
    """The sections that an excerpt leaves out; none for what is no agreement at all."""
    keys = [line.partition(":")[0] for line in lines if _KEY.match(line)]
    return "".join(f"{line}\n" for key, line in _EVERY_AGREEMENT.items() if key not in keys) if keys else ""


def marked(example: str, mark: str) -> set[Line]:
    """The lines whose remarks hold a mark: a rule's code, or `because`."""
    return {
        (name.rpartition("/")[2], number)
        for name, lines in files(example).items()
        for number, line in enumerate(lines, 1)
        if re.search(rf"# {mark}\b", line)
    }
