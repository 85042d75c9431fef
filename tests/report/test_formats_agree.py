"""Every format says the same of the same findings, whatever the agreement holds."""

from __future__ import annotations

from hypothesis import given, settings

from checker.finding import Findings
from tests.report.made_findings import FORMATS, calm, calm_files, facts, reviews, wild

FOR_PROGRAMS = ("json", "github", "gitlab", "sarif", "junit")


@given(reviews(calm, calm_files))
@settings(max_examples=60)
def test_every_format_says_code_file_line_and_page_of_every_finding(found: Findings) -> None:
    """Read back by a reader of its own, each format gives the same facts."""
    said = {name: form.read(form.write(found)) for name, form in FORMATS.items()}

    assert dict.fromkeys(FORMATS, facts(found)) == said


@given(reviews(wild, calm_files))
@settings(max_examples=60)
def test_no_text_changes_what_a_program_reads(found: Findings) -> None:
    """Ends of commands, of comments and of CDATA in names and lines make no finding more, none less, none other."""
    said = {name: FORMATS[name].read(FORMATS[name].write(found)) for name in FOR_PROGRAMS}

    assert dict.fromkeys(FOR_PROGRAMS, facts(found)) == said


@given(reviews())
@settings(max_examples=60)
def test_no_format_stumbles_over_what_people_write(found: Findings) -> None:
    """Escape sequences, endless names, ends of comments and commands: there is a text, and it can be saved.

    No control character gets through, nor a mark that turns the direction of writing, not even as JSON writes them:
    whoever shows the text would be played tricks on. Only `findings/v1` says what stands in the file, escaped.
    """
    for name, form in FORMATS.items():
        text = form.write(found)

        assert text == text.encode("utf-8").decode("utf-8")
        assert text.endswith("\n")
        assert set() == {letter for letter in text if ord(letter) < 32 and letter != "\n"}, name
        assert name == "json" or set() == {"\u202e", "\u2028", "\x7f"} & set(text), name
        assert name == "json" or "\\u001b" not in text, name


@given(reviews(most=4))
@settings(max_examples=15)
def test_the_same_findings_give_the_same_text(found: Findings) -> None:
    for form in FORMATS.values():
        assert form.write(found) == form.write(found)
