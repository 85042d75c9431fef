"""`sla validate --base`: which lines were edited, asked of a real git."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checker.finding import At, Problem, Severity
from checker.language import words
from checker.message import Written, say
from checker.review.validate import validate
from checker.rules.rule import rule
from checker.text import parse, read
from checker.text.revisions import Revision, read_base
from tests.cli.console import sla
from tests.reference import FOLDER
from tests.text.repository import Repository

Capsys = pytest.CaptureFixture[str]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """The reference agreement, committed on main."""
    repository = Repository(tmp_path / "company")
    shutil.copytree(FOLDER, repository.folder / "sla")
    repository.commit()
    return repository


@rule("SLA999", "What was edited", severity=Severity.INFO, since="0.1", bad="", good="")
def edited(agreement):
    """Tells each path that rules see as edited."""
    for path in sorted(agreement.edited, key=str):
        yield Problem(At(path), say("{path}", path=Written(".".join(map(str, path)))))


def told(repository: Repository) -> list[str]:
    folder = repository.folder / "sla"
    base = read_base(Revision("main"), folder) or parse("")
    findings = validate(read(folder), base=base, catalogue=[edited]).findings
    return [words().say(finding.message) for finding in findings]


def test_rules_know_what_was_edited(repository: Repository) -> None:
    """A number of the plan; neither a remark nor the order of lines."""
    plan = repository.folder / "sla" / "plan.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text("# our plan\n" + text.replace("R$ 30000", "R$ 31000", 1), encoding="utf-8")

    assert ["plan.average_deal"] == told(repository)


def test_a_folder_that_was_split_anew_is_not_edited(repository: Repository) -> None:
    folder = repository.folder / "sla"
    whole = "".join(file.read_text(encoding="utf-8") + "\n" for file in sorted(folder.glob("*.yaml"), reverse=True))
    for file in folder.glob("*.yaml"):
        file.unlink()
    (folder / "all.yaml").write_text(whole, encoding="utf-8")

    assert [] == told(repository)


@pytest.mark.parametrize("base", ["main", "HEAD", "git:main", "main:sla/", "git:main:sla"])
def test_a_consistent_agreement_stays_so(repository: Repository, capsys: Capsys, base: str) -> None:
    ended = sla(capsys, "validate", str(repository.folder / "sla"), "--base", base)

    assert (0, "") == (ended.code, ended.err)


def test_an_agreement_that_is_new_is_wholly_edited(repository: Repository, capsys: Capsys) -> None:
    file = repository.write("new/agreement.yaml", "format: sla/v1\nagreement: x\nstages: {lead: {team: marketing}}\n")
    ended = sla(capsys, "validate", str(file.parent), "--base", "main")

    assert (0, "") == (ended.code, ended.err)


@pytest.mark.parametrize(
    ("base", "code", "error"),
    [
        ("nope", 2, "git does not know nope here: it is no branch, tag or commit; git branch --all lists the branches"),
        ("", 2, '"" names no revision: write a branch, a tag or a commit, as in origin/main'),
        ("main:other", 2, "there is no agreement at other in main: the path counts from the top of the repository"),
    ],
)
def test_a_wrong_revision_is_one_line(repository: Repository, capsys: Capsys, base: str, code: int, error: str) -> None:
    ended = sla(capsys, "validate", str(repository.folder / "sla"), "--base", base)

    assert (code, "", f"sla: {error}\n") == ended


def test_outside_a_repository_it_ends_with_3(tmp_path: Path, capsys: Capsys) -> None:
    shutil.copytree(FOLDER, tmp_path / "sla")
    ended = sla(capsys, "validate", str(tmp_path / "sla"), "--base", "main")

    assert (3, "") == (ended.code, ended.out)
    assert "is in no git repository" in ended.err
