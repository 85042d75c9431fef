"""The command line as a whole: help, unknown commands, defects, and what starting it costs."""

from __future__ import annotations

import re

import click
import pytest

from checker import __version__
from checker.cli import explain, validate
from checker.cli.main import COMMANDS, run
from tests.cli.console import in_a_process, sla
from tests.reference import FOLDER

Capsys = pytest.CaptureFixture[str]
HEAVY = ("babel", "duckdb", "holidays", "jinja2", "mkdocs", "sqlglot", "z3")


def test_help_lists_every_command_with_one_line(capsys: Capsys) -> None:
    ended = sla(capsys, "--help")

    assert (0, "") == (ended.code, ended.err)
    for name, words in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(words)}", ended.out, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_of_its_own(capsys: Capsys, name: str) -> None:
    ended = sla(capsys, name, "--help")

    assert (0, "") == (ended.code, ended.err)
    assert ended.out.startswith(f"Usage: sla {name}")


def test_the_version(capsys: Capsys) -> None:
    assert (0, f"sla {__version__}\n", "") == sla(capsys, "--version")


def test_an_unknown_command_ends_with_2_and_the_nearest_one(capsys: Capsys) -> None:
    ended = sla(capsys, "validat")

    assert 2 == ended.code
    assert "there is no command validat; did you mean validate?" in ended.err


def test_a_command_that_nothing_comes_near_ends_with_2_and_all_commands(capsys: Capsys) -> None:
    ended = sla(capsys, "xyz")

    assert 2 == ended.code
    assert "there is no command xyz; known: init, validate, " in ended.err


def test_a_defect_is_neither_0_nor_1_and_says_that_it_is_one(capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validate, "outputs_with", lambda *_: 1 / 0)
    ended = sla(capsys, "validate", str(FOLDER))

    assert (3, "") == (ended.code, ended.out)
    assert "a defect of this tool" in ended.err
    assert "ZeroDivisionError" in ended.err
    assert "Traceback" not in ended.err


def test_a_defect_shows_where_it_is_to_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validate, "outputs_with", lambda *_: 1 / 0)
    monkeypatch.setenv("SLA_DEBUG", "1")

    with pytest.raises(ZeroDivisionError):
        run(["validate", str(FOLDER)])


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, click.Abort])
def test_an_interrupt_is_neither_0_nor_1(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch, interrupt: type[BaseException]
) -> None:
    def stop(*_: object) -> None:
        raise interrupt

    monkeypatch.setattr(explain, "deliver", stop)

    ended = sla(capsys, "explain", "SLA101")

    assert (3, "", "sla: interrupted") == (ended.code, ended.out, ended.err.strip())


def modules_after(*arguments: str) -> set[str]:
    """The packages that a command imports."""
    ended = in_a_process(*arguments, python=("-X", "importtime"))
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in ended.err.splitlines()}


def test_help_imports_click_alone() -> None:
    imported = modules_after("--help")

    assert "click" in imported
    assert imported.isdisjoint({*HEAVY, "pydantic", "ruamel"})


def test_validating_imports_nothing_that_it_does_not_need() -> None:
    imported = modules_after("validate")

    assert "pydantic" in imported
    assert imported.isdisjoint(HEAVY)
