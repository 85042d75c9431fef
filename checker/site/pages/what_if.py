"""What if: the plan of the agreement with other numbers, reckoned in the page while somebody moves a slider."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from checker.agreement.plan import ALL_CHANNELS
from checker.errors import NothingToPlan
from checker.finding import Place
from checker.language import Words
from checker.language.translations import translations
from checker.language.words import form_number
from checker.logic.plan import DerivedPlan
from checker.logic.plan_checks import Kind
from checker.logic.plan_inputs import PlanInputs, plan_inputs
from checker.logic.planning.anchors import Anchors, even_anchors, written_anchors
from checker.logic.planning.limits import Limit
from checker.logic.planning.making import plan_for, plan_from
from checker.message import Message, Written, say, say_counted
from checker.quantity import CURRENCY_SIGNS
from checker.report.limit_words import limit_in_words
from checker.site.basis import Basis
from checker.site.page import Page, line_link
from checker.site.pages.plan_numbers import Numbers
from checker.site.what_if import Controls, PlanData, embedded, script_key

PATH = "what-if.md"
FEWEST_STAGES = 2
_COUNTS = (*range(200), 10**6, Fraction(3, 2), Fraction(5, 2))
"""Numbers among which every kind of number that a language knows is found."""


def what_if(basis: Basis) -> list[Page]:
    """The page; none where there is no plan that somebody could ask "what if" of."""
    agreement = basis.agreement
    inputs = plan_inputs(agreement)
    if not inputs.plan_is_written or inputs.won is None or len(inputs.stages) < FEWEST_STAGES:
        return []
    stopped: Message | None = None
    anchors: Anchors | None = None
    revenue = customers = Fraction(0)
    try:
        anchors = written_anchors(inputs) or even_anchors(inputs)
        customers, revenue = _goal(inputs, anchors)
        # what is missing is said here, in the place of sliders that could move nothing
        plan_for(inputs, anchors, int(customers))
    except NothingToPlan as reason:
        stopped = reason.message
    planned = Numbers(basis, DerivedPlan(inputs))
    data = None if stopped or anchors is None else _data(basis, inputs, anchors, customers, revenue)
    return [
        basis.page(
            PATH,
            "what-if.md.j2",
            basis.voice.gettext("What if?"),
            ("plan",),
            tags=(basis.voice.gettext("marketing"), basis.voice.gettext("sales")),
            is_wide=True,
            tooltips=False,
            stopped=stopped,
            data=None if data is None else embedded(data),
            places=()
            if data is None
            else [(spot, line_link(Place(file, line, 1, 1, "")), file, line) for spot, file, line in _places(data)],
            stages=planned.stages,
            months=planned.by_month(),
            has_revenue=planned.has_revenue,
        )
    ]


def _goal(inputs: PlanInputs, anchors: Anchors) -> tuple[Fraction, Fraction]:
    """Customers and revenue of the agreement: as written, else as one follows from the other or from the leads."""
    numbers = inputs.numbers
    deal = numbers.get(("plan", "average_deal"))
    customers, revenue = numbers.get(("plan", "customers")), numbers.get(("plan", "revenue"))
    if customers is None and revenue is not None and deal:
        customers = Fraction(-(-revenue // deal))
    if customers is None:
        customers = Fraction(max(plan_from(inputs, anchors).customers, 1))
    return customers, customers * (deal or 0) if revenue is None else revenue


def _data(basis: Basis, inputs: PlanInputs, anchors: Anchors, customers: Fraction, revenue: Fraction) -> dict[str, Any]:
    plan = PlanData(basis.agreement, inputs, basis.document)
    has_deal = bool(inputs.numbers.get(("plan", "average_deal")))
    is_goal = ("plan", "customers") in inputs.numbers or ("plan", "revenue") in inputs.numbers
    currency = basis.agreement.currency
    return {
        **plan.values(),
        "files": list(plan.files),
        "language": str(basis.voice.words.locale).replace("_", "-"),
        "currency": currency,
        "currency_sign": CURRENCY_SIGNS.get(currency, currency),
        "directions": [*(["revenue"] if has_deal else []), "customers", "leads"],
        "direction": "leads" if not is_goal else "revenue" if has_deal else "customers",
        "groups": [
            group for group in _Groups(basis, inputs, plan).all(anchors, customers, revenue) if group["controls"]
        ],
        "texts": dict(_texts(basis, inputs)),
    }


def _places(data: Mapping[str, Any]) -> Iterable[tuple[str, str, int]]:
    """Every line that the page may name: `file:line` as the script calls it, the file, the line."""
    spots = [*data["numbers"], *([data["cycle"]] if data["cycle"] else [])]
    for file, line in sorted({(spot["file"], spot["line"]) for spot in spots}):
        yield f"{file}:{line}", data["files"][file], line


class _Groups:
    """The sliders in groups, in the reader's words."""

    def __init__(self, basis: Basis, inputs: PlanInputs, data: PlanData) -> None:
        self._basis = basis
        self._inputs = inputs
        self._data = data
        self._controls = Controls(inputs, data)

    def _said(self, message: Message) -> str:
        return self._basis.voice.words.say(message)

    def all(self, anchors: Anchors, customers: Fraction, revenue: Fraction) -> Iterator[dict[str, Any]]:
        """The goal and what else is for all, the sellers, the rates of all, the rates of each channel."""
        yield self._group(say("The goal and the deals"), self._goal(anchors, customers, revenue))
        yield self._group(say("Sellers"), self._sellers())
        by_channel: dict[str | None, list[dict[str, Any] | None]] = {}
        for stage, channel, path in self._data.rates():
            by_channel.setdefault(channel, []).append(self._rate(stage, channel, path))
        yield self._group(say("Rates"), by_channel.pop(None, []))
        for channel in self._inputs.channels:
            title = say("Rates of {channel}", channel=self._said(self._basis.names.channel(channel)))
            yield self._group(title, by_channel.get(channel, []), is_open=False)

    def _group(
        self, title: Message, controls: Iterable[dict[str, Any] | None], *, is_open: bool = True
    ) -> dict[str, Any]:
        there = [control for control in controls if control is not None]
        return {"title": self._said(title), "is_open": is_open, "controls": there}

    def _goal(self, anchors: Anchors, customers: Fraction, revenue: Fraction) -> Iterator[dict[str, Any] | None]:
        control = self._controls.control
        if revenue:
            yield control("revenue", self._said(say("Revenue to reach")), revenue, "money", most=10**12, way="revenue")
        yield control(
            "customers", self._said(say("Customers to win")), customers, "count", least=1, most=10**6, way="customers"
        )
        for (stage, channel), months in anchors.numbers.items():
            total = sum(months.values(), Fraction(0))
            place, at = self._inputs.stages.index(stage), -1
            if channel != ALL_CHANNELS:
                at = self._inputs.channels.index(channel)
            label = say(
                "{stage} from {channel}, whole plan",
                stage=self._basis.names.short_stage(stage),
                channel=self._said(self._basis.names.channel(channel)),
            )
            if total.denominator == 1 and total:
                yield control(
                    f"leads.{stage}.{channel}",
                    self._said(label),
                    total,
                    "count",
                    way="leads",
                    key=script_key(place, at),
                )
        yield self._controls.number(
            "deal", self._said(say("A deal, on average")), ("plan", "average_deal"), "money", most=10**12
        )
        yield self._cycle()
        yield self._controls.number(
            "coverage",
            self._said(say("Open pipeline, in times of the revenue to reach")),
            ("plan", "pipeline_coverage"),
            "number",
            low=Fraction(1),
            high=Fraction(12),
            step=Fraction(1, 10),
        )
        yield self._controls.number(
            "cost", self._said(say("A customer's cost, at most")), ("plan", "cost_per_customer"), "money", most=10**12
        )

    def _cycle(self) -> dict[str, Any] | None:
        closing = DerivedPlan(self._inputs).closing
        if not closing:
            return None
        usual = max(closing, key=lambda lag: closing[lag])
        more: dict[str, Any] = {}
        if len(closing) > 1:
            more["agreed_text"] = self._basis.document.written(("plan", "sales_cycle"))
        return self._controls.control(
            "cycle",
            self._said(say("Sales cycle, in months")),
            Fraction(usual),
            "count",
            most=24,
            low=Fraction(0),
            high=Fraction(12),
            step=Fraction(1),
            **more,
        )

    def _sellers(self) -> Iterator[dict[str, Any] | None]:
        inputs = self._inputs
        if inputs.sellers:
            there = [inputs.working_sellers(month) for month in inputs.months]
            few, many = min(there), max(there)
            agreed = self._said(
                say("{number}", number=few) if few == many else say("{few} to {many}", few=few, many=many)
            )
            yield self._controls.control(
                "sellers",
                self._said(say("Sellers, from the first month on")),
                Fraction(len(inputs.sellers)),
                "count",
                least=1,
                most=10_000,
                low=Fraction(1),
                high=Fraction(len(inputs.sellers) * 3),
                step=Fraction(1),
                agreed_text=agreed,
            )
        labels = {
            "handoffs": say("Leads that one seller takes a month"),
            "new_opportunities": say("New opportunities of one seller a month"),
            "open_opportunities": say("Open opportunities of one seller"),
        }
        for name, label in labels.items():
            yield self._controls.number(f"limit.{name}", self._said(label), ("limit_per_seller", name), "count")

    def _rate(self, stage: int, channel: str | None, path: Any) -> dict[str, Any] | None:
        first, second = self._inputs.stages[stage : stage + 2]
        label = say(
            "{first} → {second}",
            first=self._basis.names.short_stage(first),
            second=self._basis.names.short_stage(second),
        )
        owner = "" if channel is None else f"{channel}."
        return self._controls.number(f"rate.{owner}{first}_to_{second}", self._said(label), path, "share")


# ---------------------------------------------------------------- words


def _texts(basis: Basis, inputs: PlanInputs) -> Iterator[tuple[str, Any]]:
    words = basis.voice.words
    for name, message in {**_SAID, **_limits(basis, inputs)}.items():
        yield name, _forms(words, message)


def _forms(words: Words, message: Message) -> str | dict[str, str]:
    """A text with its braces still open; of a counted one, the form for each kind of number (CLDR's plural rules)."""
    catalogue = translations(words.language)
    if message.many is None:
        return _with_keys(catalogue.text(message.text), message)
    forms: dict[str, str] = {}
    for count in _COUNTS:
        kind = str(words.locale.plural_form(float(count)))
        if kind not in forms:
            number = form_number(count, words.language)
            forms[kind] = _with_keys(catalogue.counted(message.text, message.many, number), message)
    return forms


def _with_keys(text: str, message: Message) -> str:
    """What a message says of the agreement's own keys is no matter of the script."""
    for name, value in message.arguments.items():
        if isinstance(value, Written):
            text = text.replace(f"{{{name}}}", value.text)
    return text


def _limits(basis: Basis, inputs: PlanInputs) -> dict[str, Message]:
    """How each thing that stands in the way is said: the same words as those of `sla plan`."""
    kinds = {
        "handoffs": Kind.HANDOFFS,
        "new_opportunities": Kind.NEW_OPPORTUNITIES,
        "open_opportunities": Kind.OPEN_OPPORTUNITIES,
        "coverage": Kind.COVERAGE,
        "cost": Kind.COST,
        "campaign": Kind.CAMPAIGN,
    }
    one, month = Fraction(1), inputs.months[0]
    messages = {}
    for name, kind in kinds.items():
        sellers = one if name in ("handoffs", "new_opportunities", "open_opportunities") else None
        limit = Limit(kind, month, (), 2 * one, one, sellers, sellers)
        messages[f"limit_{name}"] = limit_in_words(limit, month, inputs, basis.names)
    return messages


_SAID: dict[str, Message] = {
    "form": say("What if"),
    "way": say("Reckon"),
    "revenue": say("from revenue back to leads"),
    "customers": say("from customers back to leads"),
    "leads": say("from leads to customers"),
    "reset": say("Back to what is agreed"),
    "agreed": say("agreed: {value}"),
    "copy": say("Copy the address"),
    "copied": say("Copied"),
    "limits": say("What stands in the way"),
    "lines": say("The lines to paste"),
    "link": say("Show it to others"),
    "link_means": say("Whoever opens this address sees the same numbers"),
    "customers_won": say_counted("{count} customer", "{count} customers", count=1),
    "customers_and_revenue": say_counted("{count} customer, {revenue}", "{count} customers, {revenue}", count=1),
    "fits": say("Nothing stands in the way."),
    "not_allowed": say("The agreement does not allow this: see below what stands in the way."),
    "at_most": say_counted(
        "This cannot be reached as things are: {count} customer at most.",
        "This cannot be reached as things are: {count} customers at most.",
        count=1,
    ),
    "at_most_revenue": say_counted(
        "This cannot be reached as things are: {count} customer at most, {revenue}.",
        "This cannot be reached as things are: {count} customers at most, {revenue}.",
        count=1,
    ),
    "month": say("Month"),
    "by_month": say("By month"),
    "revenue_column": say("Revenue"),
    "load": say("Sellers' load"),
    "whole_plan": say("Whole plan"),
    "more_months": say_counted("{count} more month like it", "{count} more months like it", count=1),
    "nothing_binds": say("Nothing: the sellers can take these leads, and coverage and cost are as agreed."),
    "first": say("first, with one customer more than that: {what}"),
    "sellers_are_people": say(
        "There is no line to paste: sellers are people, so write them under {section} first.",
        section=Written("sellers:"),
    ),
    "no_lines": say("There is no line to paste as long as nothing can be reckoned."),
    "not_alone": say(
        "These lines alone would make the agreement contradict itself: settle what stands in the way, too."
    ),
    "says_this_already": say("The agreement says exactly this already."),
    "paste_means": say("Open each line in the editor, and put the new text in the place of the old one."),
    "add_under": say("Add under {key}"),
    "add": say("Add to the agreement"),
    "short": say("Nothing that opens within the plan closes within it: its months are shorter than the sales cycle."),
    "open": say_counted(
        "The opportunities that are open already bring {count} customer: a goal must be above that.",
        "The opportunities that are open already bring {count} customers: a goal must be above that.",
        count=1,
    ),
    "unknown": say(
        "Customers of {month} come from opportunities of {before}: write how many there were under {section}.",
        section=Written("opened_before_plan:"),
    ),
    "nothing": say("Nothing that is written leads to customers in {month}."),
    "other": say("The page cannot reckon this; {command} may say why.", command=Written("sla plan")),
}
"""What the script says, by the name that it has for it."""
