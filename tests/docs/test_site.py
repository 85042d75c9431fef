"""This project's own site: written pages, the reference made from the code, the example; no link leads nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.measures.catalogue import measures
from checker.rules.catalogue import every_rule
from checker.site.build import build
from tests.conftest import ROOT
from tests.site.markup import Outline
from tests.site.test_export import broken_links
from tools.documentation import reference_pages


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """Built strictly, as `mkdocs build --strict` does."""
    return build(ROOT / "mkdocs.yml", tmp_path_factory.mktemp("site")).parent


def page(site: Path, address: str) -> Outline:
    return Outline((site / address / "index.html").read_text(encoding="utf-8"))


def test_every_link_leads_somewhere(site: Path):
    """Between the written pages, the reference, the decisions and the example's pages."""
    assert [] == broken_links(site)


def test_every_rule_and_measure_has_a_place_of_its_own(site: Path):
    """The address of a rule is the one that reports name."""
    wrong = []
    for rule in every_rule():
        address, _, anchor = rule.help.partition("example/")[2].partition("#")
        if anchor not in page(site, address).attributes("id"):
            wrong.append(rule.help)

    assert [] == wrong
    assert all(f"{name}: " in page(site, "reference/measures").text for name in measures())


def test_the_reference_of_commands_is_what_help_says(site: Path):
    """Every command, also those of groups, with every option."""
    text = " ".join(page(site, "reference/commands").text.split())

    assert "sla site export [OPTIONS] DIR" in text
    assert "sla handoff route" in text
    assert "--fail-on" in text
    assert 20 <= len([line for line in reference_pages()["reference/commands.md"].splitlines() if line[:3] == "## "])


def test_exit_codes_and_formats_are_told(site: Path):
    """From where they are defined, with the schemas beside them."""
    schema = (ROOT / "schema" / "agreement.json").read_bytes()

    assert "the command line is wrong" in page(site, "reference/exit-codes").text
    assert "sales_promises" in page(site, "reference/formats").text
    assert schema == (site / "reference" / "schema" / "agreement.json").read_bytes()


def test_the_example_stands_beside_the_documentation(site: Path):
    """Its what-if page too."""
    assert (site / "agreement" / "what-if" / "index.html").is_file()
    assert "Publish the pages" in page(site, "how-to/publish-the-site").text
