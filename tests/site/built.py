"""Sites for tests: a folder with an agreement, results if wanted, and the configuration that users get."""

from __future__ import annotations

import shutil
from pathlib import Path

from checker.site.build import build
from checker.site.configuration import mkdocs_config
from checker.verdict import Results
from tests.reference import FOLDER

REPOSITORY = "https://git.example.org/glacivo/sla"


SMALL = """format: sla/v1
agreement: Our agreement
stages:
  lead: {team: marketing}
sales_promises:
  first-response:
    promise: Call each new lead
    starts: became_lead
    stops: first_personal_contact
    within: 4 hours
    target: 90%
"""


def laid_out(folder: Path, results: Results | None = None, *, language: str = "en", is_small: bool = False) -> Path:
    """A folder as a company has it; returns its mkdocs.yml. What stands in `sla/` already is left alone."""
    if is_small:
        (folder / "sla").mkdir()
        (folder / "sla" / "agreement.yaml").write_text(SMALL, encoding="utf-8")
    elif not (folder / "sla").exists():
        shutil.copytree(FOLDER, folder / "sla")
    (folder / "docs").mkdir()
    if results is not None:
        (folder / "build").mkdir()
        (folder / "build" / "results.json").write_text(results.model_dump_json(), encoding="utf-8")
    config = folder / "mkdocs.yml"
    config.write_text(mkdocs_config("Glacivo", repository=REPOSITORY, language=language), encoding="utf-8")
    return config


def built(config: Path) -> Path:
    """The folder of the built site."""
    return build(config, config.parent / "site").parent
