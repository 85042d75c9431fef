"""A command speaks one language to its end: the one asked for, else the agreement's, else English."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.cli.speech import asked_language
from tests.cli.console import sla
from tests.language.pseudo import bracketed, spoken

Capsys = pytest.CaptureFixture[str]
AGREEMENT = """format: sla/v1
agreement: {pl: Umowa, en: Agreement}
language: pl
stages: {lead: {team: marketing, name: {pl: Kontakt, en: Lead}}, mql: {team: marketing}}
sales_promises:
  call:
    promise: {pl: Zadzwoń, en: Call, pt-BR: Ligue}
    starts: became_lead
    stops: first_personal_contact
    within: 4 hours
    target: 90%
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sla").mkdir()
    (tmp_path / "sla" / "agreement.yaml").write_text(AGREEMENT, encoding="utf-8")
    return tmp_path / "sla"


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        ((), None),
        (("validate", "--lang", "pl"), "pl"),
        (("validate", "--lang=pt"), "pt-BR"),
        (("--language", "es", "x"), "es"),
        (("validate", "--lang"), None),
        (("validate", "--lang", "xx"), None),
        (("validate", "--lang", "es", "--lang", "it"), "it"),
    ],
)
def test_the_language_is_found_before_the_arguments_are_read(arguments: tuple[str, ...], language: str | None) -> None:
    assert language == asked_language(arguments)


def test_the_language_is_that_of_the_agreement(folder: Path, capsys: Capsys) -> None:
    polish, asked = (sla(capsys, "explain", "call", str(folder), *more).out for more in ((), ("--lang", "pt-br")))

    assert "Zadzwoń" in polish
    assert "Ligue" in asked


def test_a_text_without_a_translation_is_the_agreement_s_own(folder: Path, capsys: Capsys) -> None:
    assert "Zadzwoń" in sla(capsys, "explain", "call", str(folder), "--lang", "es").out


def test_what_ends_a_command_early_is_said_in_it_too(
    folder: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong option, a file that is not there, a promise that nobody made."""
    spoken(monkeypatch)
    told = [
        sla(capsys, *arguments, "--lang", "pl").err.splitlines()[-1]
        for arguments in (("validate", "--format", "xml"), ("validate", "nowhere"), ("explain", "cal", str(folder)))
    ]

    begun = [
        "there is no format ",
        "there is no file or folder ",
        "there is no rule, promise, measure or kind of change ",
    ]

    assert [text for text, line in zip(begun, told, strict=True) if bracketed(text) in line] == begun


def test_an_unknown_language_is_one_clear_error(folder: Path, capsys: Capsys) -> None:
    ended = sla(capsys, "validate", str(folder), "--language", "polish")

    assert (2, "") == (ended.code, ended.out)
    assert ended.err.endswith("sla: --lang: there are no words in the language “polish”; did you mean pl?\n")


def test_an_unknown_language_of_the_agreement_is_a_finding_with_its_line(folder: Path, capsys: Capsys) -> None:
    (folder / "agreement.yaml").write_text(AGREEMENT.replace("language: pl", "language: pl-PL"), encoding="utf-8")
    ended = sla(capsys, "validate", str(folder), "--format", "json")
    (found,) = [each for each in json.loads(ended.out)["findings"] if each["code"] == "SLA014"]

    assert (1, 3, [("pl-PL", "pl")]) == (
        ended.code,
        found["line"],
        [(fix["old"], fix["new"]) for fix in found["fixes"]],
    )
