"""Parts of a page, at a terminal and as Markdown: tables in line, and nothing that plays tricks."""

from __future__ import annotations

from checker.language import words
from checker.message import Message, Written, say
from checker.report.parts import Page, Part, Table
from checker.report.parts_markdown import page_markdown
from checker.report.parts_text import page_text


def cells(*texts: str) -> tuple[Message, ...]:
    return tuple(say("{text}", text=Written(text)) for text in texts)


PAGE = Page(
    say("A page"),
    (say("A sentence."),),
    (
        Part(
            say("A part"),
            table=Table(
                cells("Name", "count", "verdict"), (cells("a|b", "7", "good"), cells("日本", "1,200", "–")), words=1
            ),
            points=(say("a point"),),
        ),
        Part(say("Below it"), sentences=(say("{text}", text=Written("x \x1b[31mred <b>")),), level=2),
    ),
)


def test_columns_of_numbers_end_in_line_and_words_begin_in_line():
    """Also where a letter takes two columns; what could colour the terminal is not printed."""
    assert page_text(PAGE, words("en")) == (
        "A page\n"
        "A sentence.\n"
        "\n"
        "A part\n"
        "  Name  count  verdict\n"
        "  a|b       7  good\n"
        "  日本  1,200  –\n"
        "  - a point\n"
        "\n"
        "  Below it\n"
        "    x \ufffd[31mred <b>\n"
    )


def test_markdown_of_a_name_stays_letters():
    """A bar in a name parts no cells, an angle bracket begins no markup."""
    assert page_markdown(PAGE, words("en")) == (
        "## A page\n"
        "\n"
        "A sentence.\n"
        "\n"
        "### A part\n"
        "\n"
        "| Name | count | verdict |\n"
        "|---|---:|---|\n"
        "| a&#124;b | 7 | good |\n"
        "| 日本 | 1,200 | – |\n"
        "\n"
        "- a point\n"
        "\n"
        "#### Below it\n"
        "\n"
        "x \ufffd&#91;31mred &#60;b&#62;\n"
    )
