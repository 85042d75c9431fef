"""The scaffold of a rule lands where the next reader looks for it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checker.rules.catalogue import every_rule
from tests.conftest import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the code, for the scaffold to write into."""
    for folder in ("checker", "tools"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def declared(checkout: Path, code: str) -> str:
    """Module, function and name of a rule, as a fresh Python sees them."""
    show = (
        "from checker.rules.catalogue import rule_of\n"
        f"rule = rule_of({code!r})\n"
        "print(rule.check.__module__, rule.check.__name__, rule.name, sep=' | ')"
    )
    return run(checkout, "-c", show).stdout.strip()


def test_a_rule_gets_the_next_code_in_its_group(checkout: Path):
    """The scaffold is a rule of the catalogue, numbered after the last one of its subject, and the file stays tidy."""
    code = f"SLA{max(int(rule.code[3:]) for rule in every_rule() if rule.code.startswith('SLA1')) + 1}"

    done = run(checkout, "-m", "tools.new_rule", "--group", "unused_names", "--name", "A tool without records")

    assert 0 == done.returncode, done.stderr
    assert "checker.rules.unused_names | tool_without_records | A tool without records" == declared(checkout, code)
    assert 0 == run(checkout, "-m", "ruff", "check", "--select", "F,I", "checker/rules/unused_names.py").returncode


def test_a_new_group_is_put_on_the_catalogues_list(checkout: Path):
    """Its first rule gets the next code of its subject."""
    done = run(checkout, "-m", "tools.new_rule", "--group", "returns", "--name", "A return to nobody", "--subject", "6")

    assert 0 == done.returncode, done.stderr
    code = f"SLA{max(int(rule.code[3:]) for rule in every_rule() if rule.code.startswith('SLA6')) + 1}"

    assert "checker.rules.returns | return_to_nobody | A return to nobody" == declared(checkout, code)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--group", "returns", "--name", "A return to nobody"], "SUBJECT"),
        (["--group", "Unused-Names", "--name", "A tool"], "GROUP is a file name"),
        (["--group", "unused_names", "--name", '"quoted"'], "NAME is a few plain words"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(checkout: Path, arguments: list[str], said: str):
    """A slip on the command line ends with exit code 2 and what to write."""
    before = {file: file.read_text() for file in (checkout / "checker" / "rules").glob("*.py")}

    done = run(checkout, "-m", "tools.new_rule", *arguments)

    assert 2 == done.returncode
    assert said in done.stderr
    assert before == {file: file.read_text() for file in (checkout / "checker" / "rules").glob("*.py")}
