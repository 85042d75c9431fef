"""Small mistakes: which are made, which tests are asked, and that a run tells noticed from unnoticed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tools.mutants.__main__ import equivalent, key_of
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
        ("seconds == 0", "seconds == 1"),
    ] == [(mutant.old, mutant.new) for mutant in mutants(SOURCE)]


def test_all_else_stays_as_it_was() -> None:
    first = next(mutants(SOURCE))

    assert SOURCE.replace("= 5", "= (6)") == first.text


def test_accents_move_nothing() -> None:
    (mutant,) = (each for each in mutants('x = "é", 1 < y\n') if each.new == "1 <= y")

    assert 'x = "é", (1 <= y)\n' == mutant.text


def test_what_no_test_could_tell_is_left_alone() -> None:
    """How often a text is split at most, whether two lists are as long, and what a decorator says."""
    source = "@cache(size=3)\ndef f(a, b):\n    return a.split(',', 1), zip(a, b, strict=True), b.pop(0)\n"

    assert [("b.pop(0)", "b.pop(1)")] == [(mutant.old, mutant.new) for mutant in mutants(source)]


def test_a_mistake_is_known_by_the_function_it_stands_in() -> None:
    (mutant,) = mutants("class Clock:\n    def is_late(self):\n        return (\n            1\n        )\n")

    assert "Clock.is_late" == mutant.within
    assert [4] == list(mutant.lines)
    assert [3, 4, 5] == list(mutant.statement)


def test_what_changes_nothing_has_a_reason() -> None:
    known = equivalent()

    assert all(reason.strip() and " -> " in key and key.count(" | ") == 2 for key, reason in known.items())
    assert "checker/a.py | f | 1 -> 2" == key_of("checker/a.py", {"within": "f", "old": "1", "new": "2"})


def test_a_run_tells_what_was_noticed(tmp_path: Path) -> None:
    """In a small house of its own: mistakes in a function and in what importing runs, one that no test runs."""
    for folder in ("checker/logic", "tests/logic"):
        (tmp_path / folder).mkdir(parents=True)
    for package in ("checker", "checker/logic"):
        (tmp_path / package / "__init__.py").touch()
    (tmp_path / "checker" / "logic" / "sign.py").write_text(
        "MOST = 1\n\ndef is_over(x, more=0):\n    return x > MOST + more\n\ndef is_odd(x):\n    return x == 2\n",
        encoding="utf-8",
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

    assert "checker/logic/sign.py:7 | is_odd | x == 2 -> x != 2 | no test runs it" in done.stdout, done.stderr
    assert "4 of    6 noticed,   0 change nothing  in all" in done.stdout
