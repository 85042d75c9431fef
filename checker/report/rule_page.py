"""A rule's page: what `sla explain` prints and the documentation shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from checker.message import Message, say
from checker.report.severities import SEVERITY
from checker.rules.catalogue import every_rule
from checker.rules.rule import HISTORY, HOLIDAYS, RELEASES, TODAY, Rule

if TYPE_CHECKING:
    from checker.language import Words


SUBJECTS: Mapping[str, Message] = {
    "0": say("Text and format"),
    "1": say("Names"),
    "2": say("Targets"),
    "3": say("Criteria"),
    "4": say("Handoff"),
    "5": say("Promises and clocks"),
    "6": say("Meetings and feedback"),
    "7": say("Governance and versions"),
    "8": say("Language and documentation"),
    "9": say("A company's own"),
}
"""First digit of a code -> what its rules are about."""


def rule_pages(words: Words) -> Mapping[str, str]:
    """Path below the documentation's address -> page, for the rules of each subject and a list of them all."""
    pages: dict[str, str] = {}
    for rule in every_rule():
        path = f"rules/{rule.group}.md"
        if path not in pages:
            pages[path] = f"# {words.say(SUBJECTS[rule.code[3]])}\n"
        pages[path] += "\n" + _as_section(rule_page(rule, words), rule.code)
    return {"rules/index.md": rule_list(words), **pages}


def _as_section(page: str, code: str) -> str:
    """A rule's page as a section of its subject's, with its code as the anchor: its own headings are bold words."""
    first, _, rest = page.partition("\n")
    inner = [f"**{line.removeprefix('## ')}**" if line.startswith("## ") else line for line in rest.split("\n")]
    return f"#{first} {{: #{code} }}\n" + "\n".join(inner)


def rule_list(words: Words) -> str:
    """All rules by subject, as Markdown, each with its severity and a link to its page."""
    blocks = [f"# {words.say(say('Rules'))}"]
    for digit, subject in SUBJECTS.items():
        lines = [
            f"- [{rule.code}]({rule.group}.md#{rule.code}) {rule.name} ({words.say(SEVERITY[rule.severity])})"
            for rule in every_rule()
            if rule.code[3] == digit
        ]
        if lines:
            blocks += [f"## {words.say(subject)}", "\n".join(lines)]
    return "\n\n".join(blocks) + "\n"


def rule_page(rule: Rule, words: Words) -> str:
    """A rule as Markdown: its name, how much it matters, why it is there, a bad and a good example.

    The explanation itself is English: it is written beside the rule.
    """
    remarks = [say("{severity}, since version {version}", severity=SEVERITY[rule.severity], version=rule.since)]
    if rule.on_request:
        remarks.append(
            say("runs only where `checks` gives it a severity, or with `--fail-on info`"),
        )
    if TODAY in rule.needs:
        remarks.append(say("needs today's date (`--as-of`)"))
    if HOLIDAYS in rule.needs:
        remarks.append(say("needs the part for public holidays"))
    if rule.is_about_data:
        remarks.append(
            say("needs the funnel's data: found by `sla check`, decides its exit code only with `--fail-on finding`")
        )
    if RELEASES in rule.needs or HISTORY in rule.needs:
        remarks.append(say("needs the versions that were released before"))
    parts = [
        f"# {rule.code}: {rule.name}",
        "; ".join(words.say(remark) for remark in remarks),
        rule.explanation,
        *_data(rule, words),
        f"## {words.say(say('Reported'))}",
        _block(rule.bad),
        f"## {words.say(say('Not reported'))}",
        _block(rule.good),
    ]
    return "\n\n".join(parts) + "\n"


def _data(rule: Rule, words: Words) -> list[str]:
    """The data of both examples, as a table."""
    if not rule.data:
        return []
    rows = [[cell.strip() for cell in line.split(",")] for line in rule.data.strip().splitlines()]
    rows.insert(1, ["---"] * len(rows[0]))
    return [
        f"## {words.say(say('The data of both examples'))}",
        "\n".join(f"| {' | '.join(row)} |" for row in rows),
    ]


def _block(example: str) -> str:
    return f"```yaml\n{example.rstrip()}\n```"
