"""`sla explain`: what is behind a rule, a promise or a measure."""

from __future__ import annotations

import re
from pathlib import Path

import click

from checker.agreement.promises import MEASURES
from checker.cli.options import language
from checker.cli.output import deliver, has_colour
from checker.errors import MissingExtra, WrongUsage
from checker.language import Words, words
from checker.message import Written, say

_CODE = re.compile(r"sla[0-9]{3}\Z", re.IGNORECASE)


@click.command("explain")
@click.argument("what")
@click.argument("path", type=click.Path(path_type=Path), default=Path("sla"))
@language
def command(what: str, path: Path, language: str | None) -> int:
    """Explain WHAT: a rule (SLA101), a promise of the agreement in PATH, or a measure (volume).

    A rule's page is the one of the documentation. Of a promise it says who owes what to whom, and how it is judged.
    """
    if _CODE.match(what):
        deliver(_rule(what, words(language or "en")), None)
        return 0
    explained = _promise(what, path, language) or _measure(what, words(language or "en"))
    if explained is None:
        raise WrongUsage(_unknown(what, path))
    deliver(explained, None)
    return 0
