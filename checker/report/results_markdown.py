"""Results as a digest that stands alone on a phone: in an issue, a mail, the summary of a nightly run.

First how old the data is, then what needs somebody, side by side with its numbers. What is kept takes one line a side;
what cannot be judged is folded, with what would unlock it.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote as escaped_address

from checker.finding import Finding, Place
from checker.message import Message, Written, say, say_counted
from checker.report.finding_words import waiver
from checker.report.markdown_parts import LONGEST, fold, items, length, mark_of
from checker.report.markdown_text import code_span, markdown_text
from checker.report.result_remarks import findings_of, place_of
from checker.report.result_words import SIDES, STATUSES, age, judgeable, left_out, needs_somebody, told, unlocked
from checker.report.results_text import month_text
from checker.report.results_view import ResultsView
from checker.report.severities import SEVERITY, gravity
from checker.verdict import Outlook, Result, Results, Status

_SIGNS = {
    Status.MET: "✅",
    Status.MISSED: "❌",
    Status.OPEN: "⏳",
    Status.NO_DATA: "➖",
    Status.NOT_MEASURABLE: "❔",
}
_WARNING = "⚠️"
_FINDINGS_SHOWN = 20
Shown = Sequence[Result]


def results_markdown(results: Results, view: ResultsView, where: str) -> str:
    """The digest of the agreement at `where`; its last line is a mark by which a comment is found again."""
    return _Digest(results, view).whole(where)


def mark(where: str) -> str:
    """What no reader sees and tells the digest of one agreement from all others."""
    return mark_of("sla check", where)


class _Digest:
    def __init__(self, results: Results, view: ResultsView) -> None:
        self._results = results
        self._view = view
        self._told = [shown for shown in told(results) if shown]

    def whole(self, where: str) -> str:
        lead = [self._say(message) for message in age(self._results)] + [self._lead()]
        ending = [self._last(where), mark(where)]
        room = LONGEST - length("\n\n".join([*lead, *ending])) - 400
        return "\n\n".join([*lead, *self._fitting(room), *ending]) + "\n"

    def _say(self, message: Message) -> str:
        return markdown_text(self._view.words.say(message))

    # ------------------------------------------------------------ what needs somebody

    def _lead(self) -> str:
        """What is worst, in one sentence."""
        for holds, sign, verdict in _VERDICTS:
            if found := [next(filter(holds, shown)) for shown in self._told if any(map(holds, shown))]:
                first = Written(self._view.sentence(found[0]))
                return f"{sign} **{self._say(verdict(len(found), first))}**"
        return f"{_SIGNS[Status.NOT_MEASURABLE]} **{self._say(say('No promise could be judged yet'))}**"

    def _fitting(self, room: int) -> Iterator[str]:
        """As many blocks as a comment holds, and a word where some did not fit."""
        for block in self._blocks():
            room -= length(block) + 2
            if room < 0:
                yield self._say(
                    say("There is more, which does not fit here: the results as text or JSON have all of it.")
                )
                return
            yield block

    def _blocks(self) -> Iterator[str]:
        for side, name in SIDES.items():
            own = [shown for shown in self._told if shown[0].owes == side]
            if any(map(_is_judged, own)):
                yield f"### {self._say(name)}"
                yield from self._side(own)
        unjudged = [shown for shown in self._told if not _is_judged(shown)]
        if unjudged:
            yield self._unjudged(unjudged)
        if found := findings_of(self._results):
            yield self._findings(found)

    def _side(self, own: Sequence[Shown]) -> Iterator[str]:
        urgent = [shown for shown in own if any(map(needs_somebody, shown))]
        if urgent:
            urgent.sort(key=lambda shown: min(map(_urgency, shown)))
            yield "\n".join(line for shown in urgent for line in self._urgent(shown))
        calm = [shown for shown in own if shown not in urgent and _is_judged(shown)]
        lines = []
        for status in (Status.MET, Status.OPEN, Status.NO_DATA):
            if alike := [shown for shown in calm if shown[0].status is status]:
                names = ", ".join(self._link(shown[0]) for shown in alike)
                lines.append(f"{_SIGNS[status]} {self._say(_CALM[status])}: {names}")
        if lines:
            yield items(lines)

    def _urgent(self, shown: Shown) -> Iterator[str]:
        """A promise that somebody should look at: its sentence, and below it each month with what stands beside it."""
        worst = min(shown, key=_urgency)
        sign = _SIGNS[Status.MISSED] if worst.status is Status.MISSED else _WARNING
        yield f"- {sign} **{markdown_text(self._view.sentence(worst))}** ({self._link(worst)})"
        for result in shown:
            first, *others = map(markdown_text, self._lines(result))
            mark = _WARNING if result.outlook is not None and needs_somebody(result) else _SIGNS[result.status]
            yield f"  - {mark} {self._say(STATUSES[result.status])}, {first}"
            if needs_somebody(result):
                yield from (f"    - {line}" for line in others)

    # ------------------------------------------------------------ what is folded

    def _unjudged(self, unjudged: Sequence[Shown]) -> str:
        """What cannot be judged, why, and what would unlock it."""
        count = say_counted(
            "{count} promise cannot be judged on this data",
            "{count} promises cannot be judged on this data",
            count=len(unjudged),
        )
        needed = [self._say(message) for message in unlocked(self._results)]
        reasons = [
            f"{self._link(shown[0])}: {markdown_text(line)}" for shown in unjudged for line in self._lines(shown[0])[:1]
        ]
        return fold(self._say(count), "\n\n".join(filter(None, [items(needed), items(reasons)])))

    def _findings(self, findings: Sequence[Finding]) -> str:
        """What the data says about lines of the agreement."""
        standing = sorted(findings, key=gravity)
        lines = [self._finding(finding) for finding in standing[:_FINDINGS_SHOWN]]
        if len(standing) > _FINDINGS_SHOWN:
            more = len(standing) - _FINDINGS_SHOWN
            lines.append(self._say(say_counted("and {count} more", "and {count} more", count=more)))
        told = say_counted(
            "What the data says about the agreement: {count} finding",
            "What the data says about the agreement: {count} findings",
            count=len(standing),
        )
        return fold(self._say(told), items(lines))

    def _finding(self, finding: Finding) -> str:
        address = escaped_address(finding.help, safe=":/?#=&%~.-_+", errors="replace")
        rule = f"{self._say(SEVERITY[finding.severity])} [{markdown_text(finding.code)}]({address})"
        told = f"{rule}, {self._place(finding.place)}: {self._say(finding.message)}"
        return f"{told} ({self._say(waiver(finding.waived))})" if finding.waived else told

    # ------------------------------------------------------------ pieces

    def _lines(self, result: Result) -> list[str]:
        return month_text(self._results, result, self._view.words, self._view.currency)

    def _link(self, result: Result) -> str:
        """A promise's id, which leads to its line where the address is known."""
        link = self._view.repository.link(place_of(result))
        name = markdown_text(result.promise)
        return f"[{name}]({link})" if link else name

    def _place(self, place: Place) -> str:
        file = Written(self._view.repository.file(place.file))
        shown = self._say(say("{file}, line {line}", file=file, line=place.line))
        link = self._view.repository.link(place)
        return f"[{shown}]({link})" if link else shown

    def _last(self, where: str) -> str:
        told = [judgeable(self._results), *left_out(self._results)]
        data = self._results.data
        if data.rejected:
            told.append(
                say_counted("{count} row could not be used", "{count} rows could not be used", count=data.rejected)
            )
        at_home = self._say(say("On your own computer:"))
        return f"{items([self._say(message) for message in told])}\n\n{at_home} {code_span(_command(where))}"


def _urgency(result: Result) -> int:
    """For sorting, the worst first."""
    if result.status is Status.MISSED:
        return 0
    return _OUTLOOKS.index(result.outlook) + 1 if result.outlook in _OUTLOOKS else len(_OUTLOOKS) + 1


_OUTLOOKS = (Outlook.LOST, Outlook.AT_RISK)


def _is_judged(shown: Shown) -> bool:
    return any(result.status is not Status.NOT_MEASURABLE for result in shown)


def _command(where: str) -> str:
    return f"sla check {shlex.quote(where)}"


_CALM = {
    Status.MET: say("kept"),
    Status.OPEN: say("on course"),
    Status.NO_DATA: say("nothing fell due"),
}
_VERDICTS: tuple[tuple[Callable[[Result], bool], str, Callable[[int, Written], Message]], ...] = (
    (
        lambda result: result.status is Status.MISSED,
        _SIGNS[Status.MISSED],
        lambda count, first: say_counted(
            "{count} promise was missed: {first}",
            "{count} promises were missed, the first: {first}",
            count=count,
            first=first,
        ),
    ),
    (
        lambda result: result.outlook is Outlook.LOST,
        _WARNING,
        lambda count, first: say_counted(
            "{count} promise can no longer be kept: {first}",
            "{count} promises can no longer be kept, the first: {first}",
            count=count,
            first=first,
        ),
    ),
    (
        lambda result: result.outlook is Outlook.AT_RISK,
        _WARNING,
        lambda count, first: say_counted(
            "{count} promise is at risk: {first}",
            "{count} promises are at risk, the first: {first}",
            count=count,
            first=first,
        ),
    ),
    (
        lambda result: result.status is Status.MET,
        _SIGNS[Status.MET],
        lambda count, first: say_counted(
            "{count} promise was kept, and none was missed: {first}",
            "{count} promises were kept, and none was missed",
            count=count,
            first=first,
        ),
    ),
)
"""What may be the worst: which results it holds for, its sign, and its sentence by count and first promise."""
