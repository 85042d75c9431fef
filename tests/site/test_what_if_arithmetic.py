"""The page that reckons for itself reckons as the checker does: to the last digit, in the real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from checker.agreement import Agreement, build
from checker.agreement.plan import ALL_CHANNELS
from checker.errors import NothingToPlan
from checker.finding import Path
from checker.logic.plan_checks import Kind
from checker.logic.plan_inputs import PlanInputs, SellerPlan, plan_inputs
from checker.logic.planning.anchors import Anchors, even_anchors, written_anchors
from checker.logic.planning.limits import Limit, Reach, reach
from checker.logic.planning.making import MadePlan, customers_for, plan_for, plan_from
from checker.logic.planning.planned import PlanWish, RateWish
from checker.review.plan import make_plan
from checker.site.repairs import SCRIPT
from checker.site.what_if import PlanData, counted, script_key
from checker.text import Document, parse, read
from tests.reference import FOLDER
from tests.review.test_plan import agreements

CHECKED = {
    Kind.HANDOFFS: "handoffs",
    Kind.NEW_OPPORTUNITIES: "new_opportunities",
    Kind.OPEN_OPPORTUNITIES: "open_opportunities",
    Kind.COVERAGE: "coverage",
    Kind.COST: "cost",
    Kind.CAMPAIGN: "campaign",
}
"""What the page looks at; whatever else may be wrong with a text is told by `sla validate`."""

ASK = """([data, asked]) => {
    const { reckon, parsed, changesOf, Impossible } = window.slaWhatIf;
    const text = (exact) => (exact === null ? null : exact.d == 1 ? String(exact.n) : `${exact.n}/${exact.d}`);
    const scenario = { ...asked, goal: asked.goal === null ? null : parsed(asked.goal),
        numbers: new Map(asked.numbers.map(([path, value]) => [path, parsed(value)])),
        totals: new Map(asked.totals.map(([key, value]) => [key, parsed(value)])) };
    const limit = (one) => one && [one.kind, one.month, text(one.needed), text(one.allowed)];
    try {
        const { made, plan, limits, most, first } = reckon(data, scenario);
        const { months, stages } = { months: made.inputs.months, stages: data.stages.map((_, at) => at) };
        return { customers: made.customers, scale: text(made.scale), limits: limits.map(limit), most,
            first: limit(first),
            numbers: stages.map((stage) => months.map((month) => text(plan.number(stage, month)))),
            wholes: stages.map((stage) => months.map((month) => plan.whole(stage, month))),
            channels: data.channels.map((_, channel) =>
                stages.map((stage) => months.map((month) => plan.whole(stage, month, channel)))),
            changes: changesOf(data, scenario, made) };
    } catch (stopped) {
        if (stopped instanceof Impossible) return { impossible: stopped.kind };
        throw stopped;
    }
}"""


@dataclass(frozen=True)
class Asked:
    """A scenario: what somebody chose on the page."""

    direction: str = "customers"
    goal: Fraction | None = None
    sellers: int | None = None
    cycle: int | None = None
    numbers: Mapping[Path, Fraction] = field(default_factory=dict)
    times: Fraction = Fraction(1)
    """How much of the leads that are written, where leads are given."""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page with our script."""
    context = browser.new_context()
    page = context.new_page()
    page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    yield page
    context.close()


def agreed(document: Document) -> tuple[Agreement, PlanInputs]:
    agreement = build(document.values, document.problems)
    return agreement, plan_inputs(agreement)


def with_choices(inputs: PlanInputs, asked: Asked) -> PlanInputs:
    """The checker's own inputs with what was chosen, each in the simplest way there is."""
    changed = inputs.with_numbers({**inputs.numbers, **asked.numbers})
    if asked.sellers is not None:
        people = tuple(SellerPlan(str(number), None, None, ()) for number in range(asked.sellers))
        changed = replace(changed, sellers=people)
    if asked.cycle is not None:
        opened = dict(changed.opened_before)
        for ago in range(1, asked.cycle + 1):
            if inputs.opened_before:
                opened.setdefault(inputs.months[0] + -ago, inputs.opened_before[min(inputs.opened_before)])
        changed = replace(changed, closing={asked.cycle: None}, opened_before=opened)
    return changed


def anchors_of(agreed: PlanInputs, inputs: PlanInputs, asked: Asked) -> Anchors:
    """Where leads are given, each channel has its own number of them, spread as what is written."""
    anchors = written_anchors(inputs) or even_anchors(inputs)
    if asked.direction != "leads":
        return anchors
    before = (written_anchors(agreed) or even_anchors(agreed)).numbers
    more = {}
    for key, months in anchors.numbers.items():
        wanted, there = asked.times * sum(before[key].values()), sum(months.values())
        more[key] = {month: number * wanted / there for month, number in months.items()}
    return Anchors(more, anchors.basis)


def by_checker(inputs: PlanInputs, asked: Asked) -> dict[str, Any]:
    """What the checker says, in the shape of `ASK`."""
    try:
        changed = with_choices(inputs, asked)
        anchors = anchors_of(inputs, changed, asked)
        made = _made(changed, anchors, asked)
        return _told(made, reach(changed, anchors, made))
    except NothingToPlan:
        return {}


def _made(inputs: PlanInputs, anchors: Anchors, asked: Asked) -> MadePlan:
    if asked.direction == "leads":
        return plan_from(inputs, anchors)
    assert asked.goal is not None
    goal = asked.goal
    return plan_for(inputs, anchors, int(goal) if asked.direction == "customers" else customers_for(inputs, goal))


def _told(made: MadePlan, reached: Reach) -> dict[str, Any]:
    plan, months = made.plan, made.inputs.months
    return {
        "customers": made.customers,
        "scale": str(made.scale),
        "limits": [_limit(limit) for limit in reached.limits if limit.kind in CHECKED],
        "most": reached.most,
        "first": None if reached.first is None else _limit(reached.first),
        "numbers": [[_text(plan.number(stage, month)) for month in months] for stage in plan.stages],
        "wholes": [[plan.whole(stage, month) for month in months] for stage in plan.stages],
        "channels": [
            [[plan.whole(stage, month, channel) for month in months] for stage in plan.stages]
            for channel in made.inputs.channels
        ],
    }


def _limit(limit: Limit) -> list[Any]:
    month = limit.month
    return [
        CHECKED[limit.kind],
        None if month is None else counted(month),
        str(limit.needed),
        str(limit.allowed),
    ]


def _text(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def by_page(page: Page, document: Document, asked: Asked) -> dict[str, Any]:
    agreement, inputs = agreed(document)
    data = PlanData(agreement, inputs, document)
    values = data.values()
    totals = []
    if asked.direction == "leads":
        for (stage, channel), months in (written_anchors(inputs) or even_anchors(inputs)).numbers.items():
            at = -1 if channel == ALL_CHANNELS else inputs.channels.index(channel)
            total = sum(months.values(), Fraction(0)) * asked.times
            totals.append([script_key(inputs.stages.index(stage), at), str(total)])
    choices = {
        "direction": asked.direction,
        "goal": None if asked.goal is None else str(asked.goal),
        "sellers": asked.sellers,
        "cycle": asked.cycle,
        "numbers": [[data.paths[path], str(number)] for path, number in asked.numbers.items()],
        "totals": totals,
    }
    told: dict[str, Any] = page.evaluate(ASK, [json.loads(json.dumps(values)), choices])
    return told


def alike(page: Page, document: Document, asked: Asked) -> dict[str, Any]:
    """Asserts that both say the same; what they say."""
    _, inputs = agreed(document)
    expected, told = by_checker(inputs, asked), by_page(page, document, asked)
    actual = {key: value for key, value in told.items() if key not in ("changes", "impossible")}

    assert expected == actual
    return told


# ---------------------------------------------------------------- the reference agreement

WIN: Path = ("rates", "opportunity_to_customer")
TABLE = {
    "as agreed": Asked(goal=Fraction(46)),
    "one customer more": Asked(goal=Fraction(47)),
    "more revenue": Asked("revenue", Fraction(1_500_000)),
    "no whole number of customers": Asked("revenue", Fraction(1_400_001)),
    "far too much": Asked(goal=Fraction(400)),
    "less than is open already": Asked(goal=Fraction(3)),
    "more are won": Asked(goal=Fraction(46), numbers={WIN: Fraction(3, 10)}),
    "fewer are won": Asked(goal=Fraction(46), numbers={WIN: Fraction(23, 100)}),
    "smaller deals": Asked("revenue", Fraction(1_380_000), numbers={("plan", "average_deal"): Fraction(27_500)}),
    "one channel converts better": Asked(
        goal=Fraction(50), numbers={("channels", "paid_search", "rates", "mql_to_sql"): Fraction(45, 100)}
    ),
    "a shorter cycle": Asked(goal=Fraction(46), cycle=1),
    "at once": Asked(goal=Fraction(46), cycle=0),
    "a longer cycle": Asked(goal=Fraction(46), cycle=4),
    "longer than the plan": Asked(goal=Fraction(46), cycle=9),
    "one seller more": Asked(goal=Fraction(55), sellers=6),
    "two sellers fewer": Asked(goal=Fraction(46), sellers=3),
    "sellers who take more": Asked(goal=Fraction(60), numbers={("limit_per_seller", "handoffs"): Fraction(30)}),
    "the leads that are written": Asked("leads"),
    "a quarter more leads": Asked("leads", times=Fraction(5, 4)),
    "a third of the leads": Asked("leads", times=Fraction(1, 3)),
}


@pytest.mark.parametrize("name", TABLE)
def test_the_reference_agreement_is_reckoned_alike(page: Page, name: str) -> None:
    alike(page, read(FOLDER), TABLE[name])


def test_vector_a_comes_back(page: Page) -> None:
    """The numbers of the design's page, worked out by hand: 46 customers and what leads to them."""
    told = by_page(page, read(FOLDER), Asked(goal=Fraction(46)))

    assert [6, 6, 8, 8, 8, 10] == told["wholes"][5]
    assert [32, 32, 32, 40, 40, 40] == told["wholes"][4]
    assert [15_000, 15_000, 15_000, 17_500, 17_500, 17_500] == told["wholes"][0]
    assert ([], 46) == (told["limits"], told["customers"])


# ---------------------------------------------------------------- any agreement

percent = st.integers(5, 95).map(lambda number: Fraction(number, 100))


@st.composite
def companies(draw: st.DrawFn) -> tuple[str, int]:
    """An agreement with a plan, and mostly with sellers, limits, budgets, coverage, a campaign and a late channel."""
    text, goal = draw(agreements())
    more = ""
    if draw(st.booleans()):
        more += f"\n  pipeline_coverage: {draw(st.integers(1, 9))}x"
    if draw(st.booleans()):
        more += f"\n  cost_per_customer: at most {draw(st.integers(50, 3000))}"
        text = text.replace("{team: m, starts_at", f"{{team: m, budget: {draw(st.integers(100, 9000))}, starts_at")
    text = text.replace("\n  average_deal: 250", f"\n  average_deal: 250{more}")
    if draw(st.booleans()):
        text = text.replace("c0: {team: m", f"c0: {{team: m, since: 2027-0{draw(st.integers(1, 4))}")
    if draw(st.integers(0, 3)):
        ramp = ", ".join(f"{part}%" for part in sorted(draw(st.lists(st.integers(5, 100), min_size=1, max_size=3))))
        text += "people:\n  ana: {name: Ana, team: s}\n  edu: {name: Edu, team: s}\n"
        text += f"sellers:\n  ana: {{}}\n  edu: {{starts: 2027-0{draw(st.integers(1, 5))}-04, ramp: [{ramp}]}}\n"
        text = text.replace(
            "ana: {}", "ana: {ends: 2027-03-31}" if draw(st.booleans()) else "ana: {starts: 2026-01-01}"
        )
        text += "limit_per_seller:\n"
        text += f"  handoffs: {draw(st.integers(1, 400))} a month\n"
        text += f"  new_opportunities: {draw(st.integers(1, 200))} a month\n"
        text += f"  open_opportunities: {draw(st.integers(1, 400))}\n"
    if draw(st.booleans()):
        text += f"campaigns:\n  fair: {{channel: c0, hands_over: {draw(st.integers(1, 60))}, month: 2027-03}}\n"
    return text, goal


@st.composite
def scenarios(draw: st.DrawFn) -> tuple[str, Asked]:
    text, goal = draw(companies())
    _, inputs = agreed(parse(text))
    numbers: dict[Path, Fraction] = {}
    for path in inputs.rates.values():
        if draw(st.integers(0, 2)) == 0:
            numbers[path] = draw(percent)
    deal: Path = ("plan", "average_deal")
    if draw(st.booleans()):
        numbers[deal] = Fraction(draw(st.integers(1, 9000)), draw(st.sampled_from([1, 2, 100])))
    for name in ("handoffs", "new_opportunities", "open_opportunities"):
        if ("limit_per_seller", name) in inputs.numbers and draw(st.booleans()):
            numbers["limit_per_seller", name] = Fraction(draw(st.integers(1, 300)))
    direction = draw(st.sampled_from(["customers", "revenue", "leads"]))
    customers = Fraction(max(1, round(goal * draw(st.sampled_from([0.3, 0.7, 1, 1.1, 2])))))
    amount = customers * numbers.get(deal, Fraction(250)) + draw(st.integers(0, 99))
    return text, Asked(
        direction,
        None if direction == "leads" else customers if direction == "customers" else amount,
        draw(st.none() | st.integers(1, 12)),
        draw(st.none() | st.integers(0, 4)),
        numbers,
        draw(st.sampled_from([Fraction(1), Fraction(1, 3), Fraction(7, 5), Fraction(3)])),
    )


@settings(max_examples=100, deadline=None)
@given(scenarios())
def test_any_scenario_of_any_agreement_is_reckoned_alike(page: Page, drawn: tuple[str, Asked]) -> None:
    """Exact numbers, whole numbers of every channel, what stands in the way and by how much, how far one gets."""
    text, asked = drawn
    alike(page, parse(text), asked)


# ---------------------------------------------------------------- the lines to paste


def pasted(document: Document, files: Mapping[str, int], edits: list[dict[str, Any]]) -> str:
    """The text after somebody put each new text in the place of the old one."""
    texts = {files[name]: list(document.lines(name)) for name in document.files if name in files}
    for edit in sorted(edits, key=lambda edit: edit["line"], reverse=True):
        lines = texts[edit["file"]]
        start, end = edit["line"] - 1, edit["last"]

        assert "\n".join(lines[start:end]) == edit["old"]
        lines[start:end] = edit["now"].split("\n")
    return "\n".join(line for at in sorted(texts) for line in texts[at])


WISHES = {
    "47 customers": (PlanWish(customers=47), Asked(goal=Fraction(47))),
    "other rates": (
        PlanWish(customers=50, rates=(RateWish("opportunity_to_customer", Fraction(275, 1000)),)),
        Asked(goal=Fraction(50), numbers={WIN: Fraction(275, 1000)}),
    ),
    "one channel's rate": (
        PlanWish(customers=46, rates=(RateWish("mql_to_sql", Fraction(2, 5), "paid_search"),)),
        Asked(goal=Fraction(46), numbers={("channels", "paid_search", "rates", "mql_to_sql"): Fraction(2, 5)}),
    ),
}


@pytest.mark.parametrize("name", WISHES)
def test_pasted_lines_say_what_the_command_would_write(page: Page, name: str) -> None:
    """`sla plan --write` and the page come to the same text, remarks and all."""
    wish, asked = WISHES[name]
    document = read(FOLDER)
    agreement, inputs = agreed(document)
    data = PlanData(agreement, inputs, document)
    data.values()
    changes = by_page(page, document, asked)["changes"]
    written = make_plan(document, wish).document
    expected = "\n".join(line for file in data.files for line in written.lines(file))

    assert expected == pasted(document, data.files, changes["edits"])
    assert [] == changes["added"]


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ("", [[[], "targets:\n  mql:\n    c0:\n      2027-01 to 2027-04: 25"], [["plan"], "customers: 4"]]),
        (
            "targets:\n  mql:\n    c0: {2027-01: 25}\n",
            [[["targets", "mql", "c0"], "2027-02 to 2027-04: 25"], [["plan"], "customers: 4"]],
        ),
    ],
)
def test_what_is_not_written_yet_is_added_below_its_key(page: Page, targets: str, expected: list[Any]) -> None:
    """With as much of the path as is missing."""
    text = (
        "format: sla/v1\nagreement: Any\nhandoff: {stage: mql, channel: CRM}\nstages:\n  mql: {team: m}\n"
        "  opp: {team: s, is: pipeline}\n  won: {team: s, is: won}\nplan: {months: 2027-01 to 2027-04}\n"
        "channels:\n  c0: {team: m}\nrates:\n  mql_to_opp: 20%\n  opp_to_won: 20%\n"
    )
    added = by_page(page, parse(text + targets), Asked(goal=Fraction(4)))["changes"]["added"]
    blocks = [[part["under"], "\n".join(part["block"])] for part in added]

    assert expected == [block for block in blocks if block[0][-1:] != ["won"] and "won:" not in block[1]]


def test_a_longer_cycle_adds_the_months_before(page: Page) -> None:
    """As many opportunities as in the first month that is known, and the cycle in its line."""
    changes = by_page(page, read(FOLDER), Asked(goal=Fraction(46), cycle=3))["changes"]

    assert [{"under": ["opened_before_plan"], "block": ["2026-10: 24"]}] == changes["added"]
    assert ["  sales_cycle: 3 months          # an opportunity of March closes in May"] == [
        edit["now"] for edit in changes["edits"] if "sales_cycle" in edit["old"]
    ]
