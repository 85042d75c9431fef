"""What the commands say passes through the catalogue, and what the agreement says is said in the reader's language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checker.samples.funnel import write
from checker.text import read
from tests.cli.console import sla
from tests.language.pseudo import GREEK, LANGUAGE, copied, ids_in, spoken, unsaid
from tests.reference import FOLDER

Capsys = pytest.CaptureFixture[str]

COMMANDS = (
    "validate sla",
    "validate changed",
    "validate changed --format markdown",
    "validate changed --format junit",
    "check",
    "check --format markdown",
    "check --format junit",
    "diff sla changed",
    "diff sla changed --format markdown",
    "diff sla changed --data data --format markdown",
    "explain first-response",
    "explain --lead L-20331",
    "leads overdue",
    "leads overdue --format html",
    "leads due-soon --format markdown",
    "plan",
    "plan --format markdown",
    "plan --from-data",
    "backtest",
    "changelog",
    "release",
    "validate --format xml",
    "validate nowhere",
    "explain nothing-such",
    "explain SLA999",
    "leads overdu",
)
EDITS = (
    ("promises.yaml", "90%", "95%"),
    ("stages.yaml", "at least 30", "at least 20"),
    ("targets.yaml", ": 80", ": 90"),
    ("plan.yaml", "4x", "3x"),
    ("channels.yaml", "team: marketing", "team: sales"),
    ("sellers.yaml", "22 a month", "20 a month"),
)
NOT_WORDS = (
    *("sla", "yaml", "csv", "json", "md", "html", "junit", "markdown", "diff", "utf", "error", "warning", "notice"),
    *("testsuites", "line", "col", "OPTIONS", "PATH", "WHAT", "LIST", "COMMAND", "ARGS", "changed"),
    *("Armazéns", "Frios", "Xaxinel", "Armaz", "ns", "coordinator", "Quality"),
    *("overdu", "overdue", "xml", "github", "gitlab", "sarif", "nowhere"),
)
"""What stands in lines of files, of notations, and in the data about one lead."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the reference agreement, an edited one, and funnel data; both texts in Greek letters, each with a
    translation into Portuguese in Cyrillic ones.
    """
    folder = tmp_path_factory.mktemp("texts")
    write(folder / "data")
    for name in ("sla", "changed"):
        copied(FOLDER, folder / name, translated_into="pt-BR")
    for file, old, new in EDITS:
        text = (folder / "changed" / file).read_text(encoding="utf-8")
        assert old in text
        (folder / "changed" / file).write_text(text.replace(old, new), encoding="utf-8")
    return folder


@pytest.fixture
def inside(written: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(written)
    return written


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_says_nothing_past_the_catalogue(
    inside: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """But ids, lines of files, options, and what the company wrote."""
    spoken(monkeypatch)
    ended = sla(capsys, *command.split(), "--lang", LANGUAGE)
    lines = {line.strip() for file in inside.glob("*/*.yaml") for line in file.read_text(encoding="utf-8").splitlines()}

    assert ended.out + ended.err
    assert [] == [
        told
        for told in unsaid(ended.out + ended.err, {*ids_in(read(Path("sla")).values), *NOT_WORDS})
        if not quotes(told, lines)
    ]


def quotes(told: str, lines: set[str]) -> bool:
    """Whether a line shows one of the agreement's own, whole or shortened."""
    shown = told.partition(": ")[2]
    bare = re.sub(r"^[-+|>\s0-9]*|\s*(?:\(?[\w./]+:\d+[:\d]*\)?)?$", "", shown).strip("` …")
    return any(bare and (bare in line or line in bare) for line in lines if line)


@pytest.mark.parametrize("command", [command for command in COMMANDS if not command.startswith(("diff", "validate"))])
def test_a_command_says_the_agreement_s_texts_in_the_reader_s_language(
    inside: Path, capsys: Capsys, command: str
) -> None:
    """Ranks and whatever else is written once stay; what quotes lines of the agreement is left out here."""
    ended = sla(capsys, *command.split(), "--lang", "pt-BR")
    ranks = {"ηοτ", "νυρτυρε", "γολδ", "ωαρμ"}
    said = [line for line in (ended.out + ended.err).splitlines() if set(GREEK.findall(line)) - ranks]

    assert [] == said
