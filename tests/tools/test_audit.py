"""The list of what comes along: complete, with licences that may be there, and no more."""

from __future__ import annotations

import tomllib

import pytest
from packaging.requirements import Requirement

from tests.conftest import ROOT
from tools.audit import EXTRAS, is_allowed, parts


def test_everything_that_the_project_asks_for_is_listed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(each for extra in EXTRAS for each in project["optional-dependencies"][extra])]
    names = {Requirement(each).name.replace(".", "-") for each in asked}

    assert names <= {part.name for part in parts()}


def test_all_licences_are_known_and_may_come_along() -> None:
    assert [] == [(part.name, part.licence) for part in parts() if not is_allowed(part.licence)]


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-2-Clause", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("unknown", False),
    ],
)
def test_a_licence_is_allowed_as_a_whole(licence: str, expected: bool) -> None:
    assert expected is is_allowed(licence)
