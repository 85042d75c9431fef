"""The Python interface: its names and signatures stay, and each function says what the command line says."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from datetime import date
from operator import attrgetter
from pathlib import Path

import pytest

import checker
from checker.errors import NothingToJudge, UnreadableInput, WrongUsage
from checker.language import words
from checker.message import Written, say
from checker.report.changes_json import changes_json
from checker.report.findings_json import findings_json
from checker.report.results_json import results_json
from tests.cli.console import sla
from tests.cli.test_check import AGREEMENT, LEADS
from tests.conftest import ROOT

Capsys = pytest.CaptureFixture[str]
ENGLISH = words("en")
PUBLIC = {
    "check": "(loaded: 'Loaded', *, data: 'Path | str | Mapping[str, Path | str] | None' = None, "
    "as_of: 'date | None' = None, period: 'str | None' = None, draft: 'bool' = False, "
    "engine: 'Engine' = 'duckdb') -> 'Results'",
    "diff": "(old: 'Loaded', new: 'Loaded', *, today: 'date | None' = None) -> 'Changes'",
    "in_words": "(message: 'Message', language: 'str' = 'en') -> 'str'",
    "load": "(path: 'Path | str' = 'sla', *, revision: 'str | None' = None) -> 'Loaded'",
    "validate": "(loaded: 'Loaded', *, today: 'date | None' = None, with_notes: 'bool' = False, "
    "require_proofs: 'bool' = False) -> 'Findings'",
    "Loaded": "(agreement: 'Agreement', document: 'Document', path: 'Path', revision: 'str | None' = None) -> None",
}
"""Programs stand on these: a name or parameter that goes, or changes its meaning, needs a decision."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "agreement.yaml").write_text(AGREEMENT, encoding="utf-8")
    (tmp_path / "leads.csv").write_text(LEADS, encoding="utf-8")
    return tmp_path


def test_its_names_and_signatures_are_as_they_were_promised() -> None:
    offered = {
        name: str(inspect.signature(getattr(checker, name)))
        for name in checker.__all__
        if name not in ("SlaError", "__version__")
    }

    assert PUBLIC == offered
    assert {*PUBLIC, "SlaError", "__version__"} == set(checker.__all__)
    assert set(checker.__all__) <= set(dir(checker))


def test_every_public_thing_is_documented() -> None:
    page = (ROOT / "docs" / "how-to" / "use-from-python.md").read_text(encoding="utf-8")

    for name in PUBLIC:
        assert (getattr(checker, name).__doc__ or "").strip(), name
        assert name == "Loaded" or f"checker.{name}(" in page, name
    assert "checker.SlaError" in page


def test_importing_the_package_imports_nothing_that_it_may_not_need() -> None:
    """`sla --help` imports it, and must not wait for models or readers."""
    asked = "import sys, checker; print(*sorted(name for name in sys.modules if name.startswith('checker.')))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert "" == done.stdout.strip()


def test_a_name_that_is_not_offered_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'judge'"):
        attrgetter("judge")(checker)


def test_validate_finds_what_the_command_finds(capsys: Capsys) -> None:
    loaded = checker.load(ROOT / "sla")
    day = date(2027, 3, 15)
    command = sla(capsys, "validate", str(ROOT / "sla"), "--as-of", "2027-03-15", "--format", "json")

    assert json.loads(command.out) == json.loads(findings_json(checker.validate(loaded, today=day), ENGLISH))


def test_check_judges_as_the_command_does(folder: Path, capsys: Capsys) -> None:
    results = checker.check(checker.load(folder), as_of=date(2027, 3, 31))
    command = sla(capsys, "check", str(folder), "--as-of", "2027-03-31", "--format", "json")

    assert json.loads(command.out) == json.loads(results_json(results, ENGLISH))


def test_data_may_be_a_folder_or_files_by_their_names(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "exports"
    elsewhere.mkdir()
    (folder / "leads.csv").rename(elsewhere / "leads.csv")
    loaded = checker.load(folder / "agreement.yaml")

    assert (
        checker.check(loaded, data=elsewhere, period="2027-02").results
        == checker.check(loaded, data={"lead": elsewhere / "leads.csv"}, period="2027-02").results
    )


def test_diff_says_what_the_command_says(folder: Path, tmp_path: Path, capsys: Capsys) -> None:
    older = tmp_path / "older.yaml"
    older.write_text(AGREEMENT.replace("4 business hours", "8 business hours"), encoding="utf-8")
    changes = checker.diff(checker.load(older), checker.load(folder / "agreement.yaml"))
    command = sla(capsys, "diff", str(older), str(folder / "agreement.yaml"), "--format", "json")

    assert ["promise-tightened"] == [change.kind for change in changes.changes]
    assert json.loads(command.out) == json.loads(changes_json(changes, ENGLISH))


def test_a_revision_is_read_as_it_was(folder: Path) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=T", "-c", "user.email=t@example.com")
        subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)

    git("init", "--initial-branch", "main")
    git("add", ".")
    git("commit", "--message", "first")
    (folder / "agreement.yaml").write_text(AGREEMENT.replace("target: 90%", "target: 95%"), encoding="utf-8")
    before = checker.load(folder, revision="main")

    assert "main" == before.revision
    assert AGREEMENT == before.document.text(before.document.files[0])
    assert {"promise-tightened"} == {change.kind for change in checker.diff(before, checker.load(folder)).changes}


def test_errors_have_names_and_read_as_sentences(folder: Path) -> None:
    loaded = checker.load(folder)

    with pytest.raises(UnreadableInput, match=r"^there is no file or folder nowhere$"):
        checker.load("nowhere")
    with pytest.raises(WrongUsage, match=r"^next week is no period; write it as 2027-03$"):
        checker.check(loaded, period="next week")
    with pytest.raises(WrongUsage, match="the source section has no file named leed; did you mean lead"):
        checker.check(loaded, data={"leed": "x.csv"})
    (folder / "leads.csv").write_text("Id,Created,Handed off,Called\n", encoding="utf-8")
    with pytest.raises((NothingToJudge, UnreadableInput)) as ended:
        checker.check(loaded)
    assert isinstance(ended.value, checker.SlaError)
    assert "{" not in str(ended.value)


def test_a_message_is_said_with_its_values() -> None:
    message = say("there is no file or folder {path}", path=Written("x"))

    assert "there is no file or folder x" == checker.in_words(message)
