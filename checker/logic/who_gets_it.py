"""Which sellers get a lead that a line of the routing took: those it names, or those who stand in for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from checker.agreement import Agreement


def sellers_named(agreement: Agreement, to: Sequence[str], held: Callable[[str], str | None]) -> tuple[str, ...]:
    """The sellers of a line; a field's name stands for the seller that it holds (`held`, None where it is blank)."""
    known = agreement.sections.sellers or {}
    return tuple(name if name in known else held(name) or name for name in to)


def sellers_present(
    agreement: Agreement, sellers: Sequence[str], on: date | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those of the sellers who work here on a day (None: all of them), with stand-ins; and for whom somebody stands in.

    Where nobody stands in, whoever takes the leads when all are away.
    """
    present: dict[str, None] = {}
    absent: list[str] = []
    for seller in sellers:
        found = _stand_in(agreement, seller, on)
        if found != seller:
            absent.append(seller)
        if found is not None:
            present[found] = None
    return tuple(present), tuple(absent)


def _stand_in(agreement: Agreement, name: str, on: date | None) -> str | None:
    known = agreement.sections.sellers or {}
    asked: set[str] = set()
    seller: str | None = name
    while seller is not None and seller in known and _is_away(agreement, seller, on):
        asked.add(seller)
        seller = known[seller].stand_in
        if seller in asked:
            seller = None
    return seller if seller is not None else agreement.sections.if_all_are_away


def _is_away(agreement: Agreement, name: str, on: date | None) -> bool:
    seller = (agreement.sections.sellers or {})[name]
    if on is None:
        return False
    return (seller.starts is not None and on < seller.starts) or (seller.ends is not None and on > seller.ends)
