"""`sla site export`: pages for other generators, or one clear reason why there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.console import sla
from tests.reference import edited_reference
from tests.site.built import SMALL
from tests.site.made_up_studies import backtest, plan


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    """A company's folder with a small agreement, which is where the command is run."""
    (tmp_path / "sla").mkdir()
    (tmp_path / "sla" / "agreement.yaml").write_text(SMALL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_pages_are_written_and_the_next_step_is_named(folder: Path, capsys):
    """Twice into the same folder: it is its own."""
    first = sla(capsys, "site", "export", "pages")
    second = sla(capsys, "site", "export", "pages")

    assert (0, "") == (first.code, first.err)
    assert "pages are written into pages" in first.out
    assert "mkdocs build --strict --config-file pages/mkdocs.yml" in first.out
    assert first == second
    assert (folder / "pages" / "docs" / "promises" / "first-response.md").is_file()


def test_lines_are_linked_where_the_editor_is_known(folder: Path, capsys):
    """By the address that is given; without one they are only named."""
    sla(capsys, "site", "export", "linked", "--edit-url", "https://git.example.org/acme/sla/edit/main")
    sla(capsys, "site", "export", "named")
    linked, named = ((folder / name / "docs" / "sales" / "index.md").read_text("utf-8") for name in ("linked", "named"))

    assert 'href="https://git.example.org/acme/sla/edit/main/sla/agreement.yaml#L6"' in linked
    assert 'repo_url: "https://git.example.org/acme/sla"' in (folder / "linked" / "mkdocs.yml").read_text("utf-8")
    assert 'class="sla-line" href' not in named


def test_the_language_is_the_one_that_is_asked_for(folder: Path, capsys):
    """Of the theme's words and the search as of the pages."""
    sla(capsys, "site", "export", "strony", "--lang", "pl")

    assert 'language: "pl"' in (folder / "strony" / "mkdocs.yml").read_text("utf-8")


def test_a_plan_and_a_test_of_the_criteria_have_their_pages(folder: Path, capsys):
    """Those that stand where the commands of the documentation put them, and those that are named."""
    (folder / "build").mkdir()
    (folder / "build" / "plan.json").write_text(plan().model_dump_json(), encoding="utf-8")
    (folder / "tested.json").write_text(backtest().model_dump_json(), encoding="utf-8")
    sla(capsys, "site", "export", "found")
    sla(capsys, "site", "export", "named", "--backtest", "tested.json")
    found, named = (
        {path.name for path in (folder / name / "docs").iterdir()} & {"plan.md", "backtest.md"}
        for name in ("found", "named")
    )

    assert {"plan.md"} == found
    assert {"plan.md", "backtest.md"} == named


def test_an_agreement_with_errors_has_no_pages(tmp_path: Path, monkeypatch, capsys):
    """As in mkdocs: every error with its place, and nothing is written."""
    edited_reference(tmp_path, ("targets.yaml", "  mql:", "  mqll:"))
    monkeypatch.chdir(tmp_path)
    ended = sla(capsys, "site", "export", "pages")

    assert (1, "") == (ended.code, ended.out)
    assert "sla/targets.yaml:5:3: SLA" in ended.err
    assert not (tmp_path / "pages").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("site", "export"), 2, "DIR is missing"),
        (("site", "exprot", "x"), 2, "did you mean export?"),
        (("site", "export", "x", "--results", "nowhere.json"), 2, "does not exist"),
        (("site", "export", "x", "--plan", "nowhere.json"), 2, "does not exist"),
        (("site", "export", "x", "--plan", "sla/agreement.yaml"), 3, "does not hold a plan"),
        (("site", "export", "x", "--agreement", "nowhere"), 3, "there is no file or folder"),
        (("site", "export", "sla"), 1, "is not empty"),
        (("site", "export", "sla/agreement.yaml"), 2, "is a file"),
        (("site", "export", "x", "--edit-url", "nonsense"), 2, "is no address"),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, capsys, arguments, code, says):
    """With the exit code of its kind."""
    ended = sla(capsys, *arguments)

    assert (code, "") == (ended.code, ended.out)
    assert says in ended.err
    assert ["sla"] == [path.name for path in folder.iterdir()]


def test_a_folder_that_cannot_be_written_is_named(folder: Path, capsys):
    """Where a file stands in the way, and nothing is left behind."""
    (folder / "file").write_text("", encoding="utf-8")
    ended = sla(capsys, "site", "export", "file/pages")

    assert 3 == ended.code
    assert "cannot be written" in ended.err
