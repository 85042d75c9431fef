"""The design's catalogue of mistakes, one line a handle: each is found by its rule, at its line, with its severity.

To add a handle: write it into `HANDLES`, and a case for it: edits of the reference agreement (file, old words, new
words), the rule, and the words that are marked. What `sla validate` cannot see stands in `ELSEWHERE`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from checker.agreement.history import History
from checker.finding import Finding, Severity
from checker.logic.possible import contradictions
from checker.logic.proof import Limit
from checker.review.validate import validate
from checker.rules.catalogue import rule_of, rules
from checker.rules.rule import Rule
from checker.text import Document, read
from tests.reference import edited_reference
from tests.rules.examples import UNSETTLED, document, history

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
Edit = tuple[str, str, str]


@dataclass(frozen=True)
class Case:
    """Edits of the reference agreement, and a finding that follows from them.

    `marked` are the words under the caret, in the file of the first edit unless `file` names another; `line` is a part
    of their line, needed only where the words stand in the file more than once; `last` is for the last such line.
    """

    code: str
    severity: Severity
    marked: str
    edits: tuple[Edit, ...]
    line: str = ""
    last: bool = False
    file: str = ""
    today: date | None = None
    with_notes: bool = False


def case(
    code: str,
    severity: Severity,
    marked: str,
    *edits: Edit,
    line: str = "",
    last: bool = False,
    file: str = "",
    today: date | None = None,
    with_notes: bool = False,
) -> Case:
    return Case(code, severity, marked, edits, line, last, file, today, with_notes)


HANDLES = re.findall(
    r"\S+",
    """
    REF-UNKNOWN REF-VALUE REF-UNUSED REF-DUPLICATE REF-CASE REF-CYCLE
    ARI-RATE ARI-SUM ARI-LAG ARI-LAG-OPEN ARI-REVENUE ARI-GOAL ARI-FUNNEL ARI-PERCENT ARI-ACCEPT ARI-CAPACITY
    ARI-COVERAGE ARI-COST ARI-SLACK ARI-JUMP ARI-PERIOD ARI-PRECISION
    CRI-IMPOSSIBLE CRI-TRIVIAL CRI-NO-CLIMB CRI-OVERLAP CRI-GAP CRI-SHADOW CRI-REDUNDANT CRI-POINTS CRI-AT-LEAST
    CRI-TYPE CRI-BANT CRI-MODE CRI-CONTRADICT CRI-COLLECT CRI-BOUNDARY
    HND-PAYLOAD HND-CHANNEL HND-ROUTE HND-LOAD HND-STAGE HND-FALLBACK HND-CONSENT
    CLK-START CLK-UNIT CLK-PARTITION CLK-ORDER CLK-LADDER CLK-REACHABLE CLK-ONE-SIDED CLK-NO-LEVEL CLK-NO-DATA
    CLK-GAMEABLE CLK-SMALL CLK-HOURS
    MTG-TOPIC MTG-OWNER MTG-CADENCE
    GOV-SIGN GOV-VERSION GOV-DATES GOV-NOTICE GOV-STALE GOV-PII
    LNG-TERM LNG-UNDEFINED LNG-SYNONYM LNG-CLASH LNG-VAGUE LNG-MISSING
    DOC-SECTION DOC-WHY DOC-GENERIC DOC-ANSWER DOC-YAML
    BUD-JUMP RATE-STALE PAY-UNLISTED CHN-TRIAL CNT-GAP VAL-MANY CMP-OVER
    """,
)
"""Every handle of the design: 76, and those that came later."""

ELSEWHERE = {
    "GOV-SIGN": "a release refuses an agreement that one team has not signed",
    "GOV-VERSION": "a release compares the text with the last one",
    "GOV-NOTICE": "a comparison knows from when the new text holds",
    "BUD-JUMP": "a comparison knows the old targets",
    "RATE-STALE": "a comparison knows which criterion changed",
}
"""Handles of mistakes that one text alone does not show -> who sees them."""

AGREEMENT, CHANNELS, DATA, DICTIONARY = "agreement.yaml", "channels.yaml", "data.yaml", "dictionary.yaml"
EXCEPTIONS, FEEDBACK, HANDOFF, MEETINGS = "not_counted.yaml", "feedback.yaml", "handoff.yaml", "meetings.yaml"
PERSONAS, PLAN, PROMISES, SELLERS = "personas.yaml", "plan.yaml", "promises.yaml", "sellers.yaml"
STAGES, TARGETS, TIMES = "stages.yaml", "targets.yaml", "working_time.yaml"

LEADS = "targets:\n  lead:\n    organic_search:\n      2027-01 to 2027-03: {}\n      2027-04 to 2027-06: 200\n  mql:"
ALL_MQL = "  mql:\n    all:\n      2027-01 to 2027-03: {}\n      2027-04 to 2027-06: 100\n"
SMALL = "  welcome:\n    promise: Call each new customer\n    starts: became_customer\n    stops: activity\n"
SMALL += "    within: 2 days\n    target: 91%\n"
RANKS = "  - {when: {employees: 50 to 200}, rank: small}\n  - {when: {employees: at least 200}, rank: large}\n"
REST = "  - {otherwise: yes, rank: cold, then: Newsletter once a month}\n"
RELEASE = 'release: {version: "2027.1", valid_from: 2027-01-01, renew_by: 2026-06-30}\n'
MORE = "".join(
    f"  more_{number}: {{say: It costs R$ {number} a day, for: quality_manager, proof: The bill}}\n"
    for number in (1, 2, 3)
)
PROPOSITIONS = "value_propositions:              # the few strongest, each with a proof\n"
OTHERWISE = "    - {otherwise: yes, to: edu}\n"
PAYLOAD = "    phone: {used_for: first call}\n"

CASES: dict[str, list[Case]] = {
    "REF-UNKNOWN": [
        case("SLA101", ERROR, "plant_director", (PERSONAS, "for: operations_director", "for: plant_director")),
        case("SLA101", ERROR, "called_nicely", (PROMISES, "starts: became_mql", "starts: called_nicely")),
    ],
    "REF-VALUE": [case("SLA104", ERROR, "food distributors", (STAGES, "[food distribution,", "[food distributors,"))],
    "REF-UNUSED": [case("SLA108", WARNING, "fax", (DATA, "  email: {", "  fax: {is: text}\n  email: {"))],
    "REF-DUPLICATE": [
        case("SLA109", ERROR, "first-response", (PROMISES, "  mql-quality:", "  first-response:"), last=True)
    ],
    "REF-CASE": [
        case(
            "SLA110",
            WARNING,
            "trade_fairs",
            (CHANNELS, "channels:\n", "channels:\n  trade-fairs: {team: sales}\n"),
            line="  trade_fairs:",
        )
    ],
    "REF-CYCLE": [case("SLA111", WARNING, "bruno", (SELLERS, "if_all_are_away: tomas\n", ""), line="ana: {")],
    "ARI-RATE": [case("SLA201", ERROR, "30", (TARGETS, "targets:\n  mql:", LEADS.format(140)), line="03: 30")],
    "ARI-SUM": [case("SLA202", ERROR, "81", (TARGETS, "  mql:\n", ALL_MQL.format(81)))],
    "ARI-LAG": [case("SLA203", ERROR, "10", (TARGETS, "05: 8", "05: 10"), line="05: 10")],
    "ARI-LAG-OPEN": [case("SLA204", ERROR, "6", (TARGETS, "  2026-11: 24\n", ""), line="02: 6")],
    "ARI-REVENUE": [case("SLA205", ERROR, "R$ 1400000", (PLAN, "1380000", "1400000"))],
    "ARI-GOAL": [case("SLA206", ERROR, "50", (PLAN, "customers: 46", "customers: 50"), line="customers: 50")],
    "ARI-FUNNEL": [
        case(
            "SLA207",
            ERROR,
            "120",
            (TARGETS, "  sql:\n", "  sql:\n    organic_search:\n      2027-01 to 2027-06: 120\n"),
        )
    ],
    "ARI-PERCENT": [
        case("SLA208", ERROR, "180%", (TARGETS, "opportunity: 80%", "opportunity: 180%")),
        case("SLA022", ERROR, "0.25", (TARGETS, "customer: 25%", "customer: 0.25")),
    ],
    "ARI-ACCEPT": [
        case("SLA209", ERROR, "50%", (PROMISES, "target: 85%", "target: 40%"), file=CHANNELS, line="mql_to_sql: 50%")
    ],
    "ARI-CAPACITY": [case("SLA214", ERROR, "15 a month", (SELLERS, "22 a month", "15 a month"))],
    "ARI-COVERAGE": [case("SLA210", ERROR, "2x", (PLAN, "4x", "2x"))],
    "ARI-COST": [case("SLA211", ERROR, "at most R$ 9000", (PLAN, "12000", "9000"))],
    "ARI-SLACK": [case("SLA212", WARNING, "30", (TARGETS, "targets:\n  mql:", LEADS.format(200)), line="03: 30")],
    "ARI-JUMP": [
        case(
            "SLA215",
            WARNING,
            "40",
            (
                TARGETS,
                "prospecting:\n      2027-01 to 2027-06: 10",
                "prospecting:\n      2027-01 to 2027-05: 10\n      2027-06: 40",
            ),
            line="      2027-06: 40",
        )
    ],
    "ARI-PERIOD": [case("SLA216", ERROR, "2027-05", (TARGETS, "2027-04 to 2027-06: 40", "2027-05 to 2027-06: 40"))],
    "ARI-PRECISION": [case("SLA022", ERROR, "32.5", (TARGETS, "2027-01 to 2027-03: 32", "2027-01 to 2027-03: 32.5"))],
    "CRI-IMPOSSIBLE": [
        case(
            "SLA301",
            ERROR,
            "at least 5000",
            (
                STAGES,
                "      - points: at least 30\n",
                "      - points: at least 30\n      - employees: at least 5000\n",
            ),
        )
    ],
    "CRI-TRIVIAL": [
        case(
            "SLA303",
            ERROR,
            "not known",
            (
                STAGES,
                "Contract signed\n",
                "Contract signed\n    any:\n      - phone: known\n      - phone: not known\n",
            ),
        )
    ],
    "CRI-NO-CLIMB": [
        case(
            "SLA304",
            ERROR,
            "Portugal",
            (STAGES, "      - accepted: yes\n", "      - accepted: yes\n      - country: Portugal\n"),
        )
    ],
    # the first line that fits wins, so that two ranks never fit one lead: what is left are ranges that share an end
    "CRI-OVERLAP": [case("SLA308", WARNING, "at least 200", (STAGES, REST, RANKS + REST))],
    "CRI-GAP": [case("SLA305", ERROR, "ranking", (STAGES, REST, ""), line="ranking:")],
    "CRI-SHADOW": [
        case(
            "SLA306",
            ERROR,
            "{country: Portugal}",
            (STAGES, REST, REST + "  - {when: {country: Portugal}, rank: abroad}\n"),
        )
    ],
    "CRI-REDUNDANT": [
        case(
            "SLA307",
            INFO,
            "at least 10",
            (STAGES, "      - points: at least 30\n", "      - points: at least 30\n      - employees: at least 10\n"),
            with_notes=True,
        )
    ],
    "CRI-POINTS": [
        case(
            "SLA311",
            ERROR,
            "at least 140",
            (STAGES, "each_action: every time", "each_action: once"),
            (STAGES, "points: at least 30", "points: at least 140"),
        ),
        case("SLA312", WARNING, "more than 0", (STAGES, "points: at least 30", "points: more than 0")),
    ],
    "CRI-AT-LEAST": [case("SLA310", ERROR, "5", (STAGES, "at_least: 3", "at_least: 5"), line="at_least: 5")],
    "CRI-TYPE": [case("SLA309", ERROR, "at least 3 days", (STAGES, "rooms: at least 3", "rooms: at least 3 days"))],
    "CRI-BANT": [case("SLA314", WARNING, "bant_budget", (DATA, "    bant: authority\n", ""))],
    "CRI-MODE": [case("SLA315", WARNING, "mql", (STAGES, "      - mode: buying\n", ""), file=HANDOFF)],
    "CRI-CONTRADICT": [
        case(
            "SLA302",
            ERROR,
            "[cold storage, other]",
            (STAGES, "student, supplier]\n", "student, supplier]\n      - industry: [cold storage, other]\n"),
        )
    ],
    "CRI-COLLECT": [
        case(
            "SLA313",
            ERROR,
            "[likely]",
            (STAGES, "      - points: at least 30\n", "      - points: at least 30\n      - bant_budget: [likely]\n"),
        )
    ],
    "CRI-BOUNDARY": [
        case("SLA308", WARNING, "at least 202", (STAGES, REST, RANKS.replace("at least 200", "at least 202") + REST))
    ],
    "HND-PAYLOAD": [
        case("SLA402", ERROR, "bant_budget", (HANDOFF, PAYLOAD, PAYLOAD + "    bant_budget: {used_for: proposal}\n"))
    ],
    "HND-CHANNEL": [
        case("SLA403", ERROR, "CRM queue and e-mail", (HANDOFF, 'CRM queue "New hot leads"', "CRM queue and e-mail"))
    ],
    "HND-ROUTE": [
        case("SLA317", ERROR, "routing", (HANDOFF, OTHERWISE, ""), line="routing:"),
        case("SLA101", ERROR, "caoi", (HANDOFF, "[caio, dora]", "[caoi, dora]")),
    ],
    "HND-LOAD": [
        case(
            "SLA407",
            WARNING,
            "[caio, dora]",
            (HANDOFF, "  routing:", "  routing:\n    - {when: {channel: organic_search}, to: caio}\n    #"),
        )
    ],
    "HND-STAGE": [
        case("SLA101", ERROR, "mqll", (HANDOFF, "stage: mql", "stage: mqll")),
        case("SLA401", ERROR, "opportunity", (HANDOFF, "stage: mql", "stage: opportunity"), line="stage: opp"),
    ],
    "HND-FALLBACK": [
        case(
            "SLA404",
            WARNING,
            "integration",
            (HANDOFF, '  if_it_fails: {then: Daily export to the same queue, until: "09:00"}\n', ""),
        )
    ],
    "HND-CONSENT": [
        case("SLA405", WARNING, "must_have", (DATA, "is: yes or no, consent: yes,", "is: yes or no,"), file=HANDOFF)
    ],
    "CLK-START": [
        case(
            "SLA501",
            ERROR,
            "returned",
            (PROMISES, "stops: handed_off_again", "stops: returned"),
            line="stops: returned",
        ),
        case(
            "SLA502",
            ERROR,
            "activity_logged",
            (DATA, "activity, activity_logged,", "activity,"),
            file=PROMISES,
            line="stops: activity_logged",
        ),
    ],
    "CLK-UNIT": [
        case("SLA505", WARNING, "1 hour", (PROMISES, "time: 1 business hour,", "time: 1 hour,")),
        case("SLA022", ERROR, "15", (PROMISES, "within: 15 minutes", "within: 15"), line="within: 15"),
    ],
    "CLK-PARTITION": [
        case(
            "SLA321",
            ERROR,
            "within",
            (PROMISES, "{name: other, otherwise: yes,", "{name: other, when: {employees: at most 500},"),
            line="within:                      #",
        )
    ],
    "CLK-ORDER": [
        case("SLA507", ERROR, "5 business days", (PROMISES, "within: 15 business days", "within: 5 business days"))
    ],
    "CLK-LADDER": [
        case(
            "SLA521",
            ERROR,
            "1",
            (PROMISES, "when: {late_by: 2 business hours}", "when: {missed: 1}"),
            line="tomas, then: G",
        )
    ],
    "CLK-REACHABLE": [
        case(
            "SLA508",
            ERROR,
            "15 minutes",
            (DATA, "pieces, kits]\n    synced: at once", "pieces, kits]\n    synced: 1 day"),
            file=PROMISES,
        )
    ],
    "CLK-ONE-SIDED": [
        case("SLA802", WARNING, "signed", (PROMISES, "\nsales_promises:\n", "\n"), file=AGREEMENT, line="status:")
    ],
    "CLK-NO-LEVEL": [
        case("SLA511", WARNING, "100%", (PROMISES, "target: 98%", "target: 100%"), line="    target: 100%"),
        case("SLA511", WARNING, "handoff-speed", (PROMISES, "    target: 98%\n", "")),
    ],
    "CLK-NO-DATA": [
        case(
            "SLA503",
            ERROR,
            "persistence_rate",
            (DATA, "handed_off_again, contact_attempt,", "handed_off_again,"),
            file=PROMISES,
        )
    ],
    "CLK-GAMEABLE": [
        case("SLA514", WARNING, "decided", (PROMISES, "stops: first_personal_contact", "stops: became_sql"))
    ],
    "CLK-SMALL": [case("SLA513", WARNING, "91%", (PROMISES, "  win-rate:\n", SMALL + "  win-rate:\n"))],
    "CLK-HOURS": [
        case(
            "SLA527",
            WARNING,
            "office",
            (TIMES, "    holidays: {country: BR, also: [2027-02-08, 2027-02-09, 2027-05-27]}\n", ""),
        ),
        case("SLA113", ERROR, "America/SaoPaulo", (TIMES, "America/Sao_Paulo", "America/SaoPaulo")),
    ],
    "MTG-TOPIC": [case("SLA601", WARNING, "meetings", (MEETINGS, "returned leads, ", ""), line="meetings:")],
    "MTG-OWNER": [
        case("SLA602", ERROR, "[marketing]", (MEETINGS, "who: [marketing, sales]", "who: [marketing]")),
        case("SLA021", ERROR, "weekly", (MEETINGS, "    every: week\n", ""), line="  weekly:"),
    ],
    "MTG-CADENCE": [
        case("SLA603", WARNING, "targets", (MEETINGS, "every: month\n", "every: 12 months\n"), line="[targets")
    ],
    "GOV-DATES": [case("SLA701", ERROR, "2026-06-30", (AGREEMENT, "currency: BRL\n", "currency: BRL\n" + RELEASE))],
    "GOV-STALE": [
        case(
            "SLA702",
            WARNING,
            "2026-11-20",
            (PERSONAS, "personas:", "personas:"),
            line="interviews: 6",
            today=date(2027, 6, 1),
        ),
        case(
            "SLA703",
            WARNING,
            "2027-01-31",
            (AGREEMENT, "currency: BRL\n", "currency: BRL\n" + RELEASE.replace("2026-06-30", "2027-01-31")),
            today=date(2027, 2, 1),
        ),
    ],
    "GOV-PII": [
        case("SLA706", ERROR, "maria@cold.example", (EXCEPTIONS, "leads: [L-20231]", "leads: [maria@cold.example]"))
    ],
    "LNG-TERM": [case("SLA806", WARNING, "TOFU", (CHANNELS, "name: Search ads", "name: TOFU ads"))],
    "LNG-UNDEFINED": [case("SLA807", WARNING, "SAL", (STAGES, "Someone came", "Somebody, no SAL, came"))],
    "LNG-SYNONYM": [case("SLA808", WARNING, "rejected lead", (PROMISES, "Repair a lead", "Repair a rejected lead"))],
    "LNG-CLASH": [
        case("SLA809", ERROR, "SQL", (DICTIONARY, "  nurture:", "  SQL: {means: A lead that sales calls}\n  nurture:"))
    ],
    "LNG-VAGUE": [
        case("SLA810", WARNING, word, (PROMISES, "Contact every new MQL in person", f"Contact MQL {word}"))
        for word in ("asap", "soon", "good quality", "relevant")
    ],
    "LNG-MISSING": [
        case(
            "SLA811",
            INFO,
            "means",
            (DICTIONARY, "means: The system in which", "means: {pt-BR: Onde vendas anota}\n  # The system in which"),
            line="means: {pt-BR",
            with_notes=True,
        )
    ],
    "DOC-SECTION": [
        case(
            "SLA801",
            WARNING,
            "signed",
            (CHANNELS, "prospecting\n    team: sales", "prospecting\n    team: marketing"),
            file=AGREEMENT,
            line="status:",
        )
    ],
    "DOC-WHY": [case("SLA805", INFO, "points", (STAGES, "points:\n", "points:\n"), line="points:\n", with_notes=True)],
    "DOC-GENERIC": [
        case("SLA803", WARNING, "High quality", (PERSONAS, "say: The audit report writes itself", "say: High quality"))
    ],
    "DOC-ANSWER": [case("SLA804", WARNING, "price", (FEEDBACK, "    answers: price\n", ""), line="  price:")],
    "DOC-YAML": [
        case("SLA022", ERROR, "R$ 30,000", (PLAN, "R$ 30000", "R$ 30,000")),
        case("SLA005", ERROR, "call #5 first", (STAGES, "means: Contract signed", "means: call #5 first")),
        case("SLA002", ERROR, "\t", (SELLERS, "  caio: {", "\tcaio: {")),
        case(
            "SLA022",
            ERROR,
            "2027.1",
            (AGREEMENT, "currency: BRL\n", "currency: BRL\nrelease: {version: 2027.1, valid_from: 2027-01-01}\n"),
        ),
        case(
            "SLA022",
            ERROR,
            "yes",
            (DATA, "values: [Brazil, Portugal, other]", "values: [yes, no, other]"),
            line="[yes, no",
        ),
    ],
    "PAY-UNLISTED": [
        case("SLA406", WARNING, "job_title", (HANDOFF, "    job_title: {used_for: approach}\n", ""), file=DATA)
    ],
    "CHN-TRIAL": [
        case(
            "SLA223",
            WARNING,
            "trial",
            (CHANNELS, "    name: Search ads\n", "    name: Search ads\n    status: trial\n"),
            (TARGETS, "  mql:\n", ALL_MQL.format(80)),
        )
    ],
    "CNT-GAP": [
        case("SLA609", INFO, "quality_manager", (PERSONAS, "personas:", "personas:"), line="  quality", with_notes=True)
    ],
    "VAL-MANY": [case("SLA812", WARNING, "pays_back_in_a_year", (PERSONAS, PROPOSITIONS, PROPOSITIONS + MORE))],
    "CMP-OVER": [case("SLA221", ERROR, "25", (CHANNELS, "hands_over: 20", "hands_over: 25"), line="hands_over")],
}


def found(folder: Path, bad: Case) -> list[Finding]:
    """What the one rule says: that others do not repeat it is the matter of each subject's own table."""
    catalogue = [rule for rule in rules() if rule.code == bad.code]
    return list(validate(read(folder), bad.today, with_notes=bad.with_notes, catalogue=catalogue).findings)


def expected_spot(folder: Path, bad: Case) -> tuple[str, int, int]:
    """File, line and column of the marked words, from the file itself."""
    file = bad.file or bad.edits[0][0]
    lines = (folder / file).read_text(encoding="utf-8").splitlines(keepends=True)
    numbers = [number for number, line in enumerate(lines, 1) if bad.marked in line and bad.line in line]
    number = numbers[-1 if bad.last else 0]
    return file, number, lines[number - 1].index(bad.marked) + 1


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(bad, id=f"{handle}-{number}")
        for handle, many in CASES.items()
        for number, bad in enumerate(many, 1)
    ],
)
def test_the_mistake_is_found_at_its_line_with_its_severity(tmp_path: Path, bad: Case) -> None:
    folder = edited_reference(tmp_path, *bad.edits)
    actual = [
        (finding.code, finding.severity, (Path(finding.place.file).name, finding.place.line, finding.place.column))
        for finding in found(folder, bad)
    ]

    assert (bad.code, bad.severity, expected_spot(folder, bad)) in actual


def test_every_handle_of_the_design_has_a_case_or_is_seen_elsewhere() -> None:
    assert 76 + 7 == len(HANDLES)
    assert sorted(HANDLES) == sorted([*CASES, *ELSEWHERE])


def test_the_rules_of_the_cases_exist() -> None:
    assert [] == [bad.code for many in CASES.values() for bad in many if rule_of(bad.code) is None]


def test_every_rule_fires_somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that never reports anything in any bad example is a rule that nobody would miss."""
    silent = []
    for rule in rules():
        folder = tmp_path / rule.code
        folder.mkdir()
        bad = document(rule.bad, folder)
        with monkeypatch.context() as patched:
            if rule.code in UNSETTLED:
                patched.setattr(contradictions, "LIMIT", Limit(seconds=0))
            # alone it is quicker; one that tells what became of the others' questions needs them
            past = history(rule.bad, folder)
            if not any(_fires(rule, bad, past, catalogue) for catalogue in ([rule], None)):
                silent.append(rule.code)

    assert [] == silent


def _fires(rule: Rule, bad: Document, past: History | None, catalogue: list[Rule] | None) -> bool:
    findings = validate(bad, date(2027, 3, 15), catalogue=catalogue, history=past).findings
    return any(finding.code == rule.code for finding in findings)
