"""`sla explain`: a rule, a promise, or what comes near."""

from __future__ import annotations

import pytest

from tests.cli.console import sla
from tests.reference import FOLDER

Capsys = pytest.CaptureFixture[str]


@pytest.mark.parametrize("code", ["SLA101", "sla101"])
def test_a_rule_is_explained_by_its_page(capsys: Capsys, code: str) -> None:
    ended = sla(capsys, "explain", code)

    assert (0, "") == (ended.code, ended.err)
    assert ended.out.startswith("# SLA101: A name that is not defined\n")


def test_a_promise_is_explained_by_the_agreement(capsys: Capsys) -> None:
    ended = sla(capsys, "explain", "win-rate", str(FOLDER))

    assert (0, "") == (ended.code, ended.err)
    assert ended.out.startswith("win-rate: Win one opportunity in four\n")


def test_a_rung_is_explained_by_its_promise(capsys: Capsys) -> None:
    assert sla(capsys, "explain", "first-response", str(FOLDER)) == sla(
        capsys, "explain", "first-response.asked", str(FOLDER)
    )


def test_an_unknown_rule_ends_with_2(capsys: Capsys) -> None:
    assert (2, "", "sla: there is no rule SLA999\n") == sla(capsys, "explain", "SLA999")


def test_an_unknown_promise_ends_with_2_and_the_nearest_one(capsys: Capsys) -> None:
    ended = sla(capsys, "explain", "frist-response", str(FOLDER))

    assert (2, "") == (ended.code, ended.out)
    assert (
        "sla: there is no rule, promise, measure or kind of change frist-response; did you mean first-response?\n"
        == ended.err
    )


def test_a_kind_of_change_has_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    """What it is, its mirror, an example before and after."""
    ended = sla(capsys, "explain", "promise-tightened")

    assert 0 == ended.code
    assert ended.out.startswith(
        "# promise-tightened: A promise asks for more\n\nthe opposite change is promise-loosened"
    )
    assert "## Before\n\n```yaml\nsales_promises:" in ended.out
