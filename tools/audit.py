"""`make audit`: what is installed with this package, under which licences, and whether the list of them is up to date.

    python -m tools.audit              writes THIRD-PARTY.md
    python -m tools.audit --check      writes nothing; ends with 1 where the list is stale or a licence is not allowed

Everything is asked of the metadata of what is installed here: no network. Known vulnerabilities are another matter,
because their lists change daily: `pip-audit --requirement constraints.txt` asks for them, where there is a network.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PACKAGE = "smarketing-sla"
FILE = Path(__file__).parents[1] / "THIRD-PARTY.md"
EXTRAS = ("check", "postgres", "site")
ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "BSD",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "HPND",
    "ISC",
    "LGPL-3.0-only",
    "MIT",
    "MPL-2.0",
    "PSF-2.0",
    "Python-2.0",
    "Unlicense",
}
"""What may stand beside Apache-2.0 in somebody's environment: all are used as they come, nothing is copied in here."""
BY_NAME: Mapping[str, str] = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "BSD": "BSD",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
"""Names of licences as packages write them -> their identifiers (https://spdx.org/licenses)."""

_HOMES = ("homepage", "home", "source", "source code", "repository", "github", "documentation")
"""How packages call the page that says what they are, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Part:
    """A package that comes along: which part of ours needs it (`base`, or the extra), and its licence."""

    name: str
    part: str
    licence: str
    home: str


def parts() -> list[Part]:
    """Everything that comes with the package and its usual extras, by name."""
    found: dict[str, Part] = {}
    for part in ("", *EXTRAS):
        for name in _needed_by(PACKAGE, part):
            found.setdefault(name, _part(distribution(name), part or "base"))
    return sorted(found.values(), key=lambda each: each.name)


def _needed_by(name: str, extra: str) -> Iterator[str]:
    """The names of all that an extra needs (or, for "", the package alone), whatever needs it in between."""
    seen: set[tuple[str, str]] = set()
    waiting = [(name, extra)]
    while waiting:
        current, of_extra = waiting.pop()
        if (current, of_extra) in seen:
            continue
        seen.add((current, of_extra))
        for written in _required_by(current):
            requirement = Requirement(written)
            if requirement.marker is not None and not requirement.marker.evaluate({"extra": of_extra}):
                continue
            needed = canonicalize_name(requirement.name)
            if needed == PACKAGE:
                continue
            yield needed
            waiting += [(needed, each) for each in ("", *requirement.extras)]


def _required_by(name: str) -> list[str]:
    """What a package asks for: of this one as it stands in pyproject.toml now, however long ago it was installed."""
    if name != PACKAGE:
        try:
            return distribution(name).requires or []
        except PackageNotFoundError:
            return []
    project = tomllib.loads((FILE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = [
        f"{written} ; extra == '{extra}'" for extra in EXTRAS for written in project["optional-dependencies"][extra]
    ]
    return [*project["dependencies"], *optional]


def _part(found: Distribution, part: str) -> Part:
    about = found.metadata
    links = {
        label.strip().lower(): address.strip()
        for label, _, address in (link.partition(",") for link in about.get_all("Project-URL") or [])
    }
    homes = [links[label] for label in _HOMES if label in links]
    home = _said(found, "Home-page") or next(iter([*homes, *links.values()]), "")
    return Part(canonicalize_name(about["Name"]), part, licence_of(found), home)


def licence_of(found: Distribution) -> str:
    """The identifier of a licence: as the package says it itself, else by its name. `unknown` where it says nothing."""
    about = found.metadata
    if expression := _said(found, "License-Expression"):
        return str(expression)
    classified = map(str, about.get_all("Classifier") or [])
    names = [line.split(" :: ")[-1] for line in classified if line.startswith("License :: ")]
    names.append(_said(found, "License"))
    for name in names:
        if name in BY_NAME:
            return BY_NAME[name]
        if name in ALLOWED:
            return name
    return "unknown"


def _said(found: Distribution, key: str) -> str:
    """What a package says of itself under a heading; nothing where it has none."""
    return str(found.metadata[key]).strip() if key in found.metadata else ""


def is_allowed(licence: str) -> bool:
    """Whether each licence in an expression (`MIT OR Apache-2.0`) is one of those that may be there."""
    return all(word in ALLOWED for word in re.split(r"\s+(?:AND|OR)\s+|[()]", licence) if word.strip())


def page(found: list[Part]) -> str:
    """The list as a page."""
    lines = [
        "# What comes along",
        "",
        "Packages that are installed with this one, and their licences. Nothing of them is copied in here.",
        "`make audit` writes this list from what is installed, and `make lint` fails where it is stale.",
        "",
        "| package | comes with | licence | home |",
        "|---|---|---|---|",
        *(f"| {each.name} | {each.part} | {each.licence} | {each.home} |" for each in found),
        "",
        "`base` is what `pip install smarketing-sla` brings; the others are its extras. Spark (`[spark]`, Apache-2.0)",
        "is installed by those who have it.",
    ]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Writes the list, or checks it; gives the exit code."""
    found = parts()
    doubtful = [f"{each.name}: {each.licence}" for each in found if not is_allowed(each.licence)]
    for line in doubtful:
        print(f"this licence is not among those that may come along: {line}", file=sys.stderr)
    text = page(found)
    if "--check" not in arguments:
        FILE.write_text(text, encoding="utf-8")
        print(f"{len(found)} packages, written into {FILE.name}")
    elif not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
        print(f"{FILE.name} is stale: make audit writes it anew", file=sys.stderr)
        return 1
    return 1 if doubtful else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
