"""What this project's own site gets beside the written pages: a page for each rule, the menu of rules and decisions.

Used by mkdocs (`hooks:` in mkdocs.yml).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from checker.language import words
from checker.report.rule_page import rule_page
from checker.rules.catalogue import every_rule

GROUPS = {
    "SLA0": "Text and format",
    "SLA1": "Names",
    "SLA2": "Targets",
    "SLA3": "Criteria",
    "SLA4": "Handoff",
    "SLA5": "Promises and clocks",
    "SLA6": "Meetings and feedback",
    "SLA7": "Days, versions and personal data",
    "SLA8": "Language and documentation",
    "SLA9": "A company's own checks",
}
"""The first digit of a code -> its subject."""
RULES, DECISIONS = "rules", "decisions"
AFTER = "FAQ"
"""The entry of the written menu behind which they come."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Puts the rules, by subject, and the decisions into the menu, behind `AFTER`."""
    menu: list[Any] = list(config.nav or [])
    decisions = sorted(path.name for path in (Path(config.docs_dir) / DECISIONS).glob("[0-9]*.md"))
    place = next(number for number, entry in enumerate(menu, start=1) if isinstance(entry, dict) and AFTER in entry)
    menu[place:place] = [
        {"Rules": [f"{RULES}/index.md", *_rules_by_subject()]},
        {"Decisions": [f"{DECISIONS}/README.md", *(f"{DECISIONS}/{name}" for name in decisions)]},
    ]
    config.nav = menu
    return config


def _rules_by_subject() -> list[dict[str, list[str]]]:
    by_subject: dict[str, list[str]] = {}
    for rule in every_rule():
        by_subject.setdefault(GROUPS[rule.code[:4]], []).append(f"{RULES}/{rule.code}.md")
    return [{subject: pages} for subject, pages in by_subject.items()]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the rules' pages, and a table of all of them."""
    spoken = words("en")
    table = [
        "# Rules",
        "",
        "What `sla validate` and `sla check` look for. `sla explain CODE` prints the same pages.",
        "",
    ]
    table += ["| code | what is wrong | severity |", "| --- | --- | --- |"]
    for rule in every_rule():
        files.append(File.generated(config, f"{RULES}/{rule.code}.md", content=rule_page(rule, spoken)))
        table.append(f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity.value} |")
    files.append(File.generated(config, f"{RULES}/index.md", content="\n".join(table) + "\n"))
    return files
