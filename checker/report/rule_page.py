"""A rule's page: what `sla explain` prints and the documentation shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.finding import Severity
from checker.message import Message, say
from checker.rules.rule import HOLIDAYS, TODAY, Rule

if TYPE_CHECKING:
    from checker.language import Words


def rule_page(rule: Rule, words: Words) -> str:
    """A rule as Markdown: its name, how much it matters, why it is there, a bad and a good example.

    The explanation itself is English: it is written beside the rule.
    """
    remarks = [say("{severity}, since version {version}", severity=_SEVERITY[rule.severity], version=rule.since)]
    if rule.on_request:
        remarks.append(
            say("runs only where `checks` gives it a severity, or with `--fail-on info`"),
        )
    if TODAY in rule.needs:
        remarks.append(say("needs today's date (`--as-of`)"))
    if HOLIDAYS in rule.needs:
        remarks.append(say("needs the part for public holidays"))
    parts = [
        f"# {rule.code}: {rule.name}",
        "; ".join(words.say(remark) for remark in remarks),
        rule.explanation,
        f"## {words.say(say('Reported'))}",
        _block(rule.bad),
        f"## {words.say(say('Not reported'))}",
        _block(rule.good),
    ]
    return "\n\n".join(parts) + "\n"


_SEVERITY: dict[Severity, Message] = {
    Severity.ERROR: say("error"),
    Severity.WARNING: say("warning"),
    Severity.INFO: say("note"),
}


def _block(example: str) -> str:
    return f"```yaml\n{example.rstrip()}\n```"
