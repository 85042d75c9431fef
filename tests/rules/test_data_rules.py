"""Rules about data: each example's leads are checked, and the bad agreement is reported on its marked lines alone."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.finding import Severity
from checker.finding_record import FindingRecord
from checker.language import words
from checker.logic.statistics import wilson_interval
from checker.report.rule_page import rule_page
from checker.review.validate import validate
from checker.rules.by_data.criteria import unknown_values
from checker.rules.by_data.enough import rounded_outwards, step_of
from checker.rules.by_data.names import LISTS, unknown_names
from checker.rules.catalogue import DATA_MODULES, data_rules, every_rule, rules
from checker.rules.rule import Rule
from checker.verdict import LISTS_OF_NAMES, UNKNOWN_NAMES, UNKNOWN_VALUES, Found, Results
from tests.conftest import ROOT
from tests.rules.examples import Line, document, marked
from tests.rules.leads_of_examples import BESIDE, checked

every_data_rule = pytest.mark.parametrize("rule", data_rules(), ids=lambda rule: rule.code)


def line(file: str, number: int) -> Line:
    return file.rpartition("/")[2], number


@every_data_rule
def test_bad_example_is_reported_on_the_marked_lines_and_nowhere_else(rule: Rule, tmp_path: Path) -> None:
    findings = checked(rule.bad, rule.data, tmp_path).findings

    assert {rule.code} == {finding.code for finding in findings}
    assert marked(rule.bad, rule.code) == {line(finding.file, finding.line) for finding in findings}


@every_data_rule
def test_the_other_lines_of_the_conflict_are_the_marked_ones(rule: Rule, tmp_path: Path) -> None:
    """Those of the source stand in a file that no example shows."""
    findings = checked(rule.bad, rule.data, tmp_path).findings
    others = {line(item.file, item.line) for finding in findings for item in finding.because}

    assert marked(rule.bad, "because") == {spot for spot in others if spot[0] != BESIDE}


@every_data_rule
def test_good_example_has_no_finding_on_the_same_leads(rule: Rule, tmp_path: Path) -> None:
    assert [] == [(found.code, found.message) for found in checked(rule.good, rule.data, tmp_path).findings]


@every_data_rule
def test_each_finding_says_what_to_do(rule: Rule, tmp_path: Path) -> None:
    """In two words or more, and the same in its data for other languages."""
    for finding in checked(rule.bad, rule.data, tmp_path).findings:
        assert len(finding.choices) >= 2
        assert len(finding.choices) == len(finding.said.choices)
        assert len(finding.because) == len(finding.said.because)


@every_data_rule
def test_only_the_check_looks_for_it(rule: Rule, tmp_path: Path) -> None:
    """`sla validate` has no data: it neither reports the rule nor says that it was skipped."""
    (tmp_path / "releases").mkdir()
    found = validate(document(rule.bad, tmp_path), date(2027, 3, 15))

    assert rule not in rules()
    assert rule.code not in {item.code for item in found.findings} | {item.code for item in found.skipped}


@every_data_rule
def test_a_rule_has_a_page_with_its_leads(rule: Rule) -> None:
    page = rule_page(rule, words("en"))

    assert len(rule.explanation.split()) > 10
    assert "needs the funnel's data" in page
    assert page.count("\n| ") == len(rule.data.strip().splitlines()) + 1


def test_every_file_with_rules_about_data_is_in_the_catalogue() -> None:
    with_rules = {
        file.stem
        for file in (ROOT / "checker" / "rules" / "by_data").glob("*.py")
        if "\n@rule(" in file.read_text(encoding="utf-8")
    }

    assert with_rules == set(DATA_MODULES)


def test_codes_and_names_of_the_whole_catalogue_are_used_once() -> None:
    assert len(every_rule()) == len({rule.code for rule in every_rule()}) == len({rule.name for rule in every_rule()})


def test_a_finding_in_the_results_has_all_keys_of_findings_v1() -> None:
    assert set(FindingRecord.model_fields) < set(Found.model_fields)


def test_what_findings_tell_is_left_out_of_the_oddities_by_these_codes_and_lists() -> None:
    """The results know the two rules and the lists by name."""
    assert set(LISTS) == set(LISTS_OF_NAMES)
    assert {UNKNOWN_NAMES, UNKNOWN_VALUES} == {unknown_names.code, unknown_values.code}


# ---------------------------------------------------------------- what the company says

CHANNELS = "channels:{waiver}\n  search: {{team: marketing}}\n"
LEADS = "leads, channel, became_mql\n40, search, 2027-01-12\n12, serach, 2027-02-03"


def of_channels(folder: Path, waiver: str = "", further: str = "") -> Results:
    return checked(CHANNELS.format(waiver=waiver) + further, LEADS, folder)


def test_a_near_name_is_offered(tmp_path: Path) -> None:
    (found,) = of_channels(tmp_path).findings

    assert "12 leads came by a channel that the agreement does not know: serach" == found.message
    assert "or say in the source, under values:, that serach is search" == found.choices[1].message


def test_a_company_weighs_or_silences_a_rule(tmp_path: Path) -> None:
    """Under `checks`, as any other."""
    weighed = of_channels(tmp_path, further="checks: {severity: {SLA117: info}}\n")
    silenced = of_channels(tmp_path, further="checks: {severity: {SLA117: off}}\n")

    assert [Severity.INFO] == [found.severity for found in weighed.findings]
    assert () == silenced.findings


def test_a_waiver_holds_until_its_day(tmp_path: Path) -> None:
    """As of the last day of the data, 3 February."""
    of_then = of_channels(tmp_path, "  # sla: waive[SLA117] until 2027-02-03 the new CRM comes in May").findings
    over = of_channels(tmp_path, "  # sla: waive[SLA117] until 2027-02-02 the new CRM comes in May").findings

    assert ["2027-02-03"] == [found.waived.until for found in of_then if found.waived]
    assert [None] == [found.waived for found in over]


def test_without_releases_the_rule_about_them_is_counted_as_not_looked_at(tmp_path: Path) -> None:
    (skipped,) = of_channels(tmp_path).not_looked_at

    assert "SLA228" == skipped.code
    assert "no version has been released before: there is nothing in releases/" == skipped.why


# ---------------------------------------------------------------- what is told, and what is let pass

STAGES = "stages: {mql: {team: marketing}, customer: {team: sales, is: won}}\n"
SELLERS = (
    STAGES
    + "handoff: {stage: mql, channel: The queue}\n"
    + "people: {ana: {name: Ana, team: sales}, caio: {name: Caio, team: sales}}\n"
)


def messages(results: Results, code: str) -> list[str]:
    return [found.message for found in results.findings if found.code == code]


@pytest.mark.parametrize(
    ("sellers", "table", "expected"),
    [
        ("{ana: {}, caio: {}}", "30, Ana, 2027-01-04", ["Caio got none of the 30 leads that were handed over"]),
        ("{ana: {}, caio: {}}", "29, ana, 2027-01-04", []),
        ("{ana: {}, caio: {starts: 2027-02-01}}", "30, ana, 2027-01-04", []),
        ("{ana: {}, caio: {ends: 2026-12-31}}", "30, ana, 2027-01-04", []),
        ("{ana: {}, caio: {}}", "30, zoe, 2027-01-04", []),
        ("{ana: {}, caio: {}}", "29, ana, 2027-01-04\n1, caio, 2027-01-05", []),
    ],
)
def test_sellers_without_leads(tmp_path: Path, sellers: str, table: str, expected: list[str]) -> None:
    """From 30 leads on, of those who sold; where no seller is known in the data, their names are the cause."""
    text = SELLERS + f"sellers: {sellers}\n"

    assert expected == messages(checked(text, f"leads, owner, handed_off\n{table}", tmp_path), "SLA118")


@pytest.mark.parametrize(("months", "each", "told"), [(6, 5, True), (5, 10, False), (6, 4, False)])
def test_a_trial_of_half_a_year_has_had_its_time(tmp_path: Path, months: int, each: int, told: bool) -> None:
    """Six months, and 30 leads."""
    text = STAGES + "channels:\n  fairs: {team: marketing, status: trial}\n"
    lines = [f"{each}, fairs, 2027-{month:02}-10" for month in range(1, months + 1)]
    results = checked(text, "\n".join(["leads, channel, became_mql", *lines]), tmp_path)
    message = f"fairs is on trial, and has brought {months * each} leads in {months} months"

    assert ([message] if told else []) == messages(results, "SLA119")


def test_a_channel_that_begins_further_down_is_counted_where_its_leads_begin(tmp_path: Path) -> None:
    """Prospecting has no marketing leads, and began in February."""
    text = (
        STAGES + "channels:\n  fairs: {team: marketing}\n  calls: {team: sales, since: 2027-02, starts_at: customer}\n"
    )
    table = "leads, channel, became_mql, became_customer\n40, fairs, 2027-01-04,\n3, calls, , 2027-01-10"

    assert ["calls brought 3 leads before it began, the first in January 2027"] == messages(
        checked(text, table, tmp_path), "SLA119"
    )


FIELD = """
fields: {employees: {is: whole number}, outcome: {is: text, filled_in: after handoff}}
stages:
  mql: {team: marketing, employees: at least 20}
  customer: {team: sales, is: won, outcome: known}
handoff: {stage: mql, channel: The queue}
"""


@pytest.mark.parametrize(
    ("handed", "expected"),
    [
        (30, [("outcome is blank in all 30 leads that could have it", [5])]),
        (29, []),
    ],
)
def test_a_field_of_sales_could_be_filled_in_only_after_the_handoff(
    tmp_path: Path, handed: int, expected: list[tuple[str, list[int]]]
) -> None:
    """With the lines that ask for it; what only leads before the handoff lack is not missing."""
    table = f"leads, handed_off, employees, outcome\n{handed}, 2027-01-04, 30,\n100, , 30,"
    found = [item for item in checked(FIELD, table, tmp_path).findings if item.code == "SLA341"]

    assert expected == [(item.message, [line.line for line in item.because]) for item in found]


def test_a_criterion_on_a_field_that_nobody_fills_in_is_one_finding(tmp_path: Path) -> None:
    """That of the field."""
    table = "leads, handed_off, employees, outcome\n50, 2027-01-04, , good"

    assert ["SLA341"] == [item.code for item in checked(FIELD, table, tmp_path).findings]


def test_a_promise_about_nobody_names_those_of_whom_it_cannot_be_told(tmp_path: Path) -> None:
    """They are among those who do not fit."""
    text = STAGES + (
        "fields: {employees: {is: whole number}}\n"
        "both_promise:\n"
        "  large: {promise: Bring large ones, measure: volume, of: mql, target: 1 a month, "
        "only: {employees: at least 90}}\n"
    )
    table = "leads, became_mql, employees\n20, 2027-01-04, 30\n15, 2027-01-05,"
    (found,) = [item for item in checked(text, table, tmp_path).findings if item.code == "SLA342"]

    assert "not one of 35 leads is one that this promise is about" == found.message
    assert ("of 15 of them the data does not say it",) == found.follows


@pytest.mark.parametrize(
    ("about", "text", "expected"),
    [
        ("owner", SELLERS + "sellers: {ana: {}, caio: {}}\n", ("SLA117", 4)),
        ("owner", SELLERS, ("SLA117", 3)),
        ("return_reason", STAGES + "return_reasons: {late: {found: after accepting, back_to: nobody, then: close}}\n",
         ("SLA117", 2)),
        ("campaign", STAGES + "channels: {a: {team: marketing}}\ncampaigns: {audits: {channel: a, month: 2027-01}}\n",
         ("SLA117", 3)),
        ("sector", "fields: {sector: {is: channel}}\nchannels: {a: {team: marketing}}\n" + STAGES, ("SLA343", 1)),
        ("last_action", STAGES + "actions: {read: {points: 1}}\n", ("SLA343", 2)),
    ],
)  # fmt: skip
def test_unknown_values_are_told_at_their_list(
    tmp_path: Path, about: str, text: str, expected: tuple[str, int]
) -> None:
    """Each list once, and no longer among the oddities of the data."""
    results = checked(text, f"leads, became_mql, {about}\n7, 2027-01-04, toys", tmp_path)
    (found,) = [item for item in results.findings if item.code in ("SLA117", "SLA343")]

    assert expected == (found.code, found.line)
    assert "toys" in found.message
    assert [] == [item for item in results.untold_quality() if item.what == "unknown value"]


def test_validating_knows_the_codes_and_leaves_their_waivers_alone(tmp_path: Path) -> None:
    """What it has not looked for may well be there."""
    text = (
        STAGES
        + "channels:  # sla: waive[SLA117] until 2027-12-31 the new CRM comes in May\n  search: {team: marketing}\n"
        + "checks: {severity: {SLA227: off}}\n"
    )
    found = validate(document(text, tmp_path), date(2027, 3, 15)).findings

    assert [] == [item.code for item in found if item.code in ("SLA104", "SLA730", "SLA731", "SLA734")]


def released(version: str, valid_from: str, text: str, test: str) -> str:
    stamp = f'release: {{version: "{version}", valid_from: {valid_from}}}\n'
    head = "format: sla/v1\nagreement: An example\n"
    return f"\n# releases/{version}.yaml\n{head}{stamp}{text.replace('at least 20', test)}"


OLDER = """fields: {employees: {is: whole number}}
groups:
  large: {employees: at least 20}
stages:
  lead: {team: marketing}
  mql: {team: marketing, meets: large}
  won: {team: sales, is: won}
channels:
  fairs: {team: marketing, rates: {lead_to_mql: 40%}}
rates:
  lead_to_mql: 20%
  mql_to_won: 10%
"""


@pytest.mark.parametrize(
    ("releases", "lines"),
    [
        ([("2027.1", "2027-01-01", "at least 50")], [(12, [4, 10, 13])]),
        ([("2027.1", "2027-01-01", "at least 50"), ("2027.2", "2027-03-01", "at least 20")], [(12, [4, 10, 13])]),
        ([("2027.1", "2027-01-01", "at least 20")], []),
    ],
)
def test_a_change_of_rule_is_one_finding(
    tmp_path: Path, releases: list[tuple[str, str, str]], lines: list[tuple[int, list[int]]]
) -> None:
    """With the line that changed, through its group, and all rates that stayed; also where the change is older than
    the last release."""
    text = "# agreement.yaml\n" + OLDER + "".join(released(*item[:2], OLDER, item[2]) for item in releases)
    results = checked(text, "leads, became_lead, became_mql\n40, 2027-03-12, 2027-03-20", tmp_path)
    found = [item for item in results.findings if item.code == "SLA228"]

    assert lines == [(item.line, [line.line for line in item.because]) for item in found]


def test_a_rate_that_was_measured_again_is_let_pass(tmp_path: Path) -> None:
    """Those of the last release were others."""
    older = OLDER.replace("20%", "15%").replace("40%", "30%").replace("10%", "8%")
    text = "# agreement.yaml\n" + OLDER + released("2027.1", "2027-01-01", older, "at least 50")
    table = "leads, became_lead, became_mql\n40, 2027-03-12, 2027-03-20"

    assert [] == messages(checked(text, table, tmp_path), "SLA228")


BLANK = """
fields: {employees: {is: whole number}}
groups:
  large: {employees: at least 20}
stages:
  lead: {team: marketing}
  mql: {team: marketing, meets: large}
  sql: {team: sales, employees: at least 50}
"""
ALWAYS = "employees is blank in 40 of 50 leads that reached mql (80%): of those nobody can tell whether they meet this"
LATELY = (
    "since February 2027 employees is blank in 31 of 40 leads that reached mql (77.5%): of those nobody can tell "
    "whether they meet this"
)


@pytest.mark.parametrize(
    ("table", "message", "follows"),
    [
        ("40, 2027-01-04,\n10, 2027-01-05, 30", ALWAYS, ()),
        ("40, 2027-01-04, 30\n31, 2027-02-04,\n9, 2027-02-05, 30", LATELY, ()),
        (
            "40, 2027-01-04,\n10, 2027-02-05, 30",
            ALWAYS,
            ("since February 2027 it is filled in for 10 of 10",),
        ),
        ("20, 2027-01-04,\n20, 2027-01-05, 30", None, ()),
        ("28, 2027-01-04,\n1, 2027-01-05, 30", None, ()),
    ],
)
def test_blank_criteria(tmp_path: Path, table: str, message: str | None, follows: tuple[str, ...]) -> None:
    """Most of the leads, 30 at least, in all of the data or of late; told at the line that asks, also of a group."""
    results = checked(BLANK, f"leads, became_mql, employees\n{table}", tmp_path)
    found = [item for item in results.findings if item.code == "SLA340"]

    assert ([] if message is None else [message]) == [item.message for item in found]
    assert all((4, follows) == (item.line, item.follows) for item in found)


def test_one_field_is_one_finding_for_all_its_stages(tmp_path: Path) -> None:
    """The other lines that ask for it stand with the first."""
    table = "leads, became_mql, became_sql, employees\n40, 2027-01-04, 2027-01-05,\n10, 2027-01-05, 2027-01-06, 30"
    (found,) = [item for item in checked(BLANK, table, tmp_path).findings if item.code == "SLA340"]

    assert [(8, "asked here too, for sql")] == [(item.line, item.message) for item in found.because]


RATE = (
    STAGES
    + "channels: {search: {team: marketing, rates: {mql_to_customer: 60%}}, fairs: {team: marketing}}\n"
    + "rates: {mql_to_customer: 20%}\n"
    + "sales_promises:\n  win: {promise: Win, measure: rate, of: mql_to_customer, target: 20%, judged_after: 30 days}\n"
)


def test_each_rate_is_held_against_its_own_leads(tmp_path: Path) -> None:
    """That of a channel against the channel's, the one for all against the others'; young leads are in neither."""
    table = """leads, channel, became_mql, became_customer
        20, search, 2027-01-01, 2027-01-01
        20, search, 2027-01-31,
        8, fairs, 2027-01-01, 2027-01-02
        32, fairs, 2027-01-31,
        500, fairs, 2027-03-30,
        1, fairs, 2027-03-31, 2027-03-31"""
    told = messages(checked(RATE, table, tmp_path), "SLA227")

    assert [] == told

    told = messages(checked(RATE.replace("20%}\n", "45%}\n").replace("60%", "70%"), table, tmp_path), "SLA227")

    assert [
        "mql_to_customer of search: 70% is written, but 20 of 40 leads that were old enough went on, which speaks for "
        "35% to 65%",
        "mql_to_customer: 45% is written, but 8 of 40 leads that were old enough went on, which speaks for 10% to 35%",
    ] == told


def test_of_less_than_30_leads_no_share_is_told(tmp_path: Path) -> None:
    """29 of 29 are no proof."""
    table = """leads, channel, became_mql, became_customer
        29, fairs, 2027-01-01, 2027-01-01
        1, fairs, 2027-06-01, 2027-06-01"""

    assert [] == messages(checked(RATE, table, tmp_path), "SLA227")


@given(st.integers(1, 5000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_rounded_outwards_holds_the_interval(counts: tuple[int, int]) -> None:
    """By at most a step at each end, and stays a share."""
    low, high = wilson_interval(*counts)
    first, last = rounded_outwards(low, high)
    step = step_of(Fraction(low))

    assert 0 <= first.value <= low < first.value + step
    assert last.value - step < high <= last.value <= 1
