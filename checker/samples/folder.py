"""The example agreement's text: the project's own `sla/`, which a wheel carries inside this package."""

from __future__ import annotations

from pathlib import Path

from checker.errors import UnreadableInput
from checker.message import say
from checker.samples.files import write_whole
from checker.samples.funnel import write

AGREEMENT, DATA = "sla", "data"
"""Folders of a demo: `sla/source.yaml` reads `../data/leads.csv`."""
_INSTALLED = Path(__file__).parent / "agreement"
_CHECKED_OUT = Path(__file__).parents[2] / "sla"


def agreement_folder() -> Path:
    """Where the example agreement is: in the installed package, or beside it in a checkout.

    Raises UnreadableInput where it is in neither place.
    """
    for folder in (_INSTALLED, _CHECKED_OUT):
        if (folder / "agreement.yaml").is_file():
            return folder
    raise UnreadableInput(say("the example agreement is missing: install the package again"))


def write_demo(folder: Path) -> tuple[Path, Path]:
    """Write the example agreement and its data into a folder; returns the folders of the two.

    Files of the agreement that are there already are kept, because somebody may have edited them; the data is written
    anew. Raises UnwritableOutput, UnreadableInput.
    """
    agreement = folder / AGREEMENT
    for original in sorted(agreement_folder().glob("*.yaml")):
        if not (agreement / original.name).exists():
            write_whole(agreement / original.name, original.read_text(encoding="utf-8"))
    write(folder / DATA)
    return agreement, folder / DATA
