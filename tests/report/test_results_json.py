"""Results as JSON: what the published schema describes, and what the site reads back."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from jsonschema import Draft202012Validator

from checker.finding_record import OtherLine, WayOut
from checker.language import to_json, words
from checker.message import say
from checker.quantity import Month
from checker.record import Said
from checker.report.results_json import results_json
from checker.verdict import Found, FoundSaid, Outlook, Result, Results, Status

WHY = say("nothing since {month}", month=Month(2027, 3))
RESULTS = Results(
    agreement="Test",
    as_of=datetime(2027, 6, 16, 18, tzinfo=UTC),
    results=(
        Result(
            promise="first-response",
            owes="sales",
            period="2027-06",
            status=Status.OPEN,
            outlook=Outlook.AT_RISK,
            unit="share",
            file="sla/promises.yaml",
            line=3,
            said=Said(**to_json(WHY)),
        ),
    ),
)


def test_it_is_what_its_schema_says():
    """Every key and value."""
    schema = Results.model_json_schema(mode="serialization")

    assert [] == list(Draft202012Validator(schema).iter_errors(json.loads(results_json(RESULTS, words("en")))))


def test_it_can_be_read_back():
    """Nothing is lost but the language of `why`, and that is in `said`."""
    read = Results.model_validate_json(results_json(RESULTS, words("en")))

    assert "nothing since March 2027" == read.results[0].why
    assert RESULTS.results[0].model_copy(update={"why": read.results[0].why}) == read.results[0]


def test_findings_are_worded_in_the_language_asked_for():
    """The message, the other lines and the ways out; what was said is kept as data."""
    date_ = say("since {month}", month=Month(2027, 3))
    finding = Found(
        code="SLA340",
        name="A rule",
        severity="warning",
        message="?",
        file="sla/stages.yaml",
        line=3,
        column=1,
        because=(OtherLine(file="sla/stages.yaml", line=4, column=1, message="as it stands"),) * 2,
        follows=("?",),
        choices=(WayOut(message="?"),),
        help="https://example.com",
        fingerprint="0",
        said=FoundSaid(
            message=Said(**to_json(date_)),
            because=(None, Said(**to_json(date_))),
            follows=(Said(**to_json(date_)),),
            choices=(Said(**to_json(date_)),),
        ),
    )
    told = RESULTS.model_copy(update={"findings": (finding,)})
    (read,) = Results.model_validate_json(results_json(told, words("en"))).findings

    assert "since March 2027" == read.message == read.follows[0] == read.choices[0].message == read.because[1].message
    assert ("as it stands", finding.said) == (read.because[0].message, read.said)


def test_reasons_are_worded_in_the_language_asked_for():
    """The values in them too."""
    read = Results.model_validate_json(results_json(RESULTS, words("pt-BR")))

    assert ("pt-BR", True) == (read.language, "março de 2027" in read.results[0].why)
