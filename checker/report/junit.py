"""What every JUnit report is made of; Jenkins, GitLab and most other servers show it as tests.

The shape is the one that Jenkins and Ant agree on. It holds no time: the same agreement gives the same report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from checker.language import Words
from checker.report.remark import Remark
from checker.report.repository import Repository
from checker.report.terminal import printable

_NO_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Test:
    """One test: it passes, or has failed (a message, and what kind of failure it is), or was skipped (with a reason).

    `file` and `line` are empty where it stands on no line; `text` is what it prints.
    """

    code: str
    name: str
    text: str = ""
    file: str = ""
    line: int | None = None
    failure: tuple[str, str] | None = None
    skipped: str | None = None


def of_remark(
    remark: Remark,
    words: Words,
    repository: Repository,
    failure: tuple[str, str] | None = None,
    skipped: str | None = None,
) -> Test:
    """A remark as a test."""
    place, file, message = remark.place, repository.file(remark.place.file), words.say(remark.message)
    return Test(
        code=remark.code,
        name=f"{file}:{place.line}:{place.column} {message}",
        text="\n".join([message, *remark.more]),
        file=file,
        line=place.line,
        failure=failure,
        skipped=skipped,
    )


def junit(name: str, suites: Iterable[tuple[str, Iterable[Test]]]) -> str:
    """The report as XML: a suite is a title and its tests."""
    made = [_suite(title, tests) for title, tests in suites]
    root = ET.Element("testsuites", _counts(made) | {"name": name})
    root.extend(made)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(name: str, tests: Iterable[Test]) -> ET.Element:
    suite = ET.Element("testsuite")
    suite.extend(map(_test, tests))
    counts = {
        "tests": len(suite),
        "failures": len(suite.findall("testcase/failure")),
        "errors": 0,
        "skipped": len(suite.findall("testcase/skipped")),
    }
    suite.attrib = {"name": _clean(name), **{key: str(count) for key, count in counts.items()}, "time": "0"}
    return suite


def _test(test: Test) -> ET.Element:
    made = ET.Element("testcase", {"classname": _clean(test.code), "name": _clean(test.name)})
    if test.line is not None:
        made.attrib |= {"file": _clean(test.file), "line": str(test.line)}
    made.attrib["time"] = "0"
    text = _clean(test.text)
    if test.failure is not None:
        message, kind = map(_clean, test.failure)
        _add(made, "failure", message, text, type=kind)
    elif test.skipped is not None:
        _add(made, "skipped", _clean(test.skipped))
        if text:
            _add(made, "system-out", text=text)
    else:
        _add(made, "system-out", text=text)
    return made


def _counts(suites: Sequence[ET.Element]) -> dict[str, str]:
    return {key: str(sum(int(suite.attrib[key]) for suite in suites)) for key in ("tests", "failures", "errors")}


def _add(test: ET.Element, tag: str, message: str | None = None, text: str | None = None, **more: str) -> None:
    attributes = ({} if message is None else {"message": message}) | more
    ET.SubElement(test, tag, attributes).text = text


def _clean(text: str) -> str:
    """A text that XML may hold: without control characters, marks of direction and what is no character."""
    return _NO_XML.sub("\ufffd", "\n".join(map(printable, text.split("\n"))))
