"""The people who receive leads: who they are, what each can take, and who stands in."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from checker.agreement import Agreement
from checker.change import Difference
from checker.changes.entries import Key, come_and_gone, instead, moved, placed, value_moved
from checker.changes.kind import change
from checker.changes.showing import named
from checker.changes.sides import HEAVIER, LIGHTER, SHIFTED, side_of
from checker.finding import Path
from checker.message import Message, say

_SALES = side_of("sales", SHIFTED)


def _name(agreement: Agreement, name: str, _: object = None) -> Message:
    return say("{seller}", seller=named(agreement, name, "people"))


def _told(agreement: Agreement, name: str, _: object) -> tuple[Message, Message]:
    seller = named(agreement, name, "people")
    return say("{seller} receives leads", seller=seller), say("{seller} receives no leads any more", seller=seller)


@change(
    "seller-added",
    "A seller is new",
    mirror=("seller-dropped", "A seller is gone"),
    covers=("sellers",),
    old="sellers: {ana: {}}",
    new="sellers: {ana: {}, bruno: {}}",
)
def sellers_come_and_go(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """The leads are shared by one more person, or by one less: each has less to do, or more."""
    yield from come_and_gone(old, new, "sellers", _told, side_of("sales", LIGHTER))


@change(
    "seller-changed",
    "A seller works otherwise",
    alike="another stand-in, day or calendar is another one, whichever way one looks",
    covers=(
        "sellers.*.stand_in",
        "sellers.*.starts",
        "sellers.*.ends",
        "sellers.*.ramp",
        "sellers.*.working_time",
    ),
    old="sellers: {ana: {stand_in: bruno}, bruno: {}, caio: {}}",
    new="sellers: {ana: {stand_in: caio}, bruno: {}, caio: {}}",
)
def seller_changed(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Someone else stands in, begins or leaves on another day, takes leads at another pace, or works at other hours."""
    keys = (
        Key("stand_in", say("the stand-in"), _SALES),
        Key("starts", say("the first working day"), _SALES),
        Key("ends", say("the last working day"), _SALES),
        Key("ramp", say("the share of the limits in the first months"), _SALES, is_ordered=True),
        Key("working_time", say("the working time"), _SALES),
    )
    yield from moved(old, new, "sellers", keys, _name)


@change(
    "seller-limit-raised",
    "A seller takes more",
    mirror=("seller-limit-lowered", "A seller takes less"),
    covers=(
        "limit_per_seller",
        "limit_per_seller.handoffs",
        "limit_per_seller.new_opportunities",
        "limit_per_seller.open_opportunities",
    ),
    old="limit_per_seller: {handoffs: 22 a month}",
    new="limit_per_seller: {handoffs: 25 a month}",
)
def seller_limits(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """One seller takes on more than before, or less, before somebody says that it is too much."""
    before, after = old.sections.limit_per_seller, new.sections.limit_per_seller
    keys = (
        Key("handoffs", say("handed-over leads")),
        Key("new_opportunities", say("new opportunities")),
        Key("open_opportunities", say("open opportunities")),
    )
    path: Path = ("limit_per_seller",)
    for key in keys:
        was, now = (getattr(entry, key.attribute, None) for entry in (before, after))
        if was == now:
            continue
        # without a limit, a seller takes whatever comes
        is_more = now is None or (was is not None and _number(now) > _number(was))
        more = side_of("sales", HEAVIER)
        yield Difference(
            key.key,
            instead(old, new, say("What one seller takes"), key, before, after),
            more if is_more else more.mirrored,
            placed(path, key, before),
            placed(path, key, after),
            not is_more,
        )


def _number(value: Any) -> Fraction:
    return Fraction(getattr(value, "count", value))


@change(
    "seller-replacement-changed",
    "Leads without their seller go elsewhere",
    alike="another person and another time are others, whichever way one looks",
    covers=("if_seller_leaves", "if_seller_leaves.to", "if_seller_leaves.within", "if_all_are_away"),
    old="""
        sellers: {ana: {}, bruno: {}}
        if_all_are_away: ana
        """,
    new="""
        sellers: {ana: {}, bruno: {}}
        if_all_are_away: bruno
        """,
)
def replacement(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """Someone else takes the leads of a seller who leaves, or those that come while all are away."""
    before, after = old.sections.if_seller_leaves, new.sections.if_seller_leaves
    for key in (
        Key("to", say("who takes the leads"), _SALES),
        Key("within", say("by when"), _SALES),
    ):
        yield from value_moved(
            old,
            new,
            ("if_seller_leaves",),
            "if_seller_leaves",
            key,
            before,
            after,
            lambda *_: say("When a seller leaves"),
        )
    away = Key("if_all_are_away", say("who takes the leads"), _SALES)
    yield from (
        Difference(
            found.what,
            found.message,
            found.sides,
            ("if_all_are_away",) if old.sections.if_all_are_away else None,
            ("if_all_are_away",) if new.sections.if_all_are_away else None,
        )
        for found in value_moved(
            old, new, (), "if_all_are_away", away, old.sections, new.sections, lambda *_: say("When all are away")
        )
    )
