"""What does not fit the format: the model finds it, and here each kind of misfit is a rule."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.agreement.misfits import NO_SUCH_VALUE
from checker.finding import At, Problem, Severity
from checker.rules.rule import reported, rule


@rule(
    "SLA020",
    "A word that the format does not know",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        working_time:
          office:
            timezone: Europe/Warsaw
            dayz: Monday to Friday       # SLA020
            days: Monday to Friday
            hours: "08:00 to 16:00"
        promices: {}                     # SLA020
        """,
    good="""
        working_time:
          office:
            timezone: Europe/Warsaw
            days: Monday to Friday
            hours: "08:00 to 16:00"
        """,
)
def unknown_key(agreement: Agreement) -> Iterator[Problem]:
    """
    Each section knows a fixed set of words before the colon. Another word is usually a slip of the pen, and what stands
    behind it would be left out in silence. The nearest known word is offered, else the words that are known there.
    """
    return reported(agreement, "unknown-key")


@rule(
    "SLA021",
    "Something is missing that an entry must have",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        people:
          ana: {name: Ana}                 # SLA021
        sales_promises:
          first-response:                  # SLA021
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            target: 90%
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
        """,
)
def missing_key(agreement: Agreement) -> Iterator[Problem]:
    """
    Very little must be written, but some of it cannot be guessed: a person's team, the time zone of a working time, the
    deadline of a promise. Every agreement has `format`, `agreement` and `stages`. Where the word is there and only
    misspelt, that is reported instead.
    """
    misspelt = {
        (*problem.at.path[:-1], problem.fixes[0].new)
        for problem in reported(agreement, "unknown-key")
        if problem.fixes and isinstance(problem.at, At)
    }
    for problem in reported(agreement, "missing-key"):
        if isinstance(problem.at, At) and problem.at.path not in misspelt:
            yield problem


@rule(
    "SLA022",
    "A value that cannot stand here",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        rates:
          lead_to_mql: 0.2                 # SLA022
        plan:
          months: 2027-01 to 2027-13       # SLA022
          average_deal: R$ 30,000          # SLA022
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4                      # SLA022
            target: 90%
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
        """,
    good="""
        rates:
          lead_to_mql: 20%
        plan:
          months: 2027-01 to 2027-12
          average_deal: R$ 30000
        sales_promises:
          first-response:
            promise: Call each new lead
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
        """,
)
def wrong_value(agreement: Agreement) -> Iterator[Problem]:
    """
    Values are written with their units, so that nobody has to guess: a share as `15%`, money as `R$ 30000` or `30000`
    without separators for thousands, a deadline as `4 business hours`, a month as `2027-03`, a time as `"09:30"` in
    quotes. Where there is a closed list of words, only those count. `yes` and `no`, where they are meant as a text,
    stand in quotes; so does a version such as `"2027.1"`.
    """
    return reported(agreement, "wrong-value")


@rule(
    "SLA023",
    "Lines, a list or one value in the wrong place",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        people: [ana, bruno]               # SLA023
        handoff:
          stage: mql
          channel: The queue
          must_have: phone                 # SLA023
        stages:
          mql: {team: marketing}
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
        fields:
          phone: {is: text}
        handoff:
          stage: mql
          channel: The queue
          must_have: [phone]
        stages:
          mql: {team: marketing}
        """,
)
def wrong_shape(agreement: Agreement) -> Iterator[Problem]:
    """
    Some words are followed by one value, some by a list, some by indented lines with words of their own. A person, for
    instance, is a name with lines below it. The message says which of the three is wanted.
    """
    return reported(agreement, "wrong-shape")


@rule(
    "SLA024",
    "Things that belong together, or exclude each other",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        fields:
          country: {is: one of}            # SLA024
        stages:
          sql:                             # SLA024
            team: sales
            at_least: 3
        """,
    good="""
        fields:
          country: {is: one of, values: [Brazil, Portugal]}
        stages:
          sql:
            team: sales
            at_least: 1
            of:
              - country: Brazil
              - country: Portugal
        """,
)
def goes_together(agreement: Agreement) -> Iterator[Problem]:
    """
    Some words need another one beside them: a field that is `one of` needs its `values`, `at_least` needs `of`. Others
    exclude each other: a line of an ordered list has either `when` or `otherwise`, hours stand either below `hours` or
    beside each day.
    """
    return reported(agreement, "goes-together")


@rule(
    "SLA025",
    "A day or a span that does not exist",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        plan:
          months: 2027-06 to 2027-01            # SLA025
        working_time:
          office:
            timezone: Europe/Warsaw
            days: Monday to Friday
            hours: "08:00 to 16:00"
            holidays: [2027-02-30]              # SLA025
        """,
    good="""
        plan:
          months: 2027-01 to 2027-06
        working_time:
          office:
            timezone: Europe/Warsaw
            days: Monday to Friday
            hours: "08:00 to 16:00"
            holidays: [2027-02-28]
        """,
)
def no_such_value(agreement: Agreement) -> Iterator[Problem]:
    """
    A date may be written in the right way and be on no calendar, as 30 February; a span may end before it begins. Both
    are usually a slip of the pen in one digit. So is a span of more than ten years, which no plan has.
    """
    return reported(agreement, NO_SUCH_VALUE)
