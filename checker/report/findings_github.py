"""Findings as GitHub's workflow commands: remarks on the lines of a pull request.

GitHub shows at most ten errors, ten warnings and ten notices of a step, and says nothing of the rest. So the worst ten
are commands, one more command says how many others there are and where, and those stand in the log as plain lines.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from checker.finding import Finding, Findings, Place, Severity
from checker.language import Words
from checker.message import Message, Written, say, say_counted
from checker.report.finding_words import explanation
from checker.report.repository import Repository
from checker.report.severities import SEVERITY, gravity
from checker.report.summary import not_looked_at, proofs, summary
from checker.report.terminal import printable

MOST = 10
"""How many findings become remarks."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def findings_github(findings: Findings, words: Words, where: str, repository: Repository) -> str:
    """Commands, the other findings, and a last line that sums them up. `where` is what was reviewed."""
    return "\n".join(_Report(words, repository).lines(findings, where)) + "\n"


class _Report:
    def __init__(self, words: Words, repository: Repository) -> None:
        self._words = words
        self._repository = repository

    def lines(self, findings: Findings, where: str) -> Iterator[str]:
        ordered = sorted(findings.findings, key=gravity)
        shown, others = ordered[:MOST], ordered[MOST:]
        yield from map(self._remark, shown)
        if others:
            yield self._about(others, "notice" if any(map(_is_grave, shown)) else "warning")
            yield from map(self._line, others)
        for message in (*not_looked_at(findings, self._words), *proofs(findings), summary(findings, where)):
            yield _log(self._say(message))

    def _say(self, message: Message) -> str:
        return printable(self._words.say(message))

    def _remark(self, finding: Finding) -> str:
        command = _COMMANDS[finding.severity if _is_grave(finding) else Severity.INFO]
        more = (printable(line) for line in explanation(finding, self._words, self._spot))
        data = "\n".join([self._say(finding.message), "", *more])
        return _command(command, self._place(finding.place), f"{finding.code}: {printable(finding.name)}", data)

    def _about(self, others: Sequence[Finding], command: str) -> str:
        """How many findings have no remark of their own, and in which files; on the line of the first of them.

        It is of a kind of which there are not ten yet, or nobody would see it.
        """
        title = say_counted("{count} more finding", "{count} more findings", count=len(others))
        files = Counter(self._repository.file(finding.place.file) for finding in others)
        places = [self._say(say("{count} in {file}", count=count, file=Written(file))) for file, count in files.items()]
        data = self._say(say("{places}; each is in the log of this step", places=", ".join(places)))
        return _command(command, self._place(others[0].place), self._say(title), data)

    def _line(self, finding: Finding) -> str:
        place = finding.place
        file = printable(self._repository.file(place.file))
        severity = self._say(SEVERITY[finding.severity])
        message = self._say(finding.message)
        return _log(f"{file}:{place.line}:{place.column}: {severity}[{finding.code}] {message} ({finding.help})")

    def _place(self, place: Place) -> dict[str, str | int]:
        file = printable(self._repository.file(place.file))
        return {"file": file, "line": place.line, "col": place.column, "endColumn": max(place.end_column, place.column)}

    def _spot(self, place: Place) -> str:
        return f"{self._repository.file(place.file)}:{place.line}"


def _is_grave(finding: Finding) -> bool:
    """Whether it is more than a notice."""
    return finding.waived is None and finding.severity is not Severity.INFO


def _command(name: str, place: dict[str, str | int], title: str, data: str) -> str:
    properties = {**place, "title": title}
    written = ",".join(f"{key}={str(value).translate(_IN_PROPERTIES)}" for key, value in properties.items())
    return f"::{name} {written}::{data.translate(_IN_DATA)}"


def _log(text: str) -> str:
    """A line that is no command: neither `::name` at its beginning nor the older `##[name]` anywhere."""
    text = text.replace("##[", "# #[")
    return f". {text}" if text.lstrip().startswith("::") else text
