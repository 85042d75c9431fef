"""What `sla explain` prints: a rule's page, a promise."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest

from checker.agreement import build
from checker.agreement.promises import MEASURES
from checker.language import words
from checker.measures.catalogue import measures
from checker.report.explanation_text import explanation_text
from checker.report.measure_page import measure_page
from checker.report.rule_page import rule_list, rule_page, rule_pages
from checker.review.explain import explain_promise
from checker.rules.catalogue import every_rule, rule_of
from checker.text import read
from tests.reference import FOLDER

ENGLISH = words("en")


def explained(name: str) -> str:
    document = read(FOLDER)
    agreement = build(document.values)
    promise = agreement.promise(name)
    assert promise is not None
    text = explanation_text(explain_promise(agreement, document, promise), ENGLISH)
    return "\n".join(line.replace(str(FOLDER), "sla") for line in text.splitlines())


def test_a_rule_s_page_shows_why_it_is_there_and_both_examples() -> None:
    rule = rule_of("SLA007")
    assert rule is not None
    expected = dedent(
        """\
        # SLA007: A word with nothing behind it

        error, since version 0.1

        A word with a colon and nothing behind it says neither yes nor no: was it forgotten, or is there
        none? Write the value, or take the line out.

        ## Reported

        ```yaml
        people:
          ana: {name: Ana, team: sales}
        plan:
          months: 2027-01 to 2027-06
          customers:                   # SLA007
        ```

        ## Not reported

        ```yaml
        people:
          ana: {name: Ana, team: sales}
        plan:
          months: 2027-01 to 2027-06
          customers: 46
        ```
        """
    )

    assert expected == rule_page(rule, ENGLISH)


def test_a_rule_that_must_be_asked_for_says_so() -> None:
    rule = rule_of("SLA805")
    assert rule is not None

    assert "note, since version 0.1; runs only where `checks` gives it a severity" in rule_page(rule, ENGLISH)


@pytest.mark.parametrize("code", [rule.code for rule in every_rule()])
def test_every_page_begins_with_its_code_and_shows_two_examples(code: str) -> None:
    rule = rule_of(code)
    assert rule is not None
    page = rule_page(rule, ENGLISH)

    assert page.startswith(f"# {code}: {rule.name}\n")
    assert 2 == page.count("```yaml\n")


def test_a_ladder_of_deadlines_is_explained_line_by_line() -> None:
    expected = dedent(
        """\
        first-response: Contact every new MQL in person
        sla/promises.yaml:48:3

          owed by                                  sales, to marketing
          clock                                    from handed_off to first_personal_contact
          asked                                    1 business hour, for 95% of them, for leads with meets: asked_for_us
          other                                    4 business hours, for 90% of them, for all others
          working time                             office
          judged                                   in the month of the deadline; no answer by then is late
          50% of the allowed misses are used up    First topic of the weekly meeting
          100% of the allowed misses are used up   The sales director calls these leads the same day
          not owed                                 where the lead did not meet the conditions of the handoff
          escalation                               Call now (1 lead is missed; told to the lead's seller)
          escalation                               Give the lead to another seller (a lead is 2 business hours past \
its deadline; told to Tomás Quintela)
          escalation                               Decide at the monthly review (2 months in a row are missed; told to \
Helena Prado and Tomás Quintela)"""
    )

    assert expected == explained("first-response")


def test_a_measure_is_explained_with_what_it_needs() -> None:
    expected = dedent(
        """\
        persistence: Try often enough before giving up
        sla/promises.yaml:66:3

          owed by       sales, to marketing
          measured by   persistence_rate of no_answer
          target        90%
          what counts   attempts: 6, channels: 2, over: 10 business days"""
    )

    assert expected == explained("persistence")


def test_a_rate_says_when_it_is_judged() -> None:
    assert "judged        when the youngest lead of the month is 3 months old" in explained("win-rate")


def test_a_monthly_number_is_a_target() -> None:
    assert "target        2 a month" in explained("objection-content")


def test_silence_and_the_leads_that_count_are_explained() -> None:
    assert "silence counts as   accepted" in explained("accept-or-return")
    assert "only for leads with   return_reason: bad_data" in explained("bad-data-fix")


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_of_the_format_has_a_page(name: str) -> None:
    page = measure_page(measures()[name], ENGLISH)

    assert page.startswith(f"# {name}: ")
    assert len(page.split()) > 30
    assert 3 == page.count("\n- ")


def test_the_list_of_rules_leads_to_every_page() -> None:
    linked = re.findall(r"\]\(([a-z-]+\.md)#(SLA[0-9]{3})\)", rule_list(ENGLISH))
    pages = rule_pages(ENGLISH)

    assert [rule.code for rule in every_rule()] == [code for _, code in linked]
    assert {"rules/index.md", *(f"rules/{page}" for page, _ in linked)} == set(pages)
    assert all(f"{{: #{code} }}" in pages[f"rules/{page}"] for page, code in linked)


def test_the_list_names_the_subject_and_the_severity() -> None:
    assert "## Names\n\n- [SLA101](names.md#SLA101) A name that is not defined (error)\n" in rule_list(ENGLISH)
