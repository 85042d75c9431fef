"""A mistake in one section makes no other section look wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.review.validate import validate
from checker.text import read
from tests.reference import edited_reference


def codes(folder: Path, *edits: tuple[str, str, str]) -> list[str]:
    return [finding.code for finding in validate(read(edited_reference(folder, *edits))).findings]


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (("promises.yaml", "stops: decided", "stop: decided"), "SLA020"),
        (("handoff.yaml", "how: integration", "howw: integration"), "SLA020"),
        (("stages.yaml", "    team: marketing\n    is: anonymous", "    teem: marketing\n    is: anonymous"), "SLA021"),
        (("promises.yaml", "stops: decided", "stops: decidd"), "SLA101"),
    ],
)
def test_a_slip_of_the_pen_is_reported_alone(tmp_path: Path, edit: tuple[str, str, str], code: str) -> None:
    """Names that stand in a section with a mistake are in use, and an unknown event may be the right one misspelt."""
    found = codes(tmp_path, edit)

    assert {code} == set(found)


def test_a_name_that_stands_nowhere_is_reported_beside_a_section_with_a_mistake(tmp_path: Path) -> None:
    """No condition holds the field fax, whatever is wrong in the promises."""
    fax = ("data.yaml", "  email: {is", "  fax: {is: text}\n  email: {is")
    found = codes(tmp_path, ("promises.yaml", "stops: decided", "stop: decided"), fax)

    assert ["SLA108", "SLA020"] == found
