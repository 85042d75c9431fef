"""Small mistakes: which are made, which tests are asked, and that a run tells noticed from unnoticed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tools.mutants.__main__ import asked_of, equivalent, key_of
from tools.mutants.mutation import mutants

SOURCE = '''\
def late(seconds: int, most: int = 5) -> bool:
    """Over 3 hours."""
    return seconds > most and not seconds == 0
'''


def test_every_decision_is_turned_once() -> None:
    assert [
        ("5", "6"),
        ("seconds > most and not seconds == 0", "seconds > most or not seconds == 0"),
        ("seconds > most", "seconds >= most"),
        ("not seconds == 0", "seconds == 0"),
        ("seconds == 0", "seconds != 0"),
        ("0", "1"),
    ] == [(mutant.old, mutant.new) for mutant in mutants(SOURCE)]


def test_all_else_stays_as_it_was() -> None:
    first = next(mutants(SOURCE))

    assert SOURCE.replace("= 5", "= (6)") == first.text


def test_accents_move_nothing() -> None:
    (mutant,) = (each for each in mutants('x = "é", 1 < y\n') if "<" in each.old)

    assert 'x = "é", (1 <= y)\n' == mutant.text


def test_the_tests_of_a_file_are_those_that_import_it() -> None:
    assert Path("tests/logic/test_calendar.py") in asked_of(Path("checker/logic/calendar.py"))
    assert Path("tests/logic/test_statistics.py") not in asked_of(Path("checker/logic/calendar.py"))
    assert asked_of(Path("checker/rules/twins.py")) == sorted(Path("tests/rules").rglob("test_*.py"))


def test_what_changes_nothing_has_a_reason() -> None:
    known = equivalent()

    assert all(reason.strip() and " -> " in key for key, reason in known.items())
    assert "checker/a.py | 1 -> 2" == key_of(Path("checker/a.py"), "1", "2")


def test_a_run_tells_what_was_noticed(tmp_path: Path) -> None:
    """In a small house of its own: one mistake that a test sees, one that none does."""
    for folder in ("checker/logic", "tests/logic"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "checker" / "logic" / "sign.py").write_text(
        "def is_over(x):\n    return x > 1\n\n\ndef is_odd(x):\n    return x == 2\n", encoding="utf-8"
    )
    (tmp_path / "tests" / "logic" / "test_sign.py").write_text(
        "from checker.logic.sign import is_over\n\ndef test_it():\n    assert not is_over(1)\n    assert is_over(2)\n",
        encoding="utf-8",
    )
    started = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}]; from tools.mutants.__main__ import main; sys.path[:1] = ['.']; "
    )
    done = subprocess.run(
        [sys.executable, "-c", started + "main(['checker/logic/sign.py'])"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert "checker/logic/sign.py:6  x == 2 -> x != 2" in done.stdout, done.stderr
    assert "2 of 4 noticed, 0 change nothing" in done.stdout
