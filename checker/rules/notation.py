"""Texts that cannot be read, or that read well and mean something else: each trap of the notation is a rule."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.finding import Problem, Severity
from checker.rules.rule import reported, rule


@rule(
    "SLA001",
    "A line that cannot be read",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        people:
          ana: {name: Ana, team: sales}
          bruno, who sells in the south    # SLA001
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
          bruno: {name: Bruno, team: sales}
        """,
)
def unreadable_line(agreement: Agreement) -> Iterator[Problem]:
    """
    An agreement is made of lines with a word, a colon, a space, and what it says; what belongs below a line stands two
    spaces further in. Where a quote, a bracket or a colon is missing, the tool cannot know what was meant. It says
    where it had to stop, and reads on with the next section.
    """
    return reported(agreement, "syntax")


@rule(
    "SLA002",
    "A tab or an odd space before a line",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        people:
        \tana: {name: Ana, team: sales}     # SLA002
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
        """,
)
def tab(agreement: Agreement) -> Iterator[Problem]:
    """
    How far a line is moved in says what it belongs to. A tab is as wide as each program likes, and a space copied from
    a web page may not be one, so the same lines would mean different things to different people. Two plain spaces for
    each step.
    """
    return reported(agreement, "tab")


@rule(
    "SLA003",
    "A text that begins with a sign",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        stages:
          mql:
            team: marketing
            points: >= 50                        # SLA003
            means: @home is one of the channels  # SLA003
        """,
    good="""
        stages:
          mql:
            team: marketing
            points: at least 50
            means: "@home is one of the channels"
        """,
)
def special_start(agreement: Agreement) -> Iterator[Problem]:
    """
    Some signs mean something to the reader when a text begins with them: `>` `%` `@` `` ` `` `|` `&` `*` `!` `{` `[`.
    Write tests in words (`at least 50` for `>= 50`), the percent sign behind the number, and put other texts that begin
    with such a sign in quotes.
    """
    return reported(agreement, "special-start")


@rule(
    "SLA004",
    "A comma or a colon inside braces",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        stages:
          sql: {team: sales, means: Sales accepted lead, one that sales said yes to}   # SLA004
          customer: {team: sales, is: won, means: Two things: contract and payment}    # SLA004
        """,
    good="""
        stages:
          sql:
            team: sales
            means: Sales accepted lead, one that sales said yes to
          customer: {team: sales, is: won, means: "Two things: contract and payment"}
        """,
)
def comma_in_braces(agreement: Agreement) -> Iterator[Problem]:
    """
    Inside braces and brackets a comma ends what was said before it. What follows becomes a word of its own, and the
    text is cut in half without a trace. A colon makes a word of what stands before it. Put the text in quotes, or on a
    line of its own outside the braces.
    """
    return reported(agreement, "comma-in-braces", "colon-in-braces")


@rule(
    "SLA005",
    "A text cut off at a #",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        stages:
          mql:
            team: marketing
            means: call #5 first     # SLA005
        """,
    good="""
        stages:
          mql:
            team: marketing
            means: "call #5 first"
        """,
)
def lost_remark(agreement: Agreement) -> Iterator[Problem]:
    """
    A `#` after a space begins a remark: everything behind it is left out. `call #5 first` becomes `call`. Put the text
    in quotes; a remark of your own has a space after the `#`.
    """
    return reported(agreement, "lost-comment")


@rule(
    "SLA006",
    "A number that can be read in two ways",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        targets:
          mql:
            all:
              2027-01: 1.200             # SLA006
              2027-02: 01100             # SLA006
              2027-03: 1_250             # SLA006
        channels:
          fairs: {team: marketing, budget: "R$ 30.000 a month"}   # SLA006
        stages:
          mql: {team: marketing}
          customer: {team: sales, is: won}
        """,
    good="""
        targets:
          mql:
            all:
              2027-01: 1200
              2027-02: 1100
              2027-03: 1250
        channels:
          fairs: {team: marketing, budget: R$ 30000 a month}
        stages:
          mql: {team: marketing}
          customer: {team: sales, is: won}
        """,
)
def ambiguous_number(agreement: Agreement) -> Iterator[Problem]:
    """
    `1.200` is one and a fifth to some readers and twelve hundred to others; programs disagree about `010` and `1_000`
    too. Numbers stand without separators for thousands, and a point is for decimals alone.
    """
    return reported(agreement, "thousands")


@rule(
    "SLA007",
    "A word with nothing behind it",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        people:
          ana: {name: Ana, team: sales}
        plan:
          months: 2027-01 to 2027-06
          customers:                   # SLA007
        """,
    good="""
        people:
          ana: {name: Ana, team: sales}
        plan:
          months: 2027-01 to 2027-06
          customers: 46
        """,
)
def empty_value(agreement: Agreement) -> Iterator[Problem]:
    """
    A word with a colon and nothing behind it says neither yes nor no: was it forgotten, or is there none? Write the
    value, or take the line out.
    """
    return reported(agreement, "empty-value")


@rule(
    "SLA008",
    "The same word twice in one place",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        rates:
          lead_to_mql: 20%     # because
          lead_to_mql: 25%     # SLA008
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
        """,
    good="""
        rates:
          lead_to_mql: 25%
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
        """,
)
def duplicate_key(agreement: Agreement) -> Iterator[Problem]:
    """
    Where the same word stands twice in one place, only one of the two lines can count, and nobody sees which. Keep
    one.
    """
    return reported(agreement, "duplicate-key")


@rule(
    "SLA009",
    "The same section in two files",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        # channels.yaml
        rates:                         # because
          lead_to_mql: 20%
        # targets.yaml
        rates:                         # SLA009
          mql_to_customer: 25%
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
          customer: {team: sales, is: won}
        """,
    good="""
        # channels.yaml
        channels:
          articles: {team: marketing}
        # targets.yaml
        rates:
          lead_to_mql: 20%
          mql_to_customer: 25%
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
          customer: {team: sales, is: won}
        """,
)
def section_in_two_files(agreement: Agreement) -> Iterator[Problem]:
    """
    A folder is one agreement: the files directly in it are put together, each top-level section from one file. A
    section that stands in two files is not merged, because nobody could then say where to change it.
    """
    return reported(agreement, "key-in-two-files")


@rule(
    "SLA010",
    "Shortcuts that an agreement does not use",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        format: sla/v1
        agreement: Our agreement
        stages:
          lead: {team: marketing}
          mql: &first {team: marketing}    # SLA010
          sql: *first                      # SLA010
        """,
    good="""
        format: sla/v1
        agreement: Our agreement
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
          sql: {team: marketing}
        """,
)
def shortcuts(agreement: Agreement) -> Iterator[Problem]:
    """
    The notation has signs to mark lines and repeat them elsewhere, to say what kind of value follows, and to put
    several texts in one file. They save typing and hide what an agreement says: a change in one line would change
    others far away. Write the lines out.
    """
    return reported(agreement, "no-anchors", "no-tags", "second-document")


@rule(
    "SLA011",
    "A text that is no agreement",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        - Marketing delivers 80 leads a month    # SLA011
        - Sales calls each of them
        """,
    good="""
        format: sla/v1
        agreement: Our agreement
        stages:
          lead: {team: marketing}
          customer: {team: sales, is: won}
        """,
)
def no_agreement(agreement: Agreement) -> Iterator[Problem]:
    """
    An agreement is made of sections, each a word with a colon at the beginning of a line and its lines below. A list, a
    plain text or a web page saved under the wrong name is none.
    """
    return reported(agreement, "not-a-mapping")


@rule(
    "SLA012",
    "A file that is left out because of its name",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        # agreement.yaml
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
        # targets.yml                            # SLA012
        targets:
          mql:
            all:
              2027-01: 80
        """,
    good="""
        # agreement.yaml
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
        # targets.yaml
        targets:
          mql:
            all:
              2027-01: 80
        """,
)
def wrong_ending(agreement: Agreement) -> Iterator[Problem]:
    """
    In a folder only files whose names end with `.yaml` are read. A file that ends with `.yml` or `.YAML` looks the same
    to people and would be left out in silence. Rename it.
    """
    return reported(agreement, "wrong-ending")


@rule(
    "SLA013",
    "A sign that nobody sees",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        people:
          ana: {name: Ana\u200b Prado, team: sales}    # SLA013
        """,
    good="""
        people:
          ana: {name: Ana Prado, team: sales}
        """,
)
def unseen_sign(agreement: Agreement) -> Iterator[Problem]:
    """
    Text copied from a web page, a mail or a slide may bring along signs that have no width, or that turn the direction
    of writing. Nobody sees them in a pull request, yet they make two words of one, or show a number that is not the one
    that is read. What a language needs is let alone: the joiners of Persian and of emoji, the marks beside Hebrew and
    Arabic names.
    """
    return reported(agreement, "unseen")
