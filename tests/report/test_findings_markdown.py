"""The comment on a pull request: whole texts, and that nothing in it is anybody else's markup."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from checker.finding import Finding, Findings, Proofs, Severity, Waiver
from checker.message import Written, say
from checker.report.findings_markdown import findings_markdown, mark
from checker.report.markdown_parts import LONGEST
from checker.report.markdown_text import code_block, code_span, markdown_text
from checker.report.plain_text import shortened
from checker.report.repository import Repository
from checker.report.terminal import printable
from tests.reference import edited_reference
from tests.report.made_findings import EDIT, ENGLISH, HOSTILE, IN_REPOSITORY, reviewed, reviews, seen
from tests.report.test_findings_text import CONFLICT, COUNTS, TARGET
from tests.site.markup import Outline

OURS = {"p", "strong", "a", "code", "pre", "ul", "ol", "li", "br", "hr", "details", "summary"}
EDU = "`edu: {starts: 2027-01-04, ramp: [25%, 50%]}`"
HELP = "https://help.example/SLA214/"
FOUND = replace(CONFLICT, help=HELP)


def comment(*findings: Finding, repository: Repository = IN_REPOSITORY, **more) -> str:
    return findings_markdown(Findings(findings, rules_run=42, counts=COUNTS, **more), ENGLISH, "sla", repository)


def rendered(text: str) -> Outline:
    """A comment as CommonMark and GitHub's tables and strikings-out make it."""
    return Outline(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


def outside_code(text: str) -> str:
    """What GitHub and GitLab search for names, numbers and smileys: all text but code."""
    return re.sub(r"<(code|pre)\b.*?</\1>", "", MarkdownIt("commonmark", {"html": True}).render(text), flags=re.DOTALL)


def test_a_conflict_stands_alone_with_its_lines_and_the_choices() -> None:
    expected = dedent(
        f"""\
        ❌ **The agreement does not hold yet: January's sellers cannot take this many leads: 95 arrive, they take 93**

        [sla/targets.yaml, line 12]({EDIT}/sla/targets.yaml#L12) · error [SLA214]({HELP})

        ```text
        2027-01 to 2027-03: 45
                            ^^
        ```

        ↑ you wrote this

        Other lines that count here:

        - [sla/sellers.yaml, line 7]({EDIT}/sla/sellers.yaml#L7): edu starts in January at 25%<br>{EDU}
        - [sla/sellers.yaml, line 19]({EDIT}/sla/sellers.yaml#L19): `handoffs: 22 a month # each`

        What follows:

        - 475 leads
        - 38 opportunities

        The choices:

        1. keep 45 and change these lines too
           - [sla/sellers.yaml, line 7]({EDIT}/sla/sellers.yaml#L7): `32%` instead of `25%` (edu's January)
           - [sla/sellers.yaml, line 19]({EDIT}/sla/sellers.yaml#L19): `23 a month` instead of `22 a month`
        2. keep the sellers: at most 43 here ([edit this line]({EDIT}/sla/targets.yaml#L12))

        1 error, 0 warnings in sla (42 rules). On your own computer: `sla validate sla`

        {mark("sla")}
        """
    )

    assert expected == comment(FOUND)


def test_a_consistent_agreement_is_one_line() -> None:
    expected = f"✅ **sla is consistent: 42 rules, no findings (6 stages, 19 promises, 1 field)**\n\n{mark('sla')}\n"

    assert expected == comment()


def test_without_a_web_editor_lines_are_named_and_not_linked() -> None:
    text = comment(FOUND, repository=Repository())

    assert "\nsla/targets.yaml, line 12 · error [SLA214]" in text
    assert "edit this line" not in text


def test_the_worst_comes_first_and_all_but_three_are_folded() -> None:
    """Warnings wait behind errors, wherever they stand in the files."""
    warnings = [
        replace(FOUND, severity=Severity.WARNING, code=f"SLA90{number}", fingerprint=f"w{number}")
        for number in range(3)
    ]
    text = comment(*warnings, FOUND)
    codes = re.findall(r"· \w+ \[(\w+)\]", text)

    assert ["SLA214", "SLA900", "SLA901", "SLA902"] == codes
    assert 1 == text.count("<details>")
    assert text.index("[SLA901]") < text.index("<details><summary>warning SLA902, sla/targets.yaml, line 12: January's")


def test_warnings_alone_do_not_make_an_agreement_wrong() -> None:
    lead = comment(replace(FOUND, severity=Severity.WARNING)).partition("\n")[0]

    assert lead.startswith("⚠️ **The agreement holds, but look again at this: January's sellers")


def test_several_errors_are_counted_in_the_first_sentence() -> None:
    lead = comment(FOUND, replace(FOUND, fingerprint="b")).partition("\n")[0]

    assert lead.startswith("❌ **The agreement does not hold yet. There are 2 things to settle, the first: January's")


def test_what_one_edit_settles_is_one_thing() -> None:
    text = comment(replace(FOUND, group="g"), replace(FOUND, group="g", code="SLA206", fingerprint="b"))

    assert text.startswith("❌ **The agreement does not hold yet: January's")
    assert f"Settled together with it:\n\n- error [SLA206]({HELP}), [sla/targets.yaml, line 12]" in text


def test_waived_findings_are_folded_with_reason_and_day_and_nothing_is_wrong() -> None:
    waived = replace(FOUND, waived=Waiver("the new field comes in December", date(2026, 12, 31), TARGET))
    text = comment(waived)

    assert text.startswith("✅ **sla is consistent: 42 rules, no findings but those waived (6 stages")
    assert "<details><summary>1 finding is waived:</summary>" in text
    assert "(waived until 31 December 2026: the new field comes in December)" in text


def test_a_typo_shows_what_to_write(tmp_path: Path) -> None:
    folder = edited_reference(tmp_path, ("stages.yaml", "review_every", "reveiw_every"))
    text = findings_markdown(reviewed(folder), ENGLISH, "sla", Repository(tmp_path, EDIT))

    assert "did you mean review&#95;every?**" in text
    assert "`review_every` instead of `reveiw_every`" in text


def test_proofs_that_were_not_made_are_told() -> None:
    text = comment(proofs=Proofs(held=7, unknown=1, skipped=2))

    assert "\n- 7 proofs held, 1 unknown, 2 skipped\n- unknown: it was not settled within the limit" in text
    assert "7 proofs, no findings" in comment(proofs=Proofs(held=7))
    assert comment() == comment(proofs=Proofs(held=7)).replace(", 7 proofs", "")


@given(reviews())
@settings(max_examples=40)
def test_nothing_of_an_agreement_is_markup(found: Findings) -> None:
    """Whatever the lines hold, the comment has our elements and our addresses alone."""
    outline = rendered(findings_markdown(found, ENGLISH, "sla", IN_REPOSITORY))

    assert outline.names() <= OURS
    assert {"href", "class"} >= {name for _, attributes in outline.elements for name in attributes}
    assert all(address.startswith((EDIT, "https://help.example/")) for address in outline.attributes("href"))


@given(reviews())
@settings(max_examples=40)
def test_nobody_is_called_and_nothing_is_linked_by_accident(found: Findings) -> None:
    """No @name, #number, :smiley:, bare address or command of GitLab stands outside code."""
    comment = findings_markdown(found, ENGLISH, "sla", IN_REPOSITORY)
    text = Outline(outside_code(comment)).text
    lines = re.sub(r"^(```+)text\n.*?^\1$", "", comment, flags=re.MULTILINE | re.DOTALL)

    assert [] == re.findall(r"[@#!~&^$]\w|:[\w+-]+:|://|\bwww\.", text)
    assert [] == re.findall(r"^\s*/\w", lines, flags=re.MULTILINE)


@given(reviews(most=6))
@settings(max_examples=20)
def test_a_comment_is_never_longer_than_github_allows(found: Findings) -> None:
    assert len(findings_markdown(found, ENGLISH, "sla", IN_REPOSITORY).encode("utf-16-le")) // 2 <= LONGEST


def test_what_does_not_fit_is_counted_and_told() -> None:
    """400 findings of 600 letters each are cut between two findings, and the comment still ends as every one does."""
    long = say("{text} is odd", text=Written("word " * 200))
    findings = [replace(FOUND, message=long, fingerprint=str(number)) for number in range(400)]
    text = comment(*findings)
    shown = len(re.findall(r"· error \[SLA214\]", text))

    assert LONGEST * 0.9 < len(text) <= LONGEST
    assert f"\n{400 - shown} more findings do not fit here: `sla validate sla`\n" in text
    assert text.endswith(
        f"400 errors, 0 warnings in sla (42 rules). On your own computer: `sla validate sla`\n\n{mark('sla')}\n"
    )
    assert rendered(text).names() <= OURS


texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=100))


@given(texts)
def test_a_text_stays_a_text(text: str) -> None:
    """In a paragraph it says the same; only what cannot be seen and what is too long is gone."""
    outline = rendered(f"x {markdown_text(text)} y")

    assert {"p"} == outline.names()
    assert seen(f"x {shortened(printable(text), 600)} y") == seen(outline.text)


@given(texts)
def test_code_stays_code(text: str) -> None:
    """No backtick ends it early."""
    outline = rendered(f"x {code_span(text)} y")

    assert outline.names() <= {"p", "code"}


@given(st.lists(texts.map(lambda text: " ".join(text.split())), max_size=4))
def test_a_block_of_code_ends_where_it_should(lines: list[str]) -> None:
    outline = rendered(f"{code_block(lines)}\n\nbehind\n")

    assert ["pre", "code", "p"] == [tag for tag, _ in outline.elements]


@pytest.mark.parametrize("where", ["sla", "other/sla"])
def test_each_agreement_has_a_comment_of_its_own(where: str) -> None:
    assert ["sla", "other/sla"].index(where) == [mark("sla"), mark("other/sla")].index(mark(where))
