"""`sla init`: a repository for an agreement, whole or not at all."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from checker.site.build import build as build_site
from checker.start.repository import CHECK_IT
from tests.cli.console import START, sla
from tests.conftest import ROOT

KINDS = ("software", "agency", "industry")
SCREEN = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def files_in(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("kind", KINDS)
def test_each_starting_point_is_consistent_and_can_be_published(capsys, tmp_path: Path, kind):
    """Without a warning, and every file that it writes is what it should be."""
    ended = sla(capsys, "init", str(tmp_path / "new"), "--for", kind, "--timezone", "Europe/Warsaw", "--country", "PL")
    validated = sla(capsys, "validate", str(tmp_path / "new" / "sla"), "--fail-on", "warning")
    page = build_site(tmp_path / "new" / "mkdocs.yml", tmp_path / "site")

    assert (0, "") == (ended.code, ended.err)
    assert 0 == validated.code, validated.out
    assert page.is_file()


def test_what_is_written(capsys, tmp_path: Path):
    """Agreement, checks on GitHub and GitLab, pages, editor, a few lines to read: the editor accepts the agreement."""
    ended = sla(capsys, "init", str(tmp_path), "--for", "agency", "--name", "Café: ours", "--gitlab")
    written = files_in(tmp_path)
    yaml = YAML(typ="safe")
    workflow = yaml.load(written[".github/workflows/agreement.yml"])
    settings = json.loads(written[".vscode/settings.json"])
    schema = json.loads(written[".vscode/agreement.schema.json"])
    inputs = yaml.load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    step = workflow["jobs"]["agreement"]["steps"][-1]

    assert 0 == ended.code
    assert [
        ".github/workflows/agreement.yml",
        ".gitignore",
        ".gitlab-ci.yml",
        ".vscode/agreement.schema.json",
        ".vscode/extensions.json",
        ".vscode/settings.json",
        ".vscode/source.schema.json",
        "README.md",
        "docs/about.md",
        "mkdocs.yml",
        "sla/agreement.yaml",
    ] == list(written)
    assert "OWNER/smarketing-sla@v0" == step["uses"]
    assert set(step["with"]) <= set(inputs)
    assert "sla validate" in yaml.load(written[".gitlab-ci.yml"])["sla-validate"]["script"][0]
    assert set(settings["yaml.schemas"]) <= set(written)
    jsonschema.validate(yaml.load(written["sla/agreement.yaml"]), schema)
    assert "Café: ours" == yaml.load(written["sla/agreement.yaml"])["agreement"]


def test_the_editor_accepts_the_section(capsys, tmp_path: Path):
    """The schema of the source file fits what is written into it."""
    (tmp_path / "leads.csv").write_text(
        "id,created\n" + "".join(f"{n},2027-01-{n:02}\n" for n in range(1, 29)), "utf-8"
    )
    sla(capsys, "init", str(tmp_path / "new"), "--from", str(tmp_path / "leads.csv"))
    written = files_in(tmp_path / "new")
    schema = json.loads(written[".vscode/source.schema.json"])

    jsonschema.validate(YAML(typ="safe").load(written["sla/source.yaml"]), schema)


def test_nothing_that_is_there_is_overwritten(capsys, tmp_path: Path):
    """One file in the way is enough: nothing at all is written, and it is named."""
    (tmp_path / "README.md").write_text("ours", encoding="utf-8")
    ended = sla(capsys, "init", str(tmp_path), "--for", "agency")

    assert 2 == ended.code
    assert f"sla: nothing is written, because {tmp_path} holds this already: README.md\n" == ended.err
    assert {"README.md": "ours"} == files_in(tmp_path)


def test_what_cannot_be_written_leaves_nothing_behind(capsys, tmp_path: Path):
    """A file where a folder should be stops it half-way, and what was written is gone again."""
    (tmp_path / "sla").write_text("a file", encoding="utf-8")
    ended = sla(capsys, "init", str(tmp_path), "--for", "agency")

    assert 3 == ended.code
    assert "cannot be written" in ended.err
    assert {"sla": "a file"} == files_in(tmp_path)
    assert ["sla"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("--for", "shop"), 2, "there is no “shop” here; write software, agency or industry"),
        (("--currency", "EURO"), 2, "sla: nothing is written: currency cannot be EURO\n"),
        (("--country", "XX"), 2, "sla: nothing is written: there is no country XX\n"),
        (("--timezone", "Mars"), 3, "sla: there is no time zone Mars: write it as in America/Sao_Paulo\n"),
        (("--from", "no.csv"), 3, "sla: no.csv cannot be read: No such file or directory\n"),
    ],
)
def test_wrong_answers_are_told_and_nothing_is_written(capsys, tmp_path: Path, monkeypatch, arguments, code, sentence):
    """The folder is not even made."""
    monkeypatch.chdir(tmp_path)
    ended = sla(capsys, "init", "new", *arguments)

    assert code == ended.code
    assert sentence in ended.err
    assert [] == list(tmp_path.iterdir())


def test_data_of_a_few_days_gets_targets_for_its_own_month(capsys, tmp_path: Path, monkeypatch):
    """What to promise is asked, and no month that nobody meant is told to be missing."""
    monkeypatch.chdir(tmp_path)
    Path("few.csv").write_text("id,created\n1,2027-03-04\n2,2027-03-05\n", encoding="utf-8")
    sla(capsys, "init", "new", "--from", "few.csv")
    draft = Path("new/sla/agreement.yaml").read_text(encoding="utf-8")
    checked = sla(capsys, "check", "new/sla")

    assert "targets:  # ? no whole month is in the data: write your own number\n" in draft
    assert "all: {2027-03 to 2027-09: 1}" in draft
    assert "March 2027  2* / 1\n" in checked.out
    assert "SLA226" not in checked.out


def test_what_comes_next_gives_pages_with_a_scoreboard(capsys, tmp_path: Path, monkeypatch):
    """Each command as it is told, one after the other."""
    monkeypatch.chdir(tmp_path)
    Path("leads.csv").write_text("id,created\n1,2027-02-04\n2,2027-03-05\n3,2027-04-05\n", encoding="utf-8")
    told = sla(capsys, "init", "new", "--from", "leads.csv").out.partition("Next:\n")[2]
    monkeypatch.chdir(tmp_path / "new")
    validated, checked = sla(capsys, "validate"), sla(capsys, *CHECK_IT.split()[1:])
    page = build_site(Path("mkdocs.yml"), tmp_path / "new" / "site").read_text(encoding="utf-8")

    assert f"  cd new\n  sla validate\n  {CHECK_IT}\n  mkdocs build --strict\n" == told
    assert 0 == validated.code
    assert checked.code in (0, 1)
    assert "No scoreboard yet" not in page


def test_an_agreement_in_another_language_says_so(capsys, tmp_path: Path):
    """Its texts are the catalogue's, as far as that goes."""
    sla(capsys, "init", str(tmp_path), "--for", "agency", "--lang", "pt-BR")

    assert "pt-BR" == YAML(typ="safe").load((tmp_path / "sla" / "agreement.yaml").read_text("utf-8"))["language"]


def test_questions_are_asked_at_a_terminal(tmp_path: Path):
    """What is answered is written, an empty answer takes what stands in brackets; a flag is not asked for."""
    answers = ["Ours", "agency", "Europe/Warsaw", "PL", ""]
    shown, code = _at_a_terminal([sys.executable, "-c", START, "init", str(tmp_path / "new")], answers)
    values = YAML(typ="safe").load((tmp_path / "new" / "sla" / "agreement.yaml").read_text("utf-8"))

    assert 0 == code, shown
    assert ("Ours", "EUR") == (values["agreement"], values["currency"])
    assert "enquiry" in values["stages"]
    assert {"country": "PL"} == values["working_time"]["office"]["holidays"]
    assert 5 == shown.count("]: ")


def _at_a_terminal(command: list[str], answers: list[str]) -> tuple[str, int]:
    """Runs a command at a terminal of its own, and answers each question when it is asked."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(ROOT)
        os.execv(command[0], command)
    shown, asked, end = "", 0, time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                read = os.read(terminal, 4096)
            except OSError:
                break
            if not read:
                break
            shown += read.decode("utf-8", "replace")
        if shown.count("]: ") > asked and asked < len(answers):
            os.write(terminal, f"{answers[asked]}\n".encode())
            asked += 1
    _, status = os.waitpid(process, 0)
    os.close(terminal)
    return SCREEN.sub("", shown), os.waitstatus_to_exitcode(status)
