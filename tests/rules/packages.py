"""Packages that add rules, put on Python's path as installing them would."""

from __future__ import annotations

from pathlib import Path

RULE = """
from checker.finding import At, Problem, Severity
from checker.message import Written, say
from checker.rules.rule import rule


@rule(
    "{code}",
    "A channel without a budget",
    severity=Severity.WARNING,
    since="1.0",
    bad='''
        channels:
          search: {{team: marketing}}  # {code}
        ''',
    good='''
        channels:
          search: {{team: marketing, budget: 1000 a month}}
        ''',
)
def {name}(agreement):
    \"\"\"Finance wants to know what each channel of marketing costs.\"\"\"
    for name, channel in agreement.channels.items():
        if channel.team == "marketing" and channel.budget is None:
            yield Problem(At(("channels", name), "key"), say("{{channel}} has no budget", channel=Written(name)))
"""


def rule_text(code: str = "SLA950", name: str = "no_budget") -> str:
    """The text of a module with one rule."""
    return RULE.format(code=code, name=name)


def put(folder: Path, text: str, name: str = "our_rules", value: str = "", group: str = "sla.rules") -> None:
    """Writes a module, and the entry point that announces it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.py").write_text(text, encoding="utf-8")
    installed = folder / f"{name}-1.0.dist-info"
    installed.mkdir(exist_ok=True)
    (installed / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: 1.0\n", encoding="utf-8"
    )
    (installed / "entry_points.txt").write_text(f"[{group}]\nours = {value or name}\n", encoding="utf-8")
