"""Lists and stories of leads by the releases in force: worked out by hand, and against what the check counts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from checker.agreement.history import History
from checker.errors import WrongUsage
from checker.funnel import DuckdbEngine
from checker.language import words
from checker.logic.aggregate import State
from checker.measures.listed import LeadList, ListName
from checker.measures.story import LeadStory
from checker.report.condition_words import Sentences
from checker.report.leads_csv import leads_csv
from checker.report.leads_words import LeadWords
from checker.report.names import Names
from checker.report.story_words import StoryWords
from checker.review.check import check
from checker.review.explain_lead import explain_lead
from checker.review.leads import Wanted, list_leads
from checker.text import parse
from checker.verdict import Results
from tests.funnel.made import agreement_of
from tests.funnel.one_by_one import as_at
from tests.funnel.test_counting import EVENTS, funnels
from tests.review.releases import released
from tests.review.test_explain_lead import NUMBERS, RATES
from tests.review.test_leads import AS_OF, TEXT_OF_ALL, funnel_of, lead

FIRST = TEXT_OF_ALL + RATES
CHANGED = {
    "time: 4 business hours": "time: 9 business hours",
    "within: 2 business days": "within: 1 business day",
    "within: 15 minutes": "within: 3 business hours",
    "no_answer_means: accepted": "no_answer_means: returned",
    "judged_after: 5 days": "judged_after: 12 days",
    "target: 95%": "target: 70%",
}
SECOND = "# a line more\n" + reduce(lambda text, old: text.replace(old, CHANGED[old]), CHANGED, FIRST)
DAYS = st.sampled_from([date(2027, 3, 25), date(2027, 3, 29), date(2027, 3, 30), date(2027, 4, 1), date(2027, 4, 6)])
FEW = settings(max_examples=2, phases=[Phase.explicit, Phase.reuse, Phase.generate], deadline=None)


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckdbEngine]:
    with DuckdbEngine() as engine:
        yield engine


def history(second: date, first: str = "2027-01-01") -> History:
    return released(("1", first, FIRST), ("2", second.isoformat(), SECOND))


def results(engine: DuckdbEngine, leads: list[dict[str, Any]], as_of: date, releases: History) -> Results:
    return check(agreement_of(SECOND), parse(SECOND), funnel_of(engine, leads), as_of, None, releases).results


def listed(
    engine: DuckdbEngine, leads: list[dict[str, Any]], name: str, as_of: date, releases: History, **more: Any
) -> LeadList:
    is_draft = more.pop("is_draft", False)
    return list_leads(
        agreement_of(SECOND),
        parse(SECOND),
        funnel_of(engine, leads),
        ListName(name),
        Wanted(as_of, **more),
        history=releases,
        is_draft=is_draft,
    )


def told(
    engine: DuckdbEngine, leads: list[dict[str, Any]], name: str, as_of: date, releases: History, **more: Any
) -> LeadStory:
    return explain_lead(agreement_of(SECOND), parse(SECOND), funnel_of(engine, leads), name, as_of, releases, **more)


def said(story: LeadStory) -> str:
    names = Names(agreement_of(SECOND))
    sections = StoryWords(story, words("en"), Sentences(names), names).sections()
    return "\n".join(line for section in sections for item, more in section.lines for line in (item, *more))


# ---------------------------------------------------------------- against the check


@given(funnels(), AS_OF, DAYS, st.booleans())
@FEW
def test_the_verdicts_of_all_leads_add_up_with_two_releases_too(engine, leads, as_of, second, has_draft):
    """Also where the working files judge the first days; and each clock is told once, by one version."""
    releases = history(second, "2027-03-20" if not has_draft else str(min(second, date(2027, 3, 28))))
    if has_draft and second <= date(2027, 3, 28):
        releases = released(("2", second.isoformat(), SECOND))
    expected = {
        (result.promise, result.period, name): Fraction(str(getattr(result, name)))
        for result in results(engine, leads, as_of, releases).results
        for name in NUMBERS
    }
    found = dict.fromkeys(expected, Fraction(0))
    clocks: dict[tuple[str, str], list[State]] = {}
    still_to_do: list[tuple[str, str, str]] = []
    for name in sorted({each["lead_id"] for each in as_at(leads, 2**40, EVENTS)} | {"L99"}):
        story = told(engine, leads, name, as_of, releases)
        for verdict in story.verdicts:
            for number in NUMBERS:
                found[verdict.id, str(verdict.month), number] += Fraction(getattr(verdict, number))
        starts = [(clock.promise.id, clock.start, clock.is_again) for clock in story.clocks]

        assert len(set(starts)) == len(starts)
        for clock in story.clocks:
            clocks.setdefault((clock.id, str(clock.month)), []).append(clock.state)
            if clock.state is State.LATE and clock.stop is None:
                still_to_do.append((name, clock.id, clock.version))
            is_second = clock.start.date() >= second

            assert is_second is (clock.version == "2")

    overdue = listed(engine, leads, "overdue", as_of, releases)

    assert expected == found
    assert sorted(still_to_do) == sorted(
        (item.lead, str(item.promise), item.version) for item in (*overdue.leads, *overdue.over)
    )

    for (promise, month), states in clocks.items():
        if (promise, month, "numerator") in expected:
            assert expected[promise, month, "numerator"] == states.count(State.MET)
            assert expected[promise, month, "denominator"] == states.count(State.MET) + states.count(State.LATE)


@given(funnels(), AS_OF, DAYS)
@FEW
def test_lists_are_as_long_as_the_check_counts_with_two_releases_too(engine, leads, as_of, second):
    """Over all months, the check counts as many leads that did not go as promised as the lists hold."""
    releases = history(second)
    kept: dict[str, float] = {}
    not_kept: dict[str, float] = {}
    for result in results(engine, leads, as_of, releases).results:
        kept[result.promise] = kept.get(result.promise, 0) + result.numerator
        not_kept[result.promise] = not_kept.get(result.promise, 0) + result.denominator - result.numerator
    missed = listed(engine, leads, "missed", as_of, releases)
    in_time = sum(int(str(note.arguments["count"])) for note in missed.notes if "count" in note.arguments)
    wrong = [item for item in listed(engine, leads, "wrongly-qualified", as_of, releases).leads if not item.unsure]
    overdue = listed(engine, leads, "overdue", as_of, releases)
    silent: dict[str, int] = {}
    for item in (*overdue.leads, *overdue.over):
        silent[str(item.promise)] = silent.get(str(item.promise), 0) + 1

    assert kept["missed"] == len(missed.leads) + len(missed.over) + in_time
    assert kept["wrong"] == len(wrong)
    assert not_kept["reasons"] == len(listed(engine, leads, "returned-without-reason", as_of, releases).leads)
    assert all(number <= not_kept[promise] for promise, number in silent.items())


# ---------------------------------------------------------------- by hand

TWO = [
    lead("A", handed_off="2027-03-29 10:00", employees=2),
    lead("B", handed_off="2027-03-30 10:00", employees=2),
]
"""Monday, when the first release is in force, and Tuesday, when the second is."""


def test_a_lead_is_overdue_by_the_deadline_of_its_own_release(engine):
    """On Tuesday evening A is late by its 4 business hours; B has 9, and none of them is over."""
    overdue = listed(engine, TWO, "overdue", date(2027, 3, 30), history(date(2027, 3, 30)), promise="response")
    drafts = listed(
        engine, TWO, "overdue", date(2027, 3, 30), history(date(2027, 3, 30)), promise="response", is_draft=True
    )

    assert [("A", "1", "2027-03-29T15:00:00-03:00")] == [
        (item.lead, item.version, item.deadline.isoformat()) for item in overdue.leads if item.deadline
    ]
    assert ("2", "draft") == (overdue.version, drafts.version)
    # by the working files A had 9 hours: until Tuesday 11:00
    assert ["2027-03-30T11:00:00-03:00"] == [item.deadline.isoformat() for item in drafts.leads if item.deadline]


def test_a_list_says_which_release_governs_where_it_is_not_the_last(engine):
    found = listed(engine, TWO, "deadlines", date(2027, 3, 30), history(date(2027, 3, 30)), promise="response")
    spoken = LeadWords(found, words("en"), Sentences(Names(agreement_of(SECOND))))

    assert {"A": "response.other, by version 1", "B": "response.other"} == {
        item.lead: spoken.about(item) for item in found.leads
    }


def test_the_table_has_a_column_for_the_release_where_there_are_some(engine):
    """Whoever is under the working files alone has no such column."""
    tables = {}
    for is_draft in (False, True):
        releases = history(date(2027, 3, 30))
        found = listed(engine, TWO, "deadlines", date(2027, 3, 30), releases, promise="response", is_draft=is_draft)
        text = leads_csv(LeadWords(found, words("en"), Sentences(Names(agreement_of(SECOND)))))
        tables[is_draft] = {row["lead"]: row.get("version") for row in csv.DictReader(io.StringIO(text))}

    assert {False: {"A": "1", "B": "2"}, True: {"A": None, "B": None}} == tables


def test_a_story_names_the_release_and_its_line(engine):
    """The line is that of the version's own text: the second has one line more before it."""
    releases = history(date(2027, 3, 30))
    places = {}
    for name in "AB":
        story = told(engine, TWO, name, date(2027, 3, 31), releases)
        (clock,) = [each for each in story.clocks if each.promise.id == "response"]
        assert clock.place is not None
        text = said(story)
        places[name] = (clock.version, Path(clock.place.file).name, clock.place.line, str(clock.within))

        assert ("by version 1, in force then" in text) is (name == "A")
        assert story.version == "2"
    line = next(n for n, line in enumerate(FIRST.splitlines(), 1) if "{name: other, otherwise" in line)

    assert ("1", "1.yaml", line, "4 business hours") == places["A"]
    assert ("2", "2.yaml", line + 1, "9 business hours") == places["B"]


def test_a_draft_tells_every_lead_by_the_working_files(engine):
    story = told(engine, TWO, "A", date(2027, 3, 31), history(date(2027, 3, 30)), is_draft=True)

    assert {"draft"} == {clock.version for clock in story.clocks} | {story.version}
    assert "9 business hours" in {str(clock.within) for clock in story.clocks}


def test_a_promise_that_came_later_says_so(engine):
    """And one that only the older release had is still told for its leads, and can be listed by its name."""
    praise = "  praise: {promise: Praise, starts: handed_off, stops: decided, within: 1 hour, target: 5%}\n"
    older = FIRST.replace("  quality: {", praise + "  quality: {").replace("  wrong: {", "  wronged: {")
    releases = released(("1", "2027-01-01", older), ("2", "2027-03-30", SECOND))
    story = told(engine, TWO, "A", date(2027, 3, 31), releases)
    whys = {item.promise.id: words("en").say(item.why) for item in story.not_about}

    assert "it was not promised yet on the day of this lead" == whys["wrong"]
    assert "1" in {clock.version for clock in story.clocks if clock.promise.id == "praise"}
    assert ["A"] == [
        item.lead for item in listed(engine, TWO, "overdue", date(2027, 3, 31), releases, promise="praise").leads
    ]
    with pytest.raises(WrongUsage):
        listed(engine, TWO, "overdue", date(2027, 3, 31), releases, promise="prize")
