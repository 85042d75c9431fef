"""`sla diff` says the same of the same lines in every format; what is gone stands at what is nearest to it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from checker.change import Changes
from checker.message import say
from checker.report.change_remarks import change_remarks
from checker.report.changes_github import changes_github
from checker.report.changes_gitlab import changes_gitlab
from checker.report.changes_json import changes_json
from checker.report.changes_junit import changes_junit
from checker.report.changes_sarif import changes_sarif
from checker.report.repository import Repository
from checker.review.diff import diff
from checker.text import read
from tests.conftest import ROOT
from tests.reference import FOLDER, edited_reference
from tests.report.made_findings import ENGLISH, commands
from tests.report.test_findings_junit import REQUIRED, SHAPE
from tests.report.test_findings_sarif import misfits

HERE = Repository(ROOT)
EDITS = (
    ("targets.yaml", "2027-01 to 2027-03: 30", "2027-01 to 2027-03: 45"),
    ("promises.yaml", "time: 4 business hours", "time: 2 business hours"),
    ("promises.yaml", "promise: Repair a lead", "promise: Mend a lead"),
)
Fact = tuple[str, str, int]
"""Kind, file and line."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return edited_reference(tmp_path_factory.mktemp("diff"), *EDITS)


@pytest.fixture(scope="module")
def changes(folder: Path) -> Changes:
    return diff(read(FOLDER), read(folder))


def facts(changes: Changes, *, with_words: bool = True) -> set[Fact]:
    return {
        (change.kind, change.at.file, change.at.line)
        for change in changes.changes
        if with_words or not change.is_editorial
    }


def from_github(text: str) -> set[Fact]:
    """Of the commands, and of the lines for changes of words."""
    told = {
        (
            command.properties["title"].partition(":")[0],
            command.properties["file"],
            int(command.properties["line"]),
        )
        for command in commands(text)
    }
    lines = re.findall(r"^(?!::)(.+?):(\d+):\d+: note\[([\w-]+)\] .* \(\S+\)$", text, flags=re.MULTILINE)
    return told | {(kind, file, int(line)) for file, line, kind in lines}


def from_gitlab(text: str) -> set[Fact]:
    return {
        (entry["check_name"], entry["location"]["path"], entry["location"]["lines"]["begin"])
        for entry in json.loads(text)
    }


def from_sarif(text: str) -> set[Fact]:
    [run] = json.loads(text)["runs"]
    told = set()
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        file = unquote(place["artifactLocation"]["uri"]).removeprefix("file://")
        told.add((run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"], file, place["region"]["startLine"]))
    return told


def from_junit(text: str) -> set[Fact]:
    return {
        (test.attrib["classname"], test.attrib["file"], int(test.attrib["line"]))
        for test in ET.fromstring(text).iter("testcase")
        if "line" in test.attrib
    }


def test_every_format_names_kind_file_and_line_of_every_change(changes: Changes) -> None:
    """GitLab is told of what is more than words; all changes of the reference agreement are in the other formats."""
    assert {"promise-tightened", "target-raised"} <= {kind for kind, _, _ in facts(changes)}
    assert facts(changes) > facts(changes, with_words=False)
    assert facts(changes) == from_github(changes_github(changes, ENGLISH, HERE))
    assert facts(changes) == from_sarif(changes_sarif(changes, ENGLISH, HERE))
    assert facts(changes) == from_junit(changes_junit(changes, ENGLISH, HERE))
    assert facts(changes, with_words=False) == from_gitlab(changes_gitlab(changes, ENGLISH, HERE))


def test_every_format_says_it_in_the_same_words(changes: Changes) -> None:
    """The message of the JSON, and for whom it is what."""
    texts = [
        "\n".join(command.data for command in commands(changes_github(changes, ENGLISH, HERE))),
        *(
            "\n".join(json.loads(f'"{piece}"') for piece in re.findall(r'"((?:[^"\\]|\\.)*)"', text))
            for text in (changes_gitlab(changes, ENGLISH, HERE), changes_sarif(changes, ENGLISH, HERE))
        ),
        "\n".join(ET.fromstring(changes_junit(changes, ENGLISH, HERE)).itertext()),
    ]
    told = [item["message"] for item in json.loads(changes_json(changes, ENGLISH))["changes"] if not item["editorial"]]

    assert told
    for text in texts:
        assert [] == [message for message in told if message not in text]


def test_the_reports_fit_their_schemas(changes: Changes) -> None:
    assert [] == misfits(changes_sarif(changes, ENGLISH, HERE))
    for element in ET.fromstring(changes_junit(changes, ENGLISH, HERE)).iter():
        attributes, children = SHAPE[element.tag]
        assert set() == element.attrib.keys() - attributes
        assert set() == {child.tag for child in element} - children
        assert REQUIRED.get(element.tag, set()) <= element.attrib.keys()


def test_what_is_asked_for_is_said_last(changes: Changes) -> None:
    """The version of the next release, and what is wrong with the new text."""
    lines = changes_github(changes, ENGLISH, HERE).splitlines()

    assert "The first release will carry version 1.0" == lines[-1]
    assert "The new version is not consistent: 1 error; sla validate shows it" in lines


def test_what_is_gone_stands_at_what_is_nearest(tmp_path: Path) -> None:
    """A promise that is dropped is remarked upon at its section, in the new text; the old line is told."""
    old = (FOLDER / "promises.yaml").read_text(encoding="utf-8")
    start = old.index("  come-back:")
    gone = old[start : old.index("  objection-content:")]
    new = edited_reference(tmp_path, ("promises.yaml", gone, ""))
    found = diff(read(FOLDER), read(new))
    [remark] = [remark for remark in change_remarks(found, ENGLISH, HERE) if remark.code == "promise-dropped"]
    line = (new / "promises.yaml").read_text(encoding="utf-8").splitlines()[remark.place.line - 1]

    assert (str(new / "promises.yaml"), "marketing_promises:") == (remark.place.file, line)
    assert remark.more[0].startswith("- come-back:")


def test_each_change_has_a_fingerprint_of_its_own(changes: Changes) -> None:
    """GitLab shows one of several entries with the same."""
    entries = json.loads(changes_gitlab(changes, ENGLISH, HERE))

    assert len(entries) == len({entry["fingerprint"] for entry in entries})


def test_a_version_that_does_not_suffice_is_a_failed_test(changes: Changes) -> None:
    refused = ET.fromstring(changes_junit(changes, ENGLISH, HERE, say("too small")))

    assert ["too small"] == [failure.attrib["message"] for failure in refused.iterfind(".//failure")]
    assert [] == ET.fromstring(changes_junit(changes, ENGLISH, HERE)).findall(".//failure")


def test_no_change_is_an_empty_report_that_says_so() -> None:
    none = diff(read(FOLDER), read(FOLDER))

    assert "Nothing has changed\n" == changes_github(none, ENGLISH, HERE)
    assert [] == json.loads(changes_gitlab(none, ENGLISH, HERE))
    assert set() == from_junit(changes_junit(none, ENGLISH, HERE))
