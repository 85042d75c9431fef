"""Names, documentation and notation: each bad snippet, put into the reference agreement, is found where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from checker.finding import Finding, Severity
from checker.review.validate import validate
from checker.text import read
from tests.reference import edited_reference

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
CHANNELS, DATA, DICTIONARY, FEEDBACK = "channels.yaml", "data.yaml", "dictionary.yaml", "feedback.yaml"
HANDOFF, MEETINGS, PEOPLE, PERSONAS = "handoff.yaml", "meetings.yaml", "people.yaml", "personas.yaml"
PLAN, PROMISES, SELLERS, SOURCE = "plan.yaml", "promises.yaml", "sellers.yaml", "source.yaml"
STAGES, TARGETS, TIMES, AGREEMENT = "stages.yaml", "targets.yaml", "working_time.yaml", "agreement.yaml"


class Case(NamedTuple):
    """Old words of a file, new ones, and what is then reported: the code, the marked piece or pieces, the severity."""

    file: str
    old: str
    new: str
    code: str
    marked: str | tuple[str, ...]
    severity: Severity = ERROR


REFERENCES = {
    "persona": Case(PERSONAS, "for: operations_director", "for: plant_director", "SLA101", "plant_director"),
    "person": Case(SELLERS, "if_all_are_away: tomas", "if_all_are_away: tomaz", "SLA101", "tomaz"),
    "team": Case(PERSONAS, "made_by: [marketing, sales]", "made_by: [marketing, slaes]", "SLA101", "slaes"),
    "team of a person": Case(PEOPLE, "Caio Lins, team: sales", "Caio Lins, team: slaes", "SLA101", "slaes"),
    "guest": Case(MEETINGS, "tomas, product]", "tomas, produkt]", "SLA101", "produkt"),
    "stage": Case(HANDOFF, "stage: mql", "stage: mqll", "SLA101", "mqll"),
    "stage of a target": Case(TARGETS, "  sql:", "  sqll:", "SLA101", "sqll"),
    "stage in a test": Case(STAGES, "stage: mql or later", "stage: mqll or later", "SLA101", "mqll or later"),
    "first stage": Case(CHANNELS, "starts_at: sql", "starts_at: sqll", "SLA101", "sqll"),
    "channel": Case(TARGETS, "    trade_fairs:", "    trade_fair:", "SLA101", "trade_fair"),
    "rate": Case(TARGETS, "sql_to_opportunity: 80%", "sql_to_customer: 80%", "SLA101", "sql_to_customer"),
    "field": Case(STAGES, "- cold_rooms: at", "- cold_room: at", "SLA101", "cold_room"),
    "field of the payload": Case(
        HANDOFF, "nice_to_have: [last_visit]", "nice_to_have: [last_visits]", "SLA101", "last_visits"
    ),
    "word of a stage": Case(STAGES, "means: Contract signed", "meen: Contract signed", "SLA101", "meen"),
    "group": Case(STAGES, "- meets: ideal_customer", "- meets: ideal_costumer", "SLA101", "ideal_costumer"),
    "stage without conditions": Case(STAGES, "- meets: ideal_customer", "- meets: visit", "SLA101", "visit"),
    "event": Case(PROMISES, "starts: became_mql", "starts: called_nicely", "SLA101", "called_nicely"),
    "recorded event": Case(DATA, "[became_lead,", "[became_leed,", "SLA101", "became_leed"),
    "action": Case(STAGES, "last_action: [ask_for_demo,", "last_action: [ask_for_demos,", "SLA101", "ask_for_demos"),
    "mode": Case(STAGES, "- mode: buying", "- mode: bying", "SLA101", "bying"),
    "objection": Case(FEEDBACK, "answers: price", "answers: prise", "SLA101", "prise"),
    "proposition": Case(FEEDBACK, "carries: audit_report_ready", "carries: audit_report", "SLA101", "audit_report"),
    "return reason": Case(PROMISES, "of: no_answer", "of: no_anser", "SLA101", "no_anser"),
    "tool": Case(DATA, "job_title: {is: text, kept_in: crm}", "job_title: {is: text, kept_in: crn}", "SLA101", "crn"),
    "list of the log": Case(PROMISES, "of: kits", "of: kit", "SLA101", "kit"),
    "seller": Case(HANDOFF, "to: edu}", "to: eduu}", "SLA101", "eduu"),
    "told": Case(PROMISES, "tell: tomas", "tell: thomas", "SLA101", "thomas"),
    "promise": Case("not_counted.yaml", "promise: first-response", "promise: first-answer", "SLA101", "first-answer"),
    "working time": Case(SELLERS, "stand_in: bruno}", "stand_in: bruno, working_time: office2}", "SLA101", "office2"),
    "meeting": Case("log.yaml", "what: weekly", "what: weakly", "SLA101", "weakly"),
    "file of the source": Case(SOURCE, "from: lead", "from: leads", "SLA101", "leads"),
    "channel in the data": Case(SOURCE, "Outbound: prospecting", "Outbound: prospection", "SLA101", "prospection"),
    "measure of nothing": Case(PROMISES, "    of: mql\n", "", "SLA103", "volume"),
    "REF-VALUE": Case(STAGES, "[food distribution,", "[food distributors,", "SLA104", "food distributors"),
    "value in the data": Case(SOURCE, "Decides: decides", "Decides: decide", "SLA104", "decide"),
    "value of a blank": Case(DATA, "blank_means: end user", "blank_means: end users", "SLA104", "end users"),
    "test with a slip": Case(STAGES, "cold_rooms: at least 3", "cold_rooms: at lest 3", "SLA309", "at lest 3"),
    "test in other words": Case(STAGES, "cold_rooms: at least 3", "cold_rooms: min 3", "SLA309", "min 3"),
    "REF-UNUSED field": Case(DATA, "  email: {", "  fax: {is: text}\n  email: {", "SLA108", "fax", WARNING),
    "REF-UNUSED persona": Case(
        PERSONAS,
        "personas:\n",
        "personas:\n  buyer: {needs: Cold, built_from: {interviews: 3}}\n",
        "SLA108",
        "buyer",
        WARNING,
    ),
    "REF-UNUSED channel": Case(
        CHANNELS, "channels:\n", "channels:\n  radio: {team: marketing}\n", "SLA108", "radio", WARNING
    ),
    "REF-DUPLICATE": Case(PROMISES, "  mql-quality:", "  first-response:", "SLA109", "first-response"),
    "REF-DUPLICATE in a list": Case(DATA, "[end user,", "[end user, student,", "SLA109", "student"),
    "REF-CASE": Case(DATA, "[Brazil, Portugal,", "[Brazil, brazil, Portugal,", "SLA110", "brazil", WARNING),
    "REF-CASE by accent": Case(
        DICTIONARY, "  nurture:", "  núrture: {means: To feed}\n  nurture:", "SLA110", "nurture", WARNING
    ),
    "REF-CYCLE": Case(SELLERS, "if_all_are_away: tomas\n", "", "SLA111", ("bruno", "dora"), WARNING),
    "time zone": Case(TIMES, "America/Sao_Paulo", "America/SaoPaulo", "SLA113", "America/SaoPaulo"),
    "country": Case(TIMES, "country: BR,", "country: BX,", "SLA114", "BX"),
    "region": Case(TIMES, "country: BR,", "country: BR, region: XX,", "SLA115", "XX"),
    "currency": Case(PLAN, "revenue: R$ 1380000", "revenue: € 1380000", "SLA116", "€ 1380000"),
}
DOCUMENTATION = {
    "DOC-SECTION": Case(
        CHANNELS, "prospecting\n    team: sales", "prospecting\n    team: marketing", "SLA801", "signed", WARNING
    ),
    "DOC-GENERIC": Case(
        PERSONAS,
        "say: The audit report writes itself",
        "say: High quality",
        "SLA803",
        "High quality",
        WARNING,
    ),
    "DOC-ANSWER": Case(FEEDBACK, "    answers: price\n", "", "SLA804", "price", WARNING),
    "DOC-YAML thousands": Case(PLAN, "R$ 1380000", "R$ 1.380.000", "SLA006", "R$ 1.380.000"),
    "DOC-YAML thousands comma": Case(PLAN, "R$ 30000", "R$ 30,000", "SLA022", "R$ 30,000"),
    "DOC-YAML lost remark": Case(STAGES, "means: Contract signed", "means: call #5 first", "SLA005", "call #5 first"),
    "DOC-YAML tab": Case(SELLERS, "  caio: {", "\tcaio: {", "SLA002", "\t"),
    "DOC-YAML version": Case(
        AGREEMENT,
        "currency: BRL",
        "currency: BRL\nrelease: {version: 2027.1, valid_from: 2027-01-01}",
        "SLA022",
        "2027.1",
    ),
    "DOC-YAML yes or no": Case(
        DATA, "values: [Brazil, Portugal, other]", "values: [yes, no, other]", "SLA022", ("yes", "no")
    ),
    "comma in braces": Case(
        PEOPLE, "{name: Lia Torres, team", "{name: Lia Torres, of products, team", "SLA004", "Lia Torres, of products"
    ),
    "syntax": Case(PEOPLE, "  lia: {name: Lia Torres, team: product}", "  lia Torres", "SLA001", "lia Torres"),
    "sign": Case(STAGES, "points: at least 30", "points: >= 30", "SLA003", ">= 30"),
    "unknown word": Case(PEOPLE, "role: director", "rolle: director", "SLA020", "rolle"),
    "missing word": Case(PEOPLE, "{name: Camila Nunes, team: marketing}", "{name: Camila Nunes}", "SLA021", "camila"),
}


def found(folder: Path) -> list[Finding]:
    return list(validate(read(folder)).findings)


@pytest.mark.parametrize("case", [*REFERENCES.values(), *DOCUMENTATION.values()], ids=[*REFERENCES, *DOCUMENTATION])
def test_a_bad_snippet_is_found_at_its_line_and_column_and_causes_nothing_else(tmp_path: Path, case: Case) -> None:
    folder = edited_reference(tmp_path, (case.file, case.old, case.new))
    pieces = (case.marked,) if isinstance(case.marked, str) else case.marked
    file = AGREEMENT if case.code == "SLA801" else case.file
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    expected = [(case.code, case.severity, file, True, piece) for piece in pieces]

    actual = [
        (
            finding.code,
            finding.severity,
            Path(finding.place.file).name,
            finding.place.source == lines[finding.place.line - 1],
            finding.place.source[finding.place.column - 1 : finding.place.end_column - 1],
        )
        for finding in found(folder)
    ]

    assert expected == actual


def test_the_nearest_name_is_offered(tmp_path: Path) -> None:
    folder = edited_reference(tmp_path, (HANDOFF, "stage: mql", "stage: mqll"))
    [finding] = found(folder)

    assert ["mql"] == [fix.new for fix in finding.fixes]
    assert finding.fixes[0].safe


def test_a_misspelt_stage_in_a_test_is_mended_inside_the_test(tmp_path: Path) -> None:
    folder = edited_reference(tmp_path, (STAGES, "stage: mql or later", "stage: mqll or later"))
    [finding] = found(folder)

    assert [("mqll or later", "mql or later")] == [(fix.old, fix.new) for fix in finding.fixes]


def test_a_misspelt_word_of_a_stage_is_known_from_a_field(tmp_path: Path) -> None:
    """`meen` could be a field; its text says that it is prose, so `means` is offered and not `meets`."""
    folder = edited_reference(tmp_path, (STAGES, "means: Contract signed", "meen: Contract signed"))
    [finding] = found(folder)

    assert ["means"] == [fix.new for fix in finding.fixes]


def test_a_section_that_cannot_be_read_makes_no_name_unknown(tmp_path: Path) -> None:
    """A hundred names stand for people; a missing quote in `people` is one finding."""
    folder = edited_reference(tmp_path, (PEOPLE, "  helena: {name: Helena Prado", '  helena: {name: "Helena Prado'))

    assert {"people.yaml"} == {Path(finding.place.file).name for finding in found(folder)}


def test_a_tool_that_holds_nothing_of_the_agreement_is_unused(tmp_path: Path) -> None:
    """Without the promise about the CRM's activities nothing needs them."""
    promise = """  crm-up-to-date:
    promise: Every call and meeting is in the CRM
    starts: activity
    stops: activity_logged
    within: 1 business day
    target: 90%
"""
    folder = edited_reference(
        tmp_path,
        (PROMISES, promise, ""),
        (DATA, "tools:\n", "tools:\n  diary: {team: sales, records: [activity, activity_logged]}\n"),
    )

    assert [("SLA108", "diary")] == [(finding.code, str(_name(finding))) for finding in found(folder)]


def _name(finding: Finding) -> str:
    return finding.place.source[finding.place.column - 1 : finding.place.end_column - 1]


def test_a_version_is_put_in_quotes(tmp_path: Path) -> None:
    case = DOCUMENTATION["DOC-YAML version"]
    [finding] = found(edited_reference(tmp_path, (case.file, case.old, case.new)))

    assert [("2027.1", '"2027.1"', True)] == [(fix.old, fix.new, fix.safe) for fix in finding.fixes]


def test_a_misspelt_word_before_a_list_of_conditions_is_no_field(tmp_path: Path) -> None:
    folder = edited_reference(tmp_path, (STAGES, "    all:\n      - amount", "    al:\n      - amount"))
    [finding] = found(folder)

    assert ("SLA020", ["all"]) == (finding.code, [fix.new for fix in finding.fixes])


def test_rates_between_stages_that_are_no_neighbours_name_the_step_that_is_missing(tmp_path: Path) -> None:
    folder = edited_reference(tmp_path, (TARGETS, "sql_to_opportunity: 80%", "sql_to_customer: 20%"))
    [finding] = found(folder)

    assert "sql_to_opportunity" == getattr(finding.message.arguments["step"], "text", None)


@pytest.mark.parametrize(("code", "severity"), [("SLA108", "error"), ("SLA108", "info"), ("SLA108", "off")])
def test_a_company_may_change_how_much_a_rule_matters(tmp_path: Path, code: str, severity: str) -> None:
    folder = edited_reference(
        tmp_path,
        (DATA, "  email: {", "  fax: {is: text}\n  email: {"),
        (AGREEMENT, "currency: BRL", f"currency: BRL\nchecks: {{severity: {{{code}: {severity}}}}}"),
    )

    assert ([] if severity == "off" else [severity]) == [finding.severity for finding in found(folder)]


def test_each_decision_needs_a_reason_where_the_company_asks_for_one(tmp_path: Path) -> None:
    folder = edited_reference(
        tmp_path, (AGREEMENT, "currency: BRL", "currency: BRL\nchecks: {severity: {SLA805: warning}}")
    )
    reported = found(folder)

    assert {"SLA805"} == {finding.code for finding in reported}
    assert {"mql-volume", "organic_search", "points"} < {_name(finding) for finding in reported}
    assert {"plan", "ideal_customer"}.isdisjoint(_name(finding) for finding in reported)
