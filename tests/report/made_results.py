"""Results as hypothesis makes them, and what each format says of them, read back by readers that share no code."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from hypothesis import strategies as st

from checker.finding_record import Waiver
from checker.language import to_json
from checker.message import Written, say
from checker.record import Said
from checker.report.results_github import results_github
from checker.report.results_gitlab import results_gitlab
from checker.report.results_json import results_json
from checker.report.results_junit import results_junit
from checker.report.results_markdown import results_markdown
from checker.report.results_sarif import results_sarif
from checker.report.results_text import results_text
from checker.report.results_view import ResultsView
from checker.verdict import Data, Evidence, Found, FoundSaid, Outlook, Result, Results, Status
from tests.report.made_findings import EDIT, ENGLISH, IN_REPOSITORY, calm, calm_files, commands, wild, wild_files

AS_OF = datetime(2027, 6, 16, 18, tzinfo=UTC)
MONTHS = {"2027-04": "April 2027", "2027-05": "May 2027", "2027-06": "June 2027"}
SIDES = ("marketing", "sales", "both")
WORDS = {
    Status.MET: "kept",
    Status.MISSED: "missed",
    Status.OPEN: "open",
    Status.NO_DATA: "no data",
    Status.NOT_MEASURABLE: "not measurable",
}

Fact = tuple[str, str, str, str, int]
"""Promise, month, status, file and line."""


@st.composite
def one_promise(
    draw: st.DrawFn, name: str, texts: st.SearchStrategy[str], files: st.SearchStrategy[str]
) -> list[Result]:
    """What became of a promise: a month that is over, and perhaps one that goes on."""

    def said() -> Said:
        return Said(**to_json(say("{text} is so", text=Written(draw(texts)))))

    file, line, owes = draw(files), draw(st.integers(1, 999)), draw(st.sampled_from(SIDES))
    usual: dict[str, Any] = {"promise": name, "owes": owes, "unit": "share", "file": file, "line": line, "target": 0.9}
    status = draw(st.sampled_from((Status.MET, Status.MISSED, Status.NO_DATA, Status.NOT_MEASURABLE)))
    leads = tuple(draw(st.lists(texts, max_size=3)))
    closed = Result(
        period="2027-05",
        status=status,
        judged=status is not Status.NOT_MEASURABLE,
        actual=0.9,
        numerator=draw(st.integers(0, 9)),
        denominator=10,
        evidence=draw(st.sampled_from((None, Evidence.TOO_FEW))),
        missed_by_chance=0.3,
        offenders=leads,
        offender_count=len(leads),
        cannot_tell=draw(st.integers(0, 2)),
        said=said(),
        unlock=said() if status is Status.NOT_MEASURABLE else None,
        **usual,
    )
    if status is Status.NOT_MEASURABLE or draw(st.booleans()):
        return [closed]
    outlook = draw(st.sampled_from(list(Outlook)))
    return [closed, Result(period="2027-06", status=Status.OPEN, outlook=outlook, said=said(), **usual)]


@st.composite
def found(draw: st.DrawFn, texts: st.SearchStrategy[str], files: st.SearchStrategy[str], number: int) -> Found:
    """What the data says about a line of the agreement."""
    told = say("{text} is odd", text=Written(draw(texts)))
    return Found(
        code=draw(st.sampled_from(("SLA117", "SLA340"))),
        name=draw(texts),
        severity=draw(st.sampled_from(("error", "warning", "info"))),
        message=ENGLISH.say(told),
        file=draw(files),
        line=draw(st.integers(1, 999)),
        column=draw(st.integers(1, 9)),
        waived=draw(st.sampled_from((None, Waiver(reason="the new form", until="2027-12-31")))),
        help="https://help.example/data/",
        fingerprint=f"found-{number}",
        said=FoundSaid(message=Said(**to_json(told))),
    )


@st.composite
def runs(
    draw: st.DrawFn, texts: st.SearchStrategy[str] = wild, files: st.SearchStrategy[str] = wild_files, most: int = 14
) -> Results:
    """One run of a check. Promises are told side by side."""
    results = [
        result
        for number in range(draw(st.integers(0, most)))
        for result in draw(one_promise(f"promise-{number}", texts, files))
    ]
    return Results(
        agreement=draw(texts),
        as_of=AS_OF,
        data=Data(leads=5, last=AS_OF),
        promises=20,
        judgeable=17,
        results=tuple(sorted(results, key=lambda result: SIDES.index(result.owes))),
        findings=tuple(draw(found(texts, files, number)) for number in range(draw(st.integers(0, 2)))),
    )


def view() -> ResultsView:
    """How an English reader looks at them."""
    return ResultsView(ENGLISH, {"promise-0": "Call each lead"}, "EUR", IN_REPOSITORY)


def facts(results: Results) -> set[Fact]:
    """What every format has to say: of what is made above, all is told."""
    return {
        (result.promise, MONTHS[result.period], WORDS[result.status], result.file, result.line)
        for result in results.results
    }


def needing(results: Results) -> set[Fact]:
    """What formats say that hold only what somebody should look at."""
    calm_ones = {
        (result.promise, MONTHS[result.period], WORDS[result.status], result.file, result.line)
        for result in results.results
        if result.status in (Status.MET, Status.NO_DATA) or result.outlook is Outlook.ON_COURSE
    }
    return facts(results) - calm_ones


@dataclass(frozen=True)
class Format:
    """How a format is made, and how its facts are read back."""

    write: Callable[[Results], str]
    read: Callable[[str], set[Fact]]


_SAID = re.compile(r"^(kept|missed|open|no data|not measurable): .* – (\w+ \d{4}): ", flags=re.DOTALL)


def _told(code: str, message: str, file: str, line: int) -> Fact | None:
    match = _SAID.match(message)
    return (code, match[2], match[1], file, line) if match else None


def from_json(text: str) -> set[Fact]:
    """Facts of `results/v1`."""
    return {
        (item["promise"], MONTHS[item["period"]], WORDS[Status(item["status"])], item["file"], item["line"])
        for item in json.loads(text)["results"]
    }


def from_github(text: str) -> set[Fact]:
    """Facts of the commands, and of the lines for everything else."""
    told = {
        _told(
            command.properties["title"].partition(":")[0],
            command.data,
            command.properties["file"],
            int(command.properties["line"]),
        )
        for command in commands(text)
    }
    lines = re.findall(
        r"^(?!::)(.+?):(\d+):\d+: (?:error|warning|note)\[([\w-]+)\] (.*) \(\S+\)$", text, flags=re.MULTILINE
    )
    told |= {_told(code, message, file, int(line)) for file, line, code, message in lines}
    return {fact for fact in told if fact}


def from_gitlab(text: str) -> set[Fact]:
    """Facts of a Code Quality report."""
    told = {
        _told(
            entry["check_name"],
            entry["description"],
            entry["location"]["path"],
            entry["location"]["lines"]["begin"],
        )
        for entry in json.loads(text)
    }
    return {fact for fact in told if fact}


def from_sarif(text: str) -> set[Fact]:
    """Facts of a SARIF log."""
    [run] = json.loads(text)["runs"]
    told = set()
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        code = run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
        assert code == result["ruleId"]
        file = unquote(place["artifactLocation"]["uri"])
        told.add(_told(code, result["message"]["text"], file, place["region"]["startLine"]))
    return {fact for fact in told if fact}


def from_junit(text: str) -> set[Fact]:
    """Facts of a JUnit report."""
    told = {
        _told(
            test.attrib["classname"],
            test.attrib["name"].partition(f":{test.attrib['line']}:1 ")[2],
            test.attrib["file"],
            int(test.attrib["line"]),
        )
        for test in ET.fromstring(text).iter("testcase")
        if "line" in test.attrib
    }
    return {fact for fact in told if fact}


def places_in_markdown(text: str) -> set[tuple[str, str, int]]:
    """Promise, file and line of each link that a promise's name is."""
    links = re.findall(rf"\[(promise-\d+)\]\({re.escape(EDIT)}/(\S+)#L(\d+)\)", text)
    return {(code, unquote(file), int(line)) for code, file, line in links}


FORMATS = {
    "json": Format(lambda made: results_json(made, ENGLISH), from_json),
    "github": Format(lambda made: results_github(made, view()), from_github),
    "gitlab": Format(lambda made: results_gitlab(made, view()), from_gitlab),
    "sarif": Format(lambda made: results_sarif(made, view()), from_sarif),
    "junit": Format(lambda made: results_junit(made, view(), lambda _: True, lambda _: True), from_junit),
    "markdown": Format(lambda made: results_markdown(made, view(), "sla"), lambda _: set()),
    "text": Format(lambda made: results_text(made, ENGLISH, view().sentences, "EUR"), lambda _: set()),
}

__all__ = ["FORMATS", "calm", "calm_files", "facts", "needing", "places_in_markdown", "runs", "wild"]
