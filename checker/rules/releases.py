"""The releases of an agreement: whether their versions, days, signatures and texts fit each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from checker.agreement import Agreement
from checker.agreement.history import History, Released
from checker.agreement.versions import compared
from checker.finding import At, Because, Problem, Severity
from checker.message import Message, Written, all_of, say
from checker.rules.names import SIDES
from checker.rules.rule import HISTORY, rule

_WORKING = """
# agreement.yaml
people: {{helena: {{name: Helena, team: marketing}}, tomas: {{name: Tomás, team: sales}}}}
stages: {{mql: {{team: marketing}}, customer: {{team: sales, is: won}}}}
{more}"""
_FROZEN = """
# releases/{version}.yaml
format: sla/v1
agreement: An example
people: {{helena: {{name: Helena, team: marketing}}, tomas: {{name: Tomás, team: sales}}}}
stages: {{mql: {{team: marketing}}, customer: {{team: sales, is: won}}}}
release:
  version: "{version}"{on_version}
  valid_from: {valid_from}{on_day}
{more}"""
_SIGNED = """  signed_by:
    - {who: helena, team: marketing, on: 2026-12-10}
    - {who: tomas, team: sales, on: 2026-12-11}
"""


def _working(more: str = "") -> str:
    return _WORKING.format(more=more).lstrip()


def _frozen(version: str, valid_from: str, more: str = _SIGNED, on_version: str = "", on_day: str = "") -> str:
    """A frozen text; `on_version` and `on_day` are remarks behind the two lines of its stamp."""
    return _FROZEN.format(version=version, valid_from=valid_from, more=more, on_version=on_version, on_day=on_day)


@rule(
    "SLA735",
    "A release that cannot be read",
    severity=Severity.ERROR,
    since="0.1",
    needs=(HISTORY,),
    bad=_working() + _frozen("2027.1", "2027-01-01", "  signed_by: nobody   # SLA735\n"),
    good=_working() + _frozen("2027.1", "2027-01-01"),
)
def unreadable_release(_: Agreement, history: History) -> Iterator[Problem]:
    """
    Each version that was released is kept whole in `releases/`, and what was promised in its time is judged by it. A
    file there that cannot be read, or is not named by its version, leaves a time without an agreement. These files are
    written by `sla release` and by nobody else: restore what git has.
    """
    yield from history.problems


@rule(
    "SLA736",
    "Versions in the wrong order",
    severity=Severity.ERROR,
    since="0.1",
    needs=(HISTORY,),
    bad=_working()
    + _frozen("2027.1", "2027-03-01", on_version="        # SLA736")
    + _frozen("2027.2", "2027-01-01", on_version="        # because"),
    good=_working() + _frozen("2027.1", "2027-01-01") + _frozen("2027.2", "2027-03-01"),
)
def versions_out_of_order(_: Agreement, history: History) -> Iterator[Problem]:
    """
    A release replaces the one before it from its day on. A later version with an earlier day, or two versions from the
    same day, leave open which of them is in force, and each team will have read the other one.
    """
    for before, after in pairwise(history.releases):
        order = compared(after.version, before.version)
        if after.valid_from == before.valid_from:
            yield Problem(
                after.place("release", "valid_from"),
                say("versions {first} and {second} are in force from the same day", **_both(before, after)),
                because=(Because(before.place("release", "valid_from")),),
            )
        elif order is not None and order <= 0:
            yield Problem(
                after.place("release", "version"),
                say("version {second} is in force after version {first}, and its number is not higher",
                    **_both(before, after)),
                because=(Because(before.place("release", "version")),),
            )  # fmt: skip


def _both(before: Released, after: Released) -> dict[str, Written]:
    return {"first": Written(before.version), "second": Written(after.version)}


@rule(
    "SLA737",
    "A release that was not signed in time",
    severity=Severity.ERROR,
    since="0.1",
    needs=(HISTORY,),
    bad=_working()
    + _frozen(
        "2027.1",
        "2027-01-01",
        """  signed_by:
    - {who: helena, team: marketing, on: 2026-12-10}
    - {who: tomas, team: sales, on: 2027-02-01}         # SLA737
""",
        on_day="          # because",
    )
    + _frozen("2027.2", "2027-03-01", "  signed_by: [{who: helena, team: marketing, on: 2027-02-10}]   # SLA737\n"),
    good=_working() + _frozen("2027.1", "2027-01-01"),
)
def unsigned_release(_: Agreement, history: History) -> Iterator[Problem]:
    """
    Both sides sign a version before it begins to hold. What one side signed later, or not at all, was an order until
    then: leads of that time should not be held against it.
    """
    for release in history.releases:
        signed = release.stamp.signed_by or []
        for index, signature in enumerate(signed):
            if signature.on > release.valid_from:
                yield Problem(
                    release.place("release", "signed_by", index, "on"),
                    say("{person} signed version {version} after it began to hold",
                        person=_name(release, signature.who), version=Written(release.version)),
                    because=(Because(release.place("release", "valid_from")),),
                )  # fmt: skip
        missing = [side for side in SIDES if side not in {signature.team for signature in signed}]
        if missing:
            yield Problem(
                release.place("release", "signed_by"),
                say(
                    "nobody of {sides} signed version {version}",
                    sides=all_of(missing),
                    version=Written(release.version),
                ),
            )


def _name(release: Released, who: str) -> str:
    person = (release.agreement.sections.people or {}).get(who)
    return release.agreement.text(person.name if person else None, who)


@rule(
    "SLA738",
    "The stamp is not that of the last release",
    severity=Severity.WARNING,
    since="0.1",
    needs=(HISTORY,),
    bad=_working('release: {version: "2027.2", valid_from: 2027-03-01}   # SLA738\n') + _frozen("2027.1", "2027-01-01"),
    good=_working('release: {version: "2027.1", valid_from: 2027-01-01}\n') + _frozen("2027.1", "2027-01-01"),
)
def stamp_without_release(agreement: Agreement, history: History) -> Iterator[Problem]:
    """
    `release.yaml` says which version was released last, and `releases/` holds its whole text. Where the two do not fit,
    one of them was written by hand, or lost: the version that people quote is not the one that leads are judged by.
    """
    stamp, last = agreement.sections.release, history.last
    if stamp is None:
        return
    at = At(("release", "version"))
    frozen = history.of(stamp.version)
    if frozen is None:
        if not history.problems:
            yield Problem(
                at,
                say("there is no {file}, so nobody can tell what was signed",
                    file=Written(f"releases/{stamp.version}.yaml")),
                note=say("{command} writes both", command=Written("sla release")),
            )  # fmt: skip
    elif stamp.valid_from != frozen.valid_from or stamp.seal != frozen.stamp.seal:
        yield Problem(
            at,
            say("this is not the stamp of {file}", file=Written(frozen.file)),
            note=say("restore it from git"),
            because=(Because(frozen.place("release", "version")),),
        )
    elif last is not None and last is not frozen:
        yield Problem(
            at,
            say("version {version} was released after this one", version=Written(last.version)),
            because=(Because(last.place("release", "version")),),
        )


@rule(
    "SLA739",
    "A release that was edited",
    severity=Severity.ERROR,
    since="0.1",
    needs=(HISTORY,),
    bad=_working() + _frozen("2027.1", "2027-01-01", _SIGNED + "  seal: c0ffee0dec0de123   # SLA739\n"),
    good=_working() + _frozen("2027.1", "2027-01-01", _SIGNED + "  seal: a9adb767d885b522\n"),
)
def edited_release(_: Agreement, history: History) -> Iterator[Problem]:
    """
    What both sides signed stands in `releases/`, and its seal is made of the text. Here the text is another one than
    the one that was sealed. Restore what git has, and write what should change into the working files: the next release
    brings it.
    """
    for release in history.releases:
        if release.is_as_frozen is False:
            yield Problem(
                release.place("release", "seal"),
                say(
                    "the text of version {version} is no longer the one that was signed",
                    version=Written(release.version),
                ),
                note=say("restore it from git; a change belongs into the next release"),
            )


@rule(
    "SLA740",
    "A time that no release covers",
    severity=Severity.WARNING,
    since="0.1",
    needs=(HISTORY, "plan"),
    bad=_working("currency: EUR\nplan: {months: 2027-01 to 2027-12}   # SLA740\n")
    + _frozen("2027.1", "2027-02-01", on_day="          # because")
    + _frozen("2027.2", "2027-06-01", _SIGNED + "  renew_by: 2027-08-31          # SLA740\n")
    + _frozen("2027.3", "2027-10-01", on_day="          # because"),
    good=_working("currency: EUR\nplan: {months: 2027-01 to 2027-12}\n")
    + _frozen("2027.1", "2027-01-01")
    + _frozen("2027.2", "2027-06-01", _SIGNED + "  renew_by: 2027-08-31\n")
    + _frozen("2027.3", "2027-09-01"),
)
def uncovered_time(agreement: Agreement, history: History) -> Iterator[Problem]:
    """
    A release is in force until the next one begins. Two times are covered by none: the months of the plan before the
    first release, which are judged by the working files as they are today, and the time between the day by which a
    version was to be renewed and the day on which the next one began, in which nobody had said that it still holds.
    """
    first, plan = next(iter(history.releases), None), agreement.sections.plan
    if first is not None and plan is not None and plan.months.first.first_day < first.valid_from:
        yield Problem(
            At(("plan", "months")),
            _uncovered(plan.months.first.first_day, first),
            because=(Because(first.place("release", "valid_from")),),
        )
    for before, after in pairwise(history.releases):
        renew_by = before.stamp.renew_by
        if renew_by is not None and renew_by + timedelta(days=1) < after.valid_from:
            yield Problem(
                before.place("release", "renew_by"),
                _uncovered(renew_by + timedelta(days=1), after),
                because=(Because(after.place("release", "valid_from")),),
            )


def _uncovered(since: date, release: Released) -> Message:
    return say(
        "no release covers the days from {day} until version {version} begins",
        day=since,
        version=Written(release.version),
    )
