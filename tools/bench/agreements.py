"""Agreements of any length, consistent and of the usual make-up, to time `sla validate` on."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent

HEAD = """\
format: sla/v1
agreement: An agreement of {lines} lines
status: draft
language: en
currency: EUR

people:
  helena: {{name: Helena Prado, team: marketing}}
  tomas: {{name: Tomás Quintela, team: sales}}

working_time:
  office:
    timezone: Europe/Warsaw
    days: Monday to Friday
    hours: "08:00 to 16:00"
    holidays: {{country: PL}}

plan:
  months: 2027-01 to 2027-06
  average_deal: 30000

rates:
  lead_to_mql: 20%
  mql_to_customer: 10%

stages:
  lead: {{name: Lead, team: marketing}}
  mql:
    name: Marketing qualified lead (MQL)
    team: marketing
    all:
      - meets: group_1
  customer: {{name: Customer, team: sales, is: won}}

handoff:
  stage: mql
  channel: The "New leads" queue

sales_promises:
  first-response:
    promise: Call each new lead within half a working day
    starts: handed_off
    stops: first_personal_contact
    within: 4 business hours
    target: 90%
"""
# What one more subject brings: section -> its lines. Together they are one unit of length.
UNIT = {
    "channels": """\
channel_{n}:
  name: Channel {n}
  team: marketing
  budget: 18000 a month
  rates:
    lead_to_mql: 20%
""",
    "targets": """\
channel_{n}:
  2027-01 to 2027-03: 30
  2027-04 to 2027-06: 40
""",
    "fields": """\
field_{n}:
  is: whole number
  from: 0
  to: 5000
source_{n}:
  is: one of
  values: [search, fair, letter, other]
""",
    "groups": """\
group_{n}:
  why: Looked at together
  all:
    - field_{n}: 50 to 2000
    - source_{n}: [search, fair]
""",
    "marketing_promises": """\
speed-{n}:
  promise: Leads of this kind reach the queue at once
  only: {{meets: group_{n}}}
  starts: became_mql
  stops: handed_off
  within: 15 minutes
  target: 98%
""",
    "dictionary": """\
term {n}:
  means: What both teams call subject {n}
""",
}
_UNIT_LINES = sum(text.count("\n") for text in UNIT.values())
_OTHER_LINES = HEAD.count("\n") + len(UNIT) + 1


def units_of(lines: int) -> int:
    """How many units make an agreement of about so many lines; at least one."""
    return max(1, round((lines - _OTHER_LINES) / _UNIT_LINES))


def agreement_of(lines: int) -> str:
    """The text of an agreement of `lines` lines, give or take half a unit. `sla validate` finds no error in it."""
    return HEAD.format(lines=lines) + "".join(_sections(units_of(lines)))


def _sections(units: int) -> Iterator[str]:
    for section, unit in UNIT.items():
        entries = "".join(unit.format(n=number) for number in range(1, units + 1))
        if section == "targets":
            yield f"targets:\n  mql:\n{indent(entries, '    ')}"
        else:
            yield f"{section}:\n{indent(entries, '  ')}"
