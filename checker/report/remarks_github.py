"""Remarks as GitHub's workflow commands: it shows them on the lines of a pull request.

GitHub shows at most ten errors, ten warnings and ten notices of a step, and says nothing of the rest. So the worst ten
are commands, one more command says how many others there are and where, and those stand in the log as plain lines.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from checker.finding import Place, Severity
from checker.language import Words
from checker.message import Message, Written, say
from checker.report.remark import Remark
from checker.report.repository import Repository
from checker.report.severities import SEVERITY
from checker.report.terminal import printable

MOST = 10
"""How many remarks become commands."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def remarks_github(
    remarks: Iterable[Remark],
    ending: Iterable[Message],
    further: Callable[[int], Message],
    words: Words,
    repository: Repository,
) -> str:
    """Commands, the other remarks, and the lines of the ending. `further` counts those that are no commands."""
    return "\n".join(_Report(words, repository).lines(remarks, ending, further)) + "\n"


class _Report:
    def __init__(self, words: Words, repository: Repository) -> None:
        self._words = words
        self._repository = repository

    def lines(
        self, remarks: Iterable[Remark], ending: Iterable[Message], further: Callable[[int], Message]
    ) -> Iterator[str]:
        ordered = sorted(remarks, key=lambda remark: remark.gravity)
        loud = [remark for remark in ordered if not remark.is_quiet]
        shown, others = loud[:MOST], loud[MOST:]
        yield from map(self._command, shown)
        if others:
            kind = "notice" if any(remark.is_grave for remark in shown) else "warning"
            yield self._about(others, further(len(others)), kind)
        yield from map(self._line, others + ordered[len(loud) :])
        for message in ending:
            yield _log(self._say(message))

    def _say(self, message: Message) -> str:
        return printable(self._words.say(message))

    def _command(self, remark: Remark) -> str:
        name = _COMMANDS[remark.severity if remark.is_grave else Severity.INFO]
        data = "\n".join([self._say(remark.message), "", *map(printable, remark.more)])
        title = f"{printable(remark.code)}: {printable(remark.name)}"
        return _written(name, self._place(remark.place), title, data)

    def _about(self, others: Sequence[Remark], title: Message, command: str) -> str:
        """How many remarks are no commands, and in which files; on the line of the first of them.

        It is of a kind of which there are not ten yet, or nobody would see it.
        """
        files = Counter(self._repository.file(remark.place.file) for remark in others)
        places = [self._say(say("{count} in {file}", count=count, file=Written(file))) for file, count in files.items()]
        data = self._say(say("{places}; each is in the log of this step", places=", ".join(places)))
        return _written(command, self._place(others[0].place), self._say(title), data)

    def _line(self, remark: Remark) -> str:
        place = remark.place
        file = printable(self._repository.file(place.file))
        severity = self._say(SEVERITY[remark.severity])
        message = self._say(remark.message)
        code = printable(remark.code)
        return _log(f"{file}:{place.line}:{place.column}: {severity}[{code}] {message} ({remark.help})")

    def _place(self, place: Place) -> dict[str, str | int]:
        file = printable(self._repository.file(place.file))
        return {"file": file, "line": place.line, "col": place.column, "endColumn": max(place.end_column, place.column)}


def _written(name: str, place: dict[str, str | int], title: str, data: str) -> str:
    properties = {**place, "title": title}
    written = ",".join(f"{key}={str(value).translate(_IN_PROPERTIES)}" for key, value in properties.items())
    return f"::{name} {written}::{data.translate(_IN_DATA)}"


def _log(text: str) -> str:
    """A line that is no command: neither `::name` at its beginning nor the older `##[name]` anywhere."""
    text = text.replace("##[", "# #[")
    return f". {text}" if text.lstrip().startswith("::") else text
