"""Handoff: the one channel, what goes along, which seller gets the lead, and what happens when something fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from checker.agreement.base import as_list
from checker.agreement.conditions import question
from checker.agreement.fields import Field
from checker.agreement.handoff import PayloadField, Route, Seller
from checker.agreement.payload import PayloadItem
from checker.finding import Path
from checker.message import Message, Named, say
from checker.quantity import Money
from checker.site.basis import Basis
from checker.site.page import Page
from checker.site.safe import safe
from checker.site.where import has_page

PATH = "handoff.md"
HOW: dict[str, Message] = {
    "integration": say("The systems pass it on by themselves"),
    "e-mail": say("An e-mail carries it"),
    "notification": say("A notification carries it"),
    "export": say("It is exported"),
}
NOTHING = Markup("–")


@dataclass(frozen=True)
class Item:
    """A field that goes along."""

    name: str
    path: Path
    required: bool
    used_for: Markup
    example: Markup
    kept_in: str
    is_personal: bool
    is_consent: bool


@dataclass(frozen=True)
class RouteLine:
    """A line of the routing."""

    condition: Markup
    to: Markup


@dataclass(frozen=True)
class SellerLine:
    """A seller."""

    id: str
    name: str
    stand_in: Markup
    takes: Markup


def handoff(basis: Basis) -> Page | None:
    """The page; None where nothing is agreed of handing over and of sellers."""
    if not has_page(basis.agreement, PATH):
        return None
    sections = basis.agreement.sections
    written = sections.handoff
    return basis.page(
        PATH,
        "handoff.md.j2",
        basis.voice.gettext("Handoff"),
        ("handoff",),
        tags=(basis.voice.gettext("marketing"), basis.voice.gettext("sales")),
        is_wide=True,
        handoff=written,
        how=basis.voice.say(HOW[written.how]) if written and written.how else "",
        routing=[
            _route(basis, index, route) for index, route in enumerate((written.routing if written else None) or ())
        ],
        payload=[_item(basis, item) for item in basis.agreement.payload],
        sellers=[_seller(basis, name, seller) for name, seller in (sections.sellers or {}).items()],
        rules=list(_rules(basis)),
    )


def _route(basis: Basis, index: int, route: Route) -> RouteLine:
    voice = basis.voice
    names = [_receiver(basis, name) for name in as_list(route.to)]
    to = voice.names(names, "or")
    if route.when is None:
        return RouteLine(voice.gettext("every other lead"), to)
    condition = question(route.when, ("handoff", "routing", index, "when"))
    return RouteLine(voice.say(basis.sentences.inline(condition)), to)


def _receiver(basis: Basis, name: str) -> str:
    """A seller, or the field that names one."""
    if name in basis.agreement.fields and name not in (basis.agreement.sections.people or {}):
        return basis.voice.gettext("the seller in “{field}”", field=basis.names.field(name))
    return basis.names.person(name)


def _item(basis: Basis, item: PayloadItem) -> Item:
    field = basis.agreement.fields.get(item.field)
    written = _written(basis, item)
    used_for = basis.names.prose(written.used_for) if written else ""
    return Item(
        name=basis.names.field(item.field),
        path=item.listed_at or ("fields", item.field),
        required=item.required,
        used_for=safe(used_for)
        if used_for
        else basis.voice.gettext("criteria and routing")
        if item.used_at
        else NOTHING,
        example=_example(basis, field),
        kept_in=basis.names.tool(field.kept_in) if field and field.kept_in else "–",
        is_personal=bool(field and field.personal_data),
        is_consent=bool(field and field.consent),
    )


def _written(basis: Basis, item: PayloadItem) -> PayloadField | None:
    """What `must_have` or `nice_to_have` says of a field beside its name."""
    section = basis.agreement.sections.handoff
    for listed in (section.must_have, section.nice_to_have) if section else ():
        if isinstance(listed, dict) and item.field in listed:
            return listed[item.field]
    return None


def _example(basis: Basis, field: Field | None) -> Markup:
    """A value that the field may have, made up from its kind: never a real one."""
    if field is None:
        return NOTHING
    voice = basis.voice
    match field.is_:
        case "one of":
            return safe((field.values or ["–"])[0])
        case "whole number" | "number":
            return voice.number(max(field.from_ or 0, min(field.to or 120, 120)))
        case "money":
            return (
                voice.money(Money(basis.agreement.sections.plan.average_deal, basis.agreement.currency))
                if (basis.agreement.sections.plan and basis.agreement.sections.plan.average_deal)
                else NOTHING
            )
        case "date":
            return voice.date(_a_day(basis))
        case "yes or no":
            return voice.gettext("yes")
        case "days ago":
            return voice.gettext("12 days ago")
        case "months":
            return voice.gettext("3 months")
        case "action" | "list of actions":
            actions = list(basis.agreement.sections.actions or {})
            return safe(basis.names.action(actions[-1])) if actions else NOTHING
        case "seller":
            sellers = list(basis.agreement.sections.sellers or {})
            return safe(basis.names.person(sellers[0])) if sellers else NOTHING
        case "channel":
            channels = list(basis.agreement.channels)
            return voice.say(basis.names.channel(channels[0])) if channels else NOTHING
        case _:
            return NOTHING


def _a_day(basis: Basis) -> date:
    plan = basis.agreement.sections.plan
    return plan.months.first.first_day.replace(day=18) if plan else date(2027, 1, 18)


def _seller(basis: Basis, name: str, seller: Seller) -> SellerLine:
    voice = basis.voice
    takes = [voice.gettext("the whole limit")]
    if seller.ramp:
        shares = [voice.share(share) for share in seller.ramp]
        takes = [voice.gettext("{shares} of the limit in the first months", shares=Named(tuple(shares)))]
    if seller.starts is not None:
        takes.append(voice.gettext("from {day}", day=seller.starts))
    if seller.ends is not None:
        takes.append(voice.gettext("until {day}", day=seller.ends))
    stand_in = safe(basis.names.person(seller.stand_in)) if seller.stand_in else NOTHING
    return SellerLine(name, basis.names.person(name), stand_in, Markup(", ").join(takes))


def _rules(basis: Basis) -> Iterator[Markup]:
    """Limits, and what happens when somebody is away or leaves, each with its pencil."""
    sections, voice, names = basis.agreement.sections, basis.voice, basis.names
    for path, said in _limits(basis):
        yield basis.with_pencil(said, ("limit_per_seller", path))
    if sections.if_all_are_away is not None:
        away = voice.gettext(
            "when a seller and the stand-in are away, {person} takes the lead",
            person=names.person(sections.if_all_are_away),
        )
        yield basis.with_pencil(away, ("if_all_are_away",))
    leaving = sections.if_seller_leaves
    if leaving is not None:
        heir = names.person(leaving.to)
        leaves = (
            voice.gettext("when a seller leaves, the leads go to {person}", person=heir)
            if leaving.within is None
            else voice.gettext(
                "when a seller leaves, the leads go to {person} within {time}", person=heir, time=leaving.within
            )
        )
        yield basis.with_pencil(leaves, ("if_seller_leaves",))
    again = sections.hand_off_again
    if again is not None:
        handed = voice.ngettext(
            "a returned lead is handed off again at most {count} time in {time}",
            "a returned lead is handed off again at most {count} times in {time}",
            count=again.at_most,
            time=again.in_,
        )
        yield basis.with_pencil(handed, ("hand_off_again",))


def _limits(basis: Basis) -> Iterator[tuple[str, Markup]]:
    """What one seller takes at most: the key of the agreement, and the sentence."""
    limit, voice = basis.agreement.sections.limit_per_seller, basis.voice
    if limit is None:
        return
    if limit.handoffs is not None:
        yield (
            "handoffs",
            voice.ngettext(
                "a seller takes at most {count} new lead a month",
                "a seller takes at most {count} new leads a month",
                count=limit.handoffs.count,
            ),
        )
    if limit.new_opportunities is not None:
        yield (
            "new_opportunities",
            voice.ngettext(
                "a seller opens at most {count} opportunity a month",
                "a seller opens at most {count} opportunities a month",
                count=limit.new_opportunities.count,
            ),
        )
    if limit.open_opportunities is not None:
        yield (
            "open_opportunities",
            voice.ngettext(
                "a seller has at most {count} opportunity open at one time",
                "a seller has at most {count} opportunities open at one time",
                count=limit.open_opportunities,
            ),
        )
