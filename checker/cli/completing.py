"""What a shell offers behind Tab, beyond commands and options: names of rules, promises, measures and changes.

A shell waits for it, and shows nothing but the names: whatever goes wrong here offers nothing.
"""

from __future__ import annotations

from pathlib import Path

import click


def to_explain(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """What `sla explain` knows that begins so, the agreement's own promises first."""
    from checker.agreement.promises import MEASURES
    from checker.changes.catalogue import kinds
    from checker.rules.catalogue import rules

    changes, codes = (kind.slug for kind in kinds()), (rule.code for rule in rules())
    return _beginning([*_promises(ctx), *MEASURES, *changes, *codes], incomplete)


def promises_of_agreement(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The ids of the agreement's promises that begin so."""
    return _beginning(_promises(ctx), incomplete)


def _promises(ctx: click.Context) -> list[str]:
    """All ids of promises; the agreement's path is the one on the command line, else `sla/`."""
    from checker.agreement import build
    from checker.errors import SlaError
    from checker.text import read

    try:
        return [promise.id for promise in build(read(Path(ctx.params.get("path") or "sla")).values).promises()]
    except SlaError:
        return []


def _beginning(names: list[str], incomplete: str) -> list[str]:
    return [name for name in names if name.lower().startswith(incomplete.lower())]
