"""Waivers: remarks by which a company accepts a finding for a while. What is wrong with them is a finding, too.

These rules run after all others, on what became of each waiver. None of them can be waived.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from checker.agreement import Agreement
from checker.finding import Because, Problem, Severity, WaiverUse
from checker.message import Written, say
from checker.rules.catalogue import rule_of
from checker.rules.rule import TODAY, WAIVERS, reported, rule

_PREFIX = "SLA"
_DIGIT = re.compile("[0-9]")


@rule(
    "SLA730",
    "A waiver that does not count",
    severity=Severity.ERROR,
    since="0.1",
    needs=(WAIVERS,),
    bad="""
        people:
          # sla: waive[SLA805]                                              # SLA730
          # sla: waiv[SLA805] until 2027-12-31 we write them down in May    # SLA730
          # sla: waive[SLA805] until 2027-02-30 we write them down in May   # SLA730
          ana: {name: Ana, team: sales}
        """,
    good="""
        people:
          # sla: waive[SLA805] until 2027-12-31 we write them down in May
          ana: {name: Ana, team: sales}
        """,
)
def waiver_that_does_not_count(agreement: Agreement, _: Sequence[WaiverUse]) -> Iterator[Problem]:
    """
    A finding that both teams accept for a while is waived by a remark: on the line that it is reported on, or alone on
    a line directly above it. The remark names the rules, the last day, and the reason:
    `# sla: waive[SLA301] until 2026-12-31 the new CRM field comes in December`.

    Nothing of that may be left out, and the date must exist. A waiver that is written in another way waives nothing, so
    it is reported, with what to write.
    """
    return reported(agreement, "waiver")


@rule(
    "SLA731",
    "A waiver of a rule that does not exist",
    severity=Severity.ERROR,
    since="0.1",
    needs=(WAIVERS,),
    bad="""
        people:
          ana: {name: Ana, team: sales} # sla: waive[SLA999] until 2027-12-31 she is away # SLA731
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
        """,
)
def waiver_of_no_rule(_: Agreement, uses: Sequence[WaiverUse]) -> Iterator[Problem]:
    """
    Findings print the code of their rule in brackets, as in `error[SLA301]`: that is what a waiver names. A code that
    no rule has waives nothing.
    """
    for use in uses:
        code = use.waived.code
        if rule_of(code) is not None:
            continue
        meant = _PREFIX + "".join(_DIGIT.findall(code.replace("O", "0")))
        yield Problem(
            use.waived.place,
            say("there is no rule {code}", code=Written(code)),
            note=say("did you mean {guess}?", guess=Written(meant))
            if rule_of(meant)
            else say("findings print their code in brackets, as in {example}", example=Written("error[SLA101]")),
        )


@rule(
    "SLA732",
    "A waiver of what cannot be waived",
    severity=Severity.ERROR,
    since="0.1",
    needs=(WAIVERS,),
    bad="""
        people:
          ana: {name: Ana, team: sales} # sla: waive[SLA020] until 2027-12-31 she is away # SLA732
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
        """,
)
def waiver_of_what_cannot_be_waived(_: Agreement, uses: Sequence[WaiverUse]) -> Iterator[Problem]:
    """
    Rules whose codes begin with SLA0 are about reading the agreement at all: what cannot be read, or does not fit the
    format, cannot be judged either, and no reason helps. Nor can a finding about a waiver be waived by another waiver.
    """
    for use in uses:
        found = rule_of(use.waived.code)
        code = Written(use.waived.code)
        if found is not None and found.is_about_reading:
            yield Problem(
                use.waived.place,
                say("{code} is about reading the agreement and cannot be waived: mend the line", code=code),
            )
        elif found is not None and found.is_about_waivers:
            yield Problem(
                use.waived.place, say("{code} is about waivers and cannot be waived: mend the waiver", code=code)
            )


@rule(
    "SLA733",
    "A waiver whose day has passed",
    severity=Severity.WARNING,
    since="0.1",
    needs=(TODAY, WAIVERS),
    bad="""
        people:
          ana: {name: Ana, team: sales} # sla: waive[SLA108] until 2027-02-28 she is away # SLA733
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
        """,
)
def expired_waiver(_: Agreement, today: date, uses: Sequence[WaiverUse]) -> Iterator[Problem]:
    """
    A waiver holds up to and with its day. From the next day on what it waived is reported again, and counts. Either
    the reason is still good, and both teams agree on a later day, or the line is mended and the remark deleted.

    Which day it is must be told (`--as-of`): without it no waiver is ever over, so that the same text is always judged
    in the same way.
    """
    for use in uses:
        found = rule_of(use.waived.code)
        until = use.waived.waiver.until
        if found is None or not found.can_be_waived or until >= today:
            continue
        if use.is_used or not use.is_judged:
            message = say(
                "this waiver held until {day}: {code} counts again; mend the line, or agree on a later day",
                day=until,
                code=Written(use.waived.code),
            )
        else:
            message = say("this waiver held until {day}, and is not needed any more: delete it", day=until)
        yield Problem(use.waived.place, message)


@rule(
    "SLA734",
    "A waiver that waives nothing",
    severity=Severity.WARNING,
    since="0.1",
    needs=(WAIVERS,),
    bad="""
        people:
          # sla: waive[SLA108] until 2027-12-31 the new CRM comes in May # SLA734
          ana: {name: Ana, team: sales}
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
        """,
)
def unused_waiver(_: Agreement, uses: Sequence[WaiverUse]) -> Iterator[Problem]:
    """
    A waiver speaks of the line that it stands on, or of the line directly below it, and of the findings that are
    reported there: not of the other lines of their conflict. Where none of its rules reports anything there, the line
    has been mended, or has moved away. A waiver that stays behind would hide the next mistake.
    """
    for use in uses:
        found = rule_of(use.waived.code)
        if use.is_used or use.is_over or not use.is_judged or found is None or not found.can_be_waived:
            continue
        code = Written(use.waived.code)
        if use.elsewhere is not None:
            yield Problem(
                use.waived.place,
                say(
                    "{code} is not reported on line {line}, but on line {other}: put the waiver there",
                    code=code,
                    line=use.waived.line,
                    other=use.elsewhere.line,
                ),
                because=(Because(use.elsewhere, say("the line that {code} is reported on", code=code)),),
            )
        else:
            yield Problem(
                use.waived.place,
                say(
                    "{code} reports nothing on line {line}, so there is nothing to waive: delete it",
                    code=code,
                    line=use.waived.line,
                ),
            )
