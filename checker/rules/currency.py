"""Amounts of money whose sign is not that of the agreement's currency."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.agreement import Agreement
from checker.agreement.conditions import FieldIs, leaves
from checker.finding import At, Because, Path, Problem, Severity
from checker.message import Written, say
from checker.quantity import CURRENCY_SIGNS
from checker.rules.rule import rule, value_at

_SIGN = re.compile(
    rf"(?:^|(?<= ))(?P<sign>{'|'.join(map(re.escape, dict.fromkeys(CURRENCY_SIGNS.values())))}|[A-Z]{{3}}) ?[0-9]"
)


@rule(
    "SLA116",
    "An amount in another currency",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        currency: BRL                    # because
        plan:
          months: 2027-01 to 2027-06
          average_deal: € 30000          # SLA116
        """,
    good="""
        currency: BRL
        plan:
          months: 2027-01 to 2027-06
          average_deal: R$ 30000
        """,
)
def amount_in_another_currency(agreement: Agreement) -> Iterator[Problem]:
    """
    All amounts of an agreement are in its one `currency`; the sign before a number is only for the eye. An amount with
    the sign of another currency would be counted as if it were in this one. Write the amount in the agreement's
    currency, or correct the sign.
    """
    currency = agreement.currency
    if not currency:
        return
    signs = {currency, CURRENCY_SIGNS.get(currency, "")}
    for path in _amounts(agreement):
        written = value_at(agreement.written, path)
        found = _SIGN.search(written) if isinstance(written, str) else None
        if found is not None and found["sign"] not in signs:
            yield Problem(
                At(path),
                say("{sign} is not the agreement's currency", sign=Written(found["sign"])),
                note=say("amounts here are in {currency}", currency=Written(currency)),
                because=(Because(At(("currency",)), say("the agreement's currency")),),
            )


def _amounts(agreement: Agreement) -> Iterator[Path]:
    """Where money may stand."""
    sections = agreement.sections
    for key in ("revenue", "average_deal", "cost_per_customer"):
        yield ("plan", key)
    for name in agreement.channels:
        yield ("channels", name, "budget")
    for name in (sections.checks.rules if sections.checks else None) or ():
        yield ("checks", "rules", name, "test")
    for condition, _ in agreement.written_conditions():
        for leaf in leaves(condition):
            if isinstance(leaf, FieldIs) and agreement.field_kind(leaf.field) == "money":
                yield leaf.path
