"""Results for people, at a terminal: a page that a director can read, what matters most first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from checker.language import from_json
from checker.message import Argument, Message, all_of, say, say_counted
from checker.quantity import Money, Month, Share
from checker.record import Said
from checker.report.beside_words import left_out_in_words, now_in_words, together_in_words
from checker.report.in_force_words import by_which_version, versions_in_force
from checker.report.result_words import SIDES, STATUSES, age, judgeable, left_out, shown_of, summary, unlocked
from checker.report.terminal import Paint, Style, printable, width
from checker.standing import counted, is_about_now
from checker.verdict import BLANK, Evidence, FunnelCount, Outlook, Result, Results, Status

if TYPE_CHECKING:
    from checker.language import Words

_MARKS: dict[Status, tuple[str, Style]] = {
    Status.MET: ("✓", Style.GOOD),
    Status.MISSED: ("✗", Style.ERROR),
    Status.OPEN: ("…", Style.INFO),
    Status.NO_DATA: ("–", Style.QUIET),
    Status.NOT_MEASURABLE: ("?", Style.QUIET),
}
_OUTLOOKS: dict[Outlook, Message] = {
    Outlook.ON_COURSE: say("on course"),
    Outlook.AT_RISK: say("at risk"),
    Outlook.LOST: say("can no longer be kept"),
}
_OUTLOOK_STYLES = {Outlook.ON_COURSE: Style.GOOD, Outlook.AT_RISK: Style.WARNING, Outlook.LOST: Style.ERROR}
MONTHS_SHOWN = 6
LEADS_SHOWN = 5
EXAMPLES_SHOWN = 3
FINDINGS_SHOWN = 6
LINES_SHOWN = 3
_FINDING_ORDER = ("error", "warning", "info")
_FINDING_STYLES = {"error": Style.ERROR, "warning": Style.WARNING, "info": Style.INFO}


def results_text(
    results: Results, words: Words, sentences: Mapping[str, str], currency: str, *, has_colour: bool = False
) -> str:
    """The page. `sentences` are the promises in words by their id, `currency` is that of amounts (may be empty)."""
    return _Page(results, words, sentences, currency, Paint(has_colour)).whole()


def month_text(results: Results, result: Result, words: Words, currency: str) -> list[str]:
    """The lines about one result: its month and numbers, then what stands beside them."""
    return list(_Page(results, words, {}, currency, Paint()).month(result))


def _style(result: Result) -> Style:
    return _MARKS[result.status][1] if result.outlook is None else _OUTLOOK_STYLES[result.outlook]


class _Page:
    def __init__(
        self, results: Results, words: Words, sentences: Mapping[str, str], currency: str, paint: Paint
    ) -> None:
        self._results = results
        self._words = words
        self._sentences = sentences
        self._currency = currency
        self._paint = paint

    def whole(self) -> str:
        blocks = [list(self._head()), list(self._coverage_of_promises())]
        blocks += [list(self._side(side)) for side in SIDES]
        blocks += [list(self._findings()), list(self._funnel()), list(self._data())]
        return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"

    def _say(self, message: Message) -> str:
        return printable(self._words.say(message))

    def _said(self, said: Said) -> str:
        return self._say(from_json(said.model_dump()))

    # ------------------------------------------------------------ the head

    def _head(self) -> Iterator[str]:
        yield self._paint(printable(self._results.agreement), Style.STRONG)
        yield from map(self._say, age(self._results))
        yield from map(self._say, versions_in_force(self._results))

    def _coverage_of_promises(self) -> Iterator[str]:
        yield self._say(judgeable(self._results))
        yield from (f"  {self._say(message)}" for message in unlocked(self._results))
        if is_about_now(self._results) and counted(self._results).total() > 1:
            yield self._say(summary(self._results, self._words))

    # ------------------------------------------------------------ promises

    def _side(self, side: str) -> Iterator[str]:
        own = [result for result in self._results.results if result.owes == side]
        if own:
            yield self._paint(self._say(SIDES[side]), Style.STRONG)
        for name, months in groupby(own, key=lambda result: result.promise):
            yield from self._promise(name, list(months))

    def _promise(self, name: str, results: Sequence[Result]) -> Iterator[str]:
        shown = shown_of(results)
        # several months were asked for: what was missed in one was not kept
        told = next((result for result in shown if result.status is Status.MISSED), shown[0])
        is_mixed = {Status.MET, Status.MISSED} <= {result.status for result in shown if result.judged}
        sentence = printable(self._sentences.get(name) or self._sentences.get(name.partition(".")[0], ""))
        yield f"  {self._mark(told)} {self._status(told)}: {sentence} ({printable(name)})"
        for result in shown:
            first, *more = self.month(result)
            yield f"      {self._mark(result)} {first}" if is_mixed and result.judged else f"      {first}"
            yield from (f"      {line}" for line in more)

    def _mark(self, result: Result) -> str:
        return self._paint(_MARKS[result.status][0], _style(result))

    def _status(self, result: Result) -> str:
        return self._paint(self._say(STATUSES[result.status]), _style(result))

    def month(self, result: Result) -> Iterator[str]:
        """A month and its numbers, and what stands beside them."""
        month = Month.parse(result.period)
        why = "" if result.said is None else self._said(result.said)
        if result.status is Status.NOT_MEASURABLE:
            yield self._say(say("{month}: {why}", month=month, why=why))
            return
        if result.status is Status.NO_DATA:
            yield self._say(say("{month}: nothing fell due", month=month))
        elif result.status is Status.OPEN and result.outlook is not None:
            outlook = self._say(_OUTLOOKS[result.outlook])
            line = self._say(say("{month}: {outlook} ({why})", month=month, outlook=outlook, why=why))
            yield line.replace(outlook, self._paint(outlook, _OUTLOOK_STYLES[result.outlook]), 1)
        else:
            yield self._say(say("{month}: {numbers}", month=month, numbers=self._numbers(result)))
        yield from self._notes(result)

    def _numbers(self, result: Result) -> Message:
        target = _exact(result.target)
        if result.unit == "share" and result.denominator:
            part, whole = _exact(result.numerator), _exact(result.denominator)
            share = Share(part / whole)
            if result.at_most:
                return say(
                    "{part} of {whole}, or {share}; at most {target} promised",
                    part=part,
                    whole=whole,
                    share=share,
                    target=Share(target),
                )
            return say(
                "{part} of {whole}, or {share}; {target} promised",
                part=part,
                whole=whole,
                share=share,
                target=Share(target),
            )
        if result.said is not None and (result.at_most or result.unit == "multiple"):
            why, limit = self._said(result.said), self._amount(result, target)
            if result.at_most:
                return say("{numbers}; at most {target} promised", numbers=why, target=limit)
            return say("{numbers}; {target} times promised", numbers=why, target=limit)
        actual = self._amount(result, _exact(result.actual))
        return say("{actual} of {target} promised", actual=actual, target=self._amount(result, target))

    def _amount(self, result: Result, value: Fraction) -> Argument:
        return Money(value, self._currency) if result.unit == "money" and self._currency else value

    def _notes(self, result: Result) -> Iterator[str]:
        """What stands beside the numbers: how sure they are, what was left out, and the leads that did not go well."""
        if result.status is Status.MISSED and result.evidence is Evidence.TOO_FEW:
            yield self._say(_chance(result))
        pooled = together_in_words(result)
        if pooled is not None:
            yield self._say(pooled)
        for message in now_in_words(result, self._currency):
            yield self._say(message)
        notes = [self._say(message) for message in _left_out(result)]
        if result.agreement != self._results.version:
            notes.append(self._say(by_which_version(result)))
        if notes:
            yield self._say(say("besides: {notes}", notes="; ".join(notes)))
        if result.offenders and result.status in (Status.MISSED, Status.OPEN):
            named = result.offenders[:LEADS_SHOWN]
            further = result.offender_count - len(named)
            leads = ", ".join(printable(lead) for lead in named)
            if further > 0:
                message = say_counted(
                    "leads: {leads} and {count} more", "leads: {leads} and {count} more", count=further, leads=leads
                )
            else:
                message = say("leads: {leads}", leads=leads)
            yield self._paint(self._say(message), Style.QUIET)

    # ------------------------------------------------------------ the agreement

    def _findings(self) -> Iterator[str]:
        """What the data says about lines of the agreement, warnings first; each with its line and what to do."""
        found = [finding for finding in self._results.findings if finding.waived is None]
        if found:
            yield self._paint(self._say(say("What the data says about the agreement")), Style.STRONG)
        found.sort(key=lambda finding: _FINDING_ORDER.index(finding.severity))
        for finding in found[:FINDINGS_SHOWN]:
            mark = self._paint(printable(f"[{finding.code}]"), _FINDING_STYLES[finding.severity])
            yield f"  {printable(finding.file)}:{finding.line}: {mark} {self._said(finding.said.message)}"
            yield from (f"      {self._said(told)}" for told in finding.said.follows)
            lines = list(zip(finding.because, finding.said.because, strict=True))
            for line, told in lines[:LINES_SHOWN]:
                text = printable(line.message) if told is None else self._said(told)
                yield f"      {printable(line.file)}:{line.line}: {text}"
            further = len(lines) - LINES_SHOWN
            if further > 0:
                yield "      " + self._say(
                    say_counted("and {count} more line", "and {count} more lines", count=further)
                )
            for number, told in enumerate(finding.said.choices, 1):
                yield f"      {number}. {self._said(told)}"
        if len(found) > FINDINGS_SHOWN:
            more = say_counted(
                "and {count} more, in the results as JSON",
                "and {count} more, in the results as JSON",
                count=len(found) - FINDINGS_SHOWN,
            )
            yield "  " + self._say(more)
        waived = len(self._results.findings) - len(found)
        if waived:
            yield "  " + self._say(say_counted("{count} is waived", "{count} are waived", count=waived))
        if found:
            command = say("why these rules: {command}", command=f"sla explain {found[0].code}")
            yield "  " + self._paint(self._say(command), Style.QUIET)

    # ------------------------------------------------------------ the funnel

    def _funnel(self) -> Iterator[str]:
        """The last months of the funnel: how many reached each stage, of how many planned."""
        totals = [count for count in self._results.funnel if count.channel is None]
        months = sorted({count.period for count in totals})[-MONTHS_SHOWN:]
        stages = list(dict.fromkeys(count.stage for count in totals))
        if not months:
            return
        cells = {(count.period, count.stage): self._cell(count) for count in totals}
        rows = [["", *(printable(stage) for stage in stages)]]
        for month in months:
            name = self._words.month(Month.parse(month))
            rows.append([name, *(cells.get((month, stage), "") for stage in stages)])
        yield self._paint(self._say(say("Leads that reached each stage, of how many planned")), Style.STRONG)
        yield from (f"  {line}" for line in _table(rows))
        if any(not count.complete and count.count is not None for count in totals if count.period in months):
            yield "  " + self._say(say("* a part of the month only"))

    def _cell(self, count: FunnelCount) -> str:
        if count.count is None:
            return "–"
        number = self._words.number(count.count) + ("" if count.complete else "*")
        return number if count.target is None else f"{number} / {self._words.number(_exact(count.target))}"

    # ------------------------------------------------------------ the data

    def _data(self) -> Iterator[str]:
        data = self._results.data
        yield self._paint(self._say(say("About the data")), Style.STRONG)
        yield "  " + self._say(say("read: {files}", files=all_of([printable(name) for name in data.files])))
        if data.rejected:
            message = say_counted(
                "{count} row could not be used", "{count} rows could not be used", count=data.rejected
            )
            yield "  " + self._say(message)
            for reject in data.rejects[:EXAMPLES_SHOWN]:
                spot = printable(reject.file) + (f":{reject.line}" if reject.line is not None else "")
                yield f"    {spot}: {printable(reject.reason)}"
        blanks = 0
        for quality in self._results.untold_quality():
            if quality.what == BLANK:
                blanks += 1
            elif quality.said is not None:
                yield "  " + self._said(quality.said)
        if blanks:
            message = say_counted("{count} column has blanks", "{count} columns have blanks", count=blanks)
            yield "  " + self._say(message)
        for left in left_out(self._results):
            yield "  " + self._paint(self._say(left), Style.QUIET)


def _exact(value: float | int | None) -> Fraction:
    """The number that was written down, with its decimals."""
    return Fraction(str(value or 0))


def _chance(result: Result) -> Message:
    """How easily a team that keeps its promise misses it with so few leads."""
    months = round(10 * (result.missed_by_chance or 0))
    if months == 0:
        return say("too few to tell, but a team that really keeps this misses it in less than 1 month of 20")
    return say_counted(
        "too few to tell: a team that really keeps this misses it in {count} month of 10",
        "too few to tell: a team that really keeps this misses it in {count} months of 10",
        count=months,
    )


def _left_out(result: Result) -> Iterator[Message]:
    if result.waiting and result.status is Status.OPEN:
        yield say_counted("{count} is not due yet", "{count} are not due yet", count=result.waiting)
    if result.cannot_tell:
        yield say_counted("{count} does not say enough", "{count} do not say enough", count=result.cannot_tell)
    if result.by_silence:
        yield say_counted("{count} by silence", "{count} by silence", count=result.by_silence)
    if result.again is not None and result.again.denominator:
        yield say_counted(
            "{kept} of {count} second handoff in time",
            "{kept} of {count} second handoffs in time",
            count=result.again.denominator,
            kept=result.again.numerator,
        )
    yield from left_out_in_words(result)


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns of equal width; numbers end below each other."""
    widths = [max(width(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        first = row[0] + " " * (widths[0] - width(row[0]))
        cells = [" " * (wide - width(cell)) + cell for cell, wide in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join([first, *cells]).rstrip()
