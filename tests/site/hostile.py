"""The reference agreement with an attack in every text that people may write, and what an attack must not become."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

from checker.report.writing import write_together
from checker.review.release import Wish, release
from checker.text import parse, read
from checker.text.writing import scalar
from tests.reference import FOLDER

ATTACKS = (
    "<script>window.__xss=1</script>",
    '"><img src=x onerror=window.__xss=2>',
    "[click](javascript:window.__xss=3)",
    "![x](http://evil.example/x.png)",
    "{{ config.site_name }} {% raw %} ${7*7}",
    "<svg/onload=window.__xss=4>",
    "' onmouseover='window.__xss=5' x='",
    "http://evil.example/auto www.evil.example someone@evil.example",
    ":smile: :material-account: ==mark== ~~del~~ H~2~O ^up^ ++ctrl+c++",
    "--8<-- 'mkdocs.yml'",
    "</title></svg></table></section><h1>Injected</h1>",
    "<!-- never closed <div markdown=1>",
    "*[MQL]: hijacked",
    "a{: onclick=window.__xss=6 #stolen .class }",
    "| a | b |",
    "&lt;script&gt; &amp;#60; &colon;",
    "`code` **bold** __bold__ _it_ \\* # heading",
    "- item 1. item > quote --- === ***",
    "שלום \u202eevil\u202c \u200fעולם",
    "🦄👩🏽‍💻 Zażółć gęślą jaźń",
    "zero\u200bwidth \ufeffmark",
    'page:../../etc/passwd" href="page:index.md',
    "javascript:window.__xss=7//https://",
    "\ue0000\ue001 \ue00012\ue001",
    "A" * 10_000,
    "W " * 2_000 + "end",
)
LONGEST_KEY = 1000
"""YAML allows a key 1,024 characters."""
PROSE = (
    *("agreement", "name", "role", "why", "means", "problem", "needs", "buys_how", "compares_on", "say", "unlike"),
    *("proof", "seller_told_by", "used_for", "promise", "personal_contact", "steps", "does", "does_not", "works_with"),
    *("also_called", "rank"),
)
"""Keys whose values are words for people and nothing else."""


def attacked(folder: Path) -> Path:
    """Writes the attacked agreement into a folder and returns its path."""
    values: dict[str, Any] = dict(read(FOLDER).values)
    for beside in ("source", "log", "not_counted"):
        values.pop(beside, None)
    attacks = cycle(ATTACKS)
    hostile = {key: _attacked(key, value, attacks) for key, value in values.items()}
    _attack_names(hostile, attacks)
    # what the texts say is not the point here: an address of somebody, a word with two meanings
    hostile["checks"] = {"severity": {"SLA706": "off", "SLA809": "off"}}
    file = folder / "sla" / "agreement.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(_written(hostile), encoding="utf-8")
    return file


def with_history(file: Path) -> None:
    """Releases the attacked agreement for a reason that is an attack, and changes names and a deadline after that."""
    signed = [("helena", date(2026, 12, 10)), ("tomas", date(2026, 12, 10))]
    wish = Wish(signed, date(2026, 12, 10), date(2027, 1, 1), why=ATTACKS[2])
    write_together(release(file.parent, wish).files)
    text = file.read_text(encoding="utf-8")
    if "4 business hours" not in text:
        raise AssertionError("nothing is changed")
    file.write_text(text.replace("4 business hours", "3 business hours"), encoding="utf-8")


def _written(values: dict[str, Any], indent: str = "") -> str:
    """As YAML whose texts stand between single quotes, where nothing has a meaning but the quote itself; signs that
    nobody sees have to be written in letters, or they are refused (SLA013).
    """
    return "".join(f"{indent}{_quoted(key)}:{_below(value, indent)}" for key, value in values.items())


def _below(value: Any, indent: str) -> str:
    if isinstance(value, dict):
        return "\n" + _written(value, indent + "  ")
    if isinstance(value, list):
        return "\n" + "".join(f"{indent}  -{_below(item, indent + '  ')}" for item in value)
    if isinstance(value, bool):
        return " yes\n" if value else " no\n"
    return f" {_quoted(value)}\n" if isinstance(value, str) else f" {value}\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'" if is_seen(text) else scalar(text)


def is_seen(text: str) -> bool:
    """Whether a text may stand in an agreement as it is: it holds no sign that nobody sees."""
    return not parse(f"a: 1 # {text}").problems


def _attacked(key: str, value: Any, attacks: Iterator[str]) -> Any:
    if key == "within":
        return value
    if key in PROSE:
        if isinstance(value, str):
            return f"{next(attacks)} {value}"
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return [f"{next(attacks)} {item}" for item in value]
    if isinstance(value, dict):
        return {name: _attacked(name, item, attacks) for name, item in value.items()}
    if isinstance(value, list):
        return [_attacked(key, item, attacks) for item in value]
    return value


def _attack_names(values: dict[str, Any], attacks: Iterator[str]) -> None:
    """Names where the reference has none, values of fields, prose under keys that elsewhere are words of the format."""
    for section in ("groups", "fields", "actions", "modes", "return_reasons", "content", "tools", "processes"):
        for entry in values.get(section, {}).values():
            if isinstance(entry, dict):
                entry["name"] = next(attacks)
    for line in values["ranking"]:
        line["then"] = next(attacks)
    values["handoff"]["channel"] = next(attacks)
    values["handoff"]["if_it_fails"]["then"] = next(attacks)
    for section in ("marketing_promises", "sales_promises", "both_promise"):
        for promise in values[section].values():
            promise["why"] = next(attacks)
            promise["name"] = next(attacks)
    late = values["sales_promises"]["first-response"]["when_late_leads_reach"]
    for share in late:
        late[share] = next(attacks)
    for step in values["escalation"]:
        step["then"] = next(attacks)
    for attack in ATTACKS:
        values["dictionary"][attack[:LONGEST_KEY]] = {"means": next(attacks), "also_called": [next(attacks)]}
        values["words_to_avoid"][f"avoid {next(attacks)}"[:LONGEST_KEY]] = next(attacks)
    for campaign in values["campaigns"].values():
        campaign |= {"name": next(attacks), "why": next(attacks)}
    for channel in values["channels"].values():
        channel["why"] = next(attacks)
    for meeting in values["meetings"].values():
        meeting["topics"] = [*meeting["topics"], {"other": next(attacks)}]
    for process in values["processes"].values():
        process["means"] = next(attacks)
    for reason in values["return_reasons"].values():
        reason["means"] = next(attacks)
    for calendar in values["working_time"].values():
        calendar["name"] = next(attacks)
    for piece in values["content"].values():
        piece["format"] = next(attacks)
    values["objections"] = {name: next(attacks) for name in values["objections"]}
    industry = values["fields"]["industry"]["values"]
    renamed = {value: f"{value} {attack}" for value, attack in zip(industry, ATTACKS, strict=False)}
    values["fields"]["industry"]["values"] = list(renamed.values())
    for condition in values["groups"]["ideal_customer"]["all"]:
        if "industry" in condition:
            condition["industry"] = [renamed[value] for value in condition["industry"]]
