"""Findings as hypothesis makes them, and what each format says of them, read back by readers that share no code."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from hypothesis import strategies as st

from checker.finding import (
    Finding,
    Findings,
    Place,
    PlacedBecause,
    PlacedChoice,
    PlacedEdit,
    Proofs,
    Severity,
    Skipped,
    Waiver,
)
from checker.language import words
from checker.message import Written, say
from checker.report.findings_github import findings_github
from checker.report.findings_gitlab import findings_gitlab
from checker.report.findings_json import findings_json
from checker.report.findings_junit import findings_junit
from checker.report.findings_markdown import findings_markdown
from checker.report.findings_sarif import findings_sarif
from checker.report.findings_text import findings_text
from checker.report.repository import Repository
from checker.review.validate import validate_path
from tests.site.hostile import ATTACKS

EDIT = "https://code.example/acme/agreement/edit/main"
IN_REPOSITORY = Repository(None, EDIT)
ENGLISH = words("en")
FAILING = frozenset({Severity.ERROR})

HOSTILE = (
    *ATTACKS,
    "::error file=x,line=1::evil",
    "\n::set-output name=x::evil",
    "##[add-path]/evil",
    "a%0A::warning::b",
    "]]> <![CDATA[ --> <!-- ?>",
    "\x00\x07\x1b[2J\x7f\x85\u2028\u2029\ufffe\uffff",
    "``` \n```\n# heading",
    "`````",
    "@octocat #1 !1 ~bug %v1 &3 $5 acme/agreement#7 GH-1 https://evil.example www.evil.example",
    "/close\n/merge",
    "</summary></details>",
    "C:\\windows\\x",
    "tab\tand\r\nlines",
)
_PLAIN = "abcdefghij XYZ0189-_éß漢"
calm = st.text(alphabet=_PLAIN, min_size=1, max_size=30).map(str.strip).filter(bool)
wild = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=80))
calm_files = st.sampled_from(
    ("sla/targets.yaml", "sla/a b, c%.yaml", "sla/été [1].yaml", "agreement.yaml", "sla/漢.yaml")
)
wild_files = st.one_of(calm_files, wild.map(lambda text: f"sla/{text}.yaml"))

Fact = tuple[str, str, int, str]
"""Code, file, line and address of the rule's page."""


def facts(findings: Findings) -> set[Fact]:
    """What every format must say."""
    return {(item.code, item.place.file, item.place.line, item.help) for item in findings.findings}


@st.composite
def places(draw: st.DrawFn, texts: st.SearchStrategy[str], files: st.SearchStrategy[str]) -> Place:
    source = draw(texts)
    start = draw(st.integers(0, len(source)))
    end = draw(st.integers(start, len(source)))
    return Place(draw(files), draw(st.integers(1, 9999)), start + 1, end + 1, source)


@st.composite
def single(draw: st.DrawFn, texts: st.SearchStrategy[str], files: st.SearchStrategy[str]) -> Finding:
    def said():
        return say("{text} is odd", text=Written(draw(texts)))

    def edit():
        return PlacedEdit(draw(spots), draw(texts), draw(texts), draw(st.sampled_from((None, said()))), False)

    def some(make, most):
        return tuple(make() for _ in range(draw(st.integers(0, most))))

    spots = places(texts, files)
    code = draw(st.sampled_from(("SLA001", "SLA101", "SLA203", "SLA214", "SLA999", "ACME1")))
    return Finding(
        code=code,
        name=draw(texts),
        severity=draw(st.sampled_from((Severity.ERROR, Severity.WARNING, Severity.INFO))),
        message=said(),
        place=draw(spots),
        note=draw(st.sampled_from((None, said()))),
        because=some(lambda: PlacedBecause(draw(spots), draw(st.sampled_from((None, said())))), 9),
        follows=some(said, 2),
        choices=some(lambda: PlacedChoice(said(), some(edit, 3)), 2),
        fixes=some(edit, 2),
        witness=draw(st.sampled_from((None, {draw(texts): draw(texts)}))),
        group=draw(st.sampled_from((None, "a", "b"))),
        help=f"https://help.example/rules/{code}/",
        waived=draw(st.sampled_from((None, None, Waiver(draw(texts), date(2026, 12, 31), draw(spots))))),
    )


@st.composite
def reviews(
    draw: st.DrawFn, texts: st.SearchStrategy[str] = wild, files: st.SearchStrategy[str] = wild_files, most: int = 14
) -> Findings:
    made = draw(st.lists(single(texts, files), max_size=most))
    return Findings(
        findings=tuple(_numbered(made)),
        skipped=draw(st.sampled_from(((), (Skipped("SLA701", draw(texts), say("no day is given")),)))),
        rules_run=draw(st.integers(0, 60)),
        counts={"stages": 6, "promises": 19, "fields": 1},
        proofs=draw(st.sampled_from((Proofs(), Proofs(held=3, unknown=2, skipped=1)))),
    )


def _numbered(made: list[Finding]) -> list[Finding]:
    """Each with a fingerprint of its own, as a review gives them."""
    return [replace(finding, fingerprint=f"f{number}") for number, finding in enumerate(made)]


@dataclass(frozen=True)
class Format:
    """How a format is made, and how its facts are read back."""

    write: Callable[[Findings], str]
    read: Callable[[str], set[Fact]]


def from_text(text: str) -> set[Fact]:
    """Facts of what stands at a terminal: each rule's page is named once."""
    pages = dict(re.findall(r"why this rule: sla explain (\S+), or (\S+)$", text, flags=re.MULTILINE))
    heads = re.findall(r"^ *(\S.*?):(\d+):\d+: (?:error|warning|note)\[(\w+)\] ", text, flags=re.MULTILINE)
    return {(code, file, int(line), pages[code]) for file, line, code in heads}


def from_json(text: str) -> set[Fact]:
    """Facts of `findings/v1`."""
    return {(item["code"], item["file"], item["line"], item["help"]) for item in json.loads(text)["findings"]}


def from_markdown(text: str) -> set[Fact]:
    """Facts of a comment, from the links to lines and to rules that stand side by side."""
    edit = rf"\({re.escape(EDIT)}/(?P<file>\S+)#L(?P<line>\d+)\)"
    page = r"\w+ \[(?P<code>\w+)\]\((?P<help>[^)]+)\)"
    found = [*re.finditer(rf"{edit} · {page}", text), *re.finditer(rf"{page}, \[[^\]]*\]{edit}", text)]
    return {(match["code"], unquote(match["file"]), int(match["line"]), match["help"]) for match in found}


@dataclass(frozen=True)
class Command:
    """A workflow command as GitHub's runner reads it."""

    name: str
    properties: dict[str, str]
    data: str


def commands(text: str) -> list[Command]:
    """The commands among lines, read by the runner's rules: `::name key=value,key=value::data`."""
    found = []
    for line in re.split(r"\r\n|\r|\n", text):
        if match := re.match(r"\s*::(?P<name>[^\s:]+)(?: (?P<properties>.*?))?::(?P<data>.*)$", line):
            pairs = (pair.partition("=") for pair in (match["properties"] or "").split(",") if pair)
            properties = {key: _unescaped(value, {"%3A": ":", "%2C": ","}) for key, _, value in pairs}
            found.append(Command(match["name"], properties, _unescaped(match["data"], {})))
    return found


def _unescaped(text: str, more: dict[str, str]) -> str:
    for code, mark in {"%0D": "\r", "%0A": "\n", **more}.items():
        text = text.replace(code, mark)
    return text.replace("%25", "%")


def from_github(text: str) -> set[Fact]:
    """Facts of the commands, and of the lines for what found no room among them."""
    found = {
        (
            command.properties["title"].partition(":")[0],
            command.properties["file"],
            int(command.properties["line"]),
            command.data.rpartition("why this rule: ")[2],
        )
        for command in commands(text)
        if "more finding" not in command.properties["title"]
    }
    lines = re.findall(
        r"^(?!::)(.+?):(\d+):\d+: (?:error|warning|note)\[(\w+)\] .* \((\S+)\)$", text, flags=re.MULTILINE
    )
    return found | {(code, file, int(line), page) for file, line, code, page in lines}


def from_gitlab(text: str) -> set[Fact]:
    """Facts of a Code Quality report."""
    return {
        (
            entry["check_name"],
            entry["location"]["path"],
            entry["location"]["lines"]["begin"],
            entry["content"]["body"].rpartition("why this rule: ")[2],
        )
        for entry in json.loads(text)
        if f"({entry['check_name']}, https://" in entry["description"]
    }


def from_sarif(text: str) -> set[Fact]:
    """Facts of a SARIF log; the address is the rule's."""
    [run] = json.loads(text)["runs"]
    rules = run["tool"]["driver"]["rules"]
    found = set()
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        place = result["locations"][0]["physicalLocation"]
        file = unquote(place["artifactLocation"]["uri"])
        found.add((rule["id"], file, place["region"]["startLine"], rule["helpUri"]))
    return found


def from_junit(text: str) -> set[Fact]:
    """Facts of a JUnit report; the address stands in what each test says."""
    return {
        (
            test.attrib["classname"],
            test.attrib["file"],
            int(test.attrib["line"]),
            "".join(test.itertext()).rpartition(", or ")[2].strip(),
        )
        for test in ET.fromstring(text).iter("testcase")
        if "line" in test.attrib
    }


FORMATS = {
    "text": Format(lambda found: findings_text(found, ENGLISH, "sla"), from_text),
    "json": Format(lambda found: findings_json(found, ENGLISH), from_json),
    "markdown": Format(lambda found: findings_markdown(found, ENGLISH, "sla", IN_REPOSITORY), from_markdown),
    "github": Format(lambda found: findings_github(found, ENGLISH, "sla", IN_REPOSITORY), from_github),
    "gitlab": Format(lambda found: findings_gitlab(found, ENGLISH, IN_REPOSITORY), from_gitlab),
    "sarif": Format(lambda found: findings_sarif(found, ENGLISH, IN_REPOSITORY), from_sarif),
    "junit": Format(lambda found: findings_junit(found, ENGLISH, "sla", IN_REPOSITORY, FAILING), from_junit),
}


def seen(text: str) -> str:
    """A text as a reader sees it: spaces alike, without what only lets a word break."""
    return " ".join(text.replace("\u200b", "").split())


def results(text: str) -> list[dict[str, Any]]:
    """The results of a SARIF log."""
    found: list[dict[str, Any]] = json.loads(text)["runs"][0]["results"]
    return found


def reviewed(folder: Path) -> Findings:
    """A real review of a folder."""
    return validate_path(folder)
