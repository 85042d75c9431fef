"""Conditions read as plain sentences."""

from __future__ import annotations

import re
from typing import TypeAlias

import pytest
from markupsafe import Markup

from checker.agreement import build
from checker.agreement.conditions import AllOf
from checker.language import words
from checker.report.condition_words import Criterion
from checker.report.names import Names
from checker.site.conditions import Sentences
from checker.site.voice import Voice
from checker.text import parse

Told: TypeAlias = "tuple[str, list[Told]]"
AGREEMENT = """
format: sla/v1
agreement: Test
currency: BRL
people:
  ana: {name: Ana Beltrão, team: sales}
sellers:
  ana: {}
fields:
  employees: {is: whole number}
  cold_rooms: {is: whole number, name: Number of cold rooms}
  industry: {is: one of, values: [food, pharma, other]}
  amount: {is: money}
  wants_it_by: {is: date}
  last_visit: {is: days ago}
  timeline: {is: months}
  consent: {is: yes or no}
  job_title: {is: text}
  owner: {is: seller}
actions:
  ask_for_demo: {mode: buying, name: Asked for a demo}
modes:
  buying: {means: Wants it now}
groups:
  ideal_customer:
    name: Our ideal customer
    employees: at least 50
  tested:
    any:
      - CONDITION
stages:
  lead: {name: Lead, team: marketing}
  mql: {name: Marketing qualified lead (MQL), team: marketing, employees: known}
"""


def read_condition(condition: str) -> tuple[Voice, Sentences, AllOf]:
    """A condition, put between the brackets of the agreement above."""
    document = parse(AGREEMENT.replace("CONDITION", condition))
    agreement = build(document.values, document.problems)

    assert () == agreement.problems
    return Voice(words("en")), Sentences(Names(agreement)), agreement.named_conditions["tested"]


def without_marks(markup: Markup) -> str:
    """The letters of a sentence."""
    return Markup(re.sub(r"<[^>]*>", "", markup)).unescape()


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("employees: 50 to 2000", "employees is 50 to 2,000"),
        ("employees: at least 50", "employees is at least 50"),
        ("cold_rooms: more than 3", "Number of cold rooms is more than 3"),
        ("cold_rooms: less than 3", "Number of cold rooms is less than 3"),
        ("cold_rooms: at most 3", "Number of cold rooms is at most 3"),
        ("employees: known", "employees is filled in"),
        ("employees: not known", "employees is blank"),
        ("industry: food", "industry is food"),
        ("industry: [food, pharma, other]", "industry is food, pharma or other"),
        ("industry: not food", "industry is not food"),
        ("amount: at least R$ 20000", "amount is at least R$ 20,000"),
        ("amount: 20000 to 30000", "amount is R$ 20,000 to R$ 30,000"),
        ("wants_it_by: at least 2027-03-01", "wants it by is 1 March 2027 or later"),
        ("wants_it_by: at most 2027-03-01", "wants it by is 1 March 2027 or earlier"),
        ("last_visit: at most 90 days", "last visit was at most 90 days ago"),
        ("last_visit: at least 1 days", "last visit was at least 1 day ago"),
        ("last_visit: more than 90 days", "last visit was more than 90 days ago"),
        ("last_visit: less than 90 days", "last visit was less than 90 days ago"),
        ("timeline: at most 6 months", "timeline is at most 6 months"),
        ("timeline: at least 6 months", "timeline is at least 6 months"),
        ("timeline: more than 1 months", "timeline is more than 1 month"),
        ("timeline: less than 6 months", "timeline is less than 6 months"),
        ("consent: no", "consent is no"),
        ("job_title: contains quality", "job title contains “quality”"),
        ("owner: ana", "owner is Ana Beltrão"),
        ("points: at least 30", "the lead has at least 30 points"),
        ("points: at most 1", "the lead has at most 1 point"),
        ("points: more than 30", "the lead has more than 30 points"),
        ("points: less than 30", "the lead has less than 30 points"),
        ("mode: buying", "the lead is in buying mode"),
        ("accepted: yes", "sales accepted the lead"),
        ("accepted: no", "sales returned the lead"),
        ("last_action: ask_for_demo", "last action is Asked for a demo"),
        ("stage: mql", "the lead is at MQL"),
        ("stage: mql or later", "the lead is at MQL or a later stage"),
        ("stage: before mql", "the lead has not reached MQL"),
        ("meets: ideal_customer", "the lead fits “Our ideal customer”"),
        ("meets: mql", "the lead meets the criteria of “Marketing qualified lead (MQL)”"),
        ("{employees: known, consent: yes}", "employees is filled in and consent is yes"),
        ("{none_of: [{consent: no}, {industry: other}]}", "it is not so that consent is no or industry is other"),
        (
            "{at_least: 1, of: [{consent: yes}, {industry: food}]}",
            "at least 1 of these 2 hold: consent is yes and industry is food",
        ),
        ("{any: [{consent: yes}, {industry: food}]}", "consent is yes or industry is food"),
    ],
)
def test_each_question_is_one_sentence(condition: str, sentence: str):
    """In the reader's words, with the names that people gave."""
    voice, sentences, whole = read_condition(condition)

    assert sentence == without_marks(voice.say(sentences.inline(whole)))


def test_nested_questions_stay_nested():
    """What is made of several questions has its own sentence, and those below it."""
    voice, sentences, whole = read_condition("{at_least: 1, of: [{consent: yes}, {none_of: [{industry: food}]}]}")

    def told(criterion: Criterion) -> Told:
        return without_marks(voice.say(criterion.sentence)), [told(part) for part in criterion.parts]

    expected: Told = (
        "at least one of these holds:",
        [
            (
                "at least 1 of these 2 hold:",
                [("consent is yes", []), ("none of these holds:", [("industry is food", [])])],
            )
        ],
    )

    assert [expected] == [told(criterion) for criterion in sentences.criteria(whole)]


def test_a_value_of_the_wrong_kind_is_shown_as_it_is_written():
    """A rule reports it; the page does not fail for it."""
    voice, sentences, whole = read_condition("employees: at least 30 days")

    assert "employees is at least 30 days" == without_marks(voice.say(sentences.inline(whole)))
