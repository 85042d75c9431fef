"""What every page is made from, and how a page is made: one template, filled with what its file found out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path as FilePath
from typing import Any, Literal, Protocol
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from checker.agreement.agreement import Agreement
from checker.agreement.promise_list import Promise
from checker.finding import Finding, Path, Place
from checker.language import from_json
from checker.message import Message, Written
from checker.quantity import Month
from checker.record import Said
from checker.report.beside_words import heading_in_words, now_in_words, pace_in_words, warning_in_words
from checker.report.names import Names, team
from checker.report.plain_text import shortened
from checker.site.board import Board, budget
from checker.site.compiled import COMPILED
from checker.site.conditions import Sentences
from checker.site.lines import wrapped
from checker.site.page import Page, line_link, page_link
from checker.site.safe import safe_url, slug
from checker.site.tooltips import Tooltips
from checker.site.voice import Voice, exact
from checker.site.where import page_that_tells
from checker.standing import on_the_wall, standing
from checker.verdict import Result, Results

_ANCHOR = re.compile(r"\{: #[a-z0-9&#;_-]+ \}")
_GLUED = re.compile(r"(</(?:td|th|dt|b|span|small|caption)>(?=<(?:td|th|dd|b|span)\b)|\S(?=<small\b))")
"""Where one cell or line ends and the next begins: without a space the search takes their words for one."""
TEMPLATES = FilePath(__file__).parent / "templates"


class Places(Protocol):
    """The lines of an agreement: `checker.text.Document`, seen from here."""

    def place(self, path: Path, on: Literal["key", "value"] = "value") -> Place:
        """Where a value or its key stands."""

    def has(self, path: Path) -> bool:
        """Whether a path has a value."""

    def written(self, path: Path) -> str:
        """The source text of a value."""

    def in_braces(self, path: Path) -> bool:
        """Whether a mapping or a list stands within braces or brackets."""

    def last_line(self, path: Path) -> int:
        """The line on which a value ends."""

    def line(self, file: str, number: int) -> str:
        """A line of a file."""


@dataclass(frozen=True)
class Basis:
    """An agreement, its lines, the results of a check (None: there are none yet), and the words of a language."""

    agreement: Agreement
    document: Places
    results: Results | None
    voice: Voice
    names: Names
    sentences: Sentences
    board: Board | None
    tooltips: Tooltips
    templates: Environment
    waived: tuple[Finding, ...] = ()
    """The findings that the company accepts for a while; their files are named as `document` names them."""

    def page(
        self,
        path: str,
        template: str,
        title: Markup,
        at: Path,
        *,
        menu: Markup | None = None,
        section: str = "",
        tags: tuple[Markup, ...] = (),
        is_wide: bool = False,
        weight: float = 1,
        tooltips: bool = True,
        **values: Any,
    ) -> Page:
        """The page that a template makes; `at` is what of the agreement stands on it."""
        numbers = count(1)

        def draw(drawing: str, **parts: Any) -> Markup:
            chart = self.templates.get_template(f"charts/{drawing}.svg.j2")
            return Markup(chart.render(id=Markup(f"c{next(numbers)}"), **parts))

        text = self.templates.get_template(template).render(basis=self, title=title, draw=draw, **values)
        # Markdown's list of headings finds an anchor only where its hyphens are not references
        text = _ANCHOR.sub(lambda found: found[0].replace("&#45;", "-").replace("&#95;", "_"), text)
        text = _GLUED.sub(r"\1 ", text)
        place = self.document.place(at)
        return Page(
            path=path,
            title=title,
            menu=menu or title,
            markdown=self.tooltips.put_into(text) if tooltips else text,
            file=place.file,
            line=place.line,
            section=section,
            tags=tags,
            is_wide=is_wide,
            weight=weight,
        )

    def path_of(self, promise: Promise) -> str:
        """The path of a promise's own page: an address that stays as long as its id."""
        return f"promises/{slug(promise.id)}.md"

    def told(self, said: Said) -> Markup:
        """A message of the results, in this site's language."""
        return self.voice.say(from_json(said.model_dump()))

    def now(self, result: Result) -> tuple[Markup, ...]:
        """What stands beside a month that goes on: where it is heading, whether it got worse, what is to be done."""
        return tuple(map(self.voice.say, now_in_words(result, self.agreement.currency)))

    def pace(self, result: Result) -> Markup:
        """Where an amount is heading; empty where that is not known."""
        pace = pace_in_words(result, self.agreement.currency)
        return Markup("") if pace is None else self.voice.say(pace)

    def heading(self, result: Result) -> Markup:
        """The same in a few words."""
        heading = heading_in_words(result, self.agreement.currency)
        return Markup("") if heading is None else self.voice.say(heading)

    def warning(self, result: Result) -> Markup:
        """The early warning of a result; empty where there is none."""
        warning = warning_in_words(result)
        return Markup("") if warning is None else self.voice.say(warning)

    def lead_address(self, lead: str) -> Markup:
        """Where a lead is kept, for those who may open it there; empty where the source does not say."""
        source = self.agreement.sections.source
        if source is None or source.link is None or self._is_place(lead):
            return Markup("")
        return safe_url(source.link.replace("{id}", quote(lead, safe="")))

    def _is_place(self, lead: str) -> bool:
        """Whether a lead whose id is an e-mail address is named by its file and line."""
        file = lead.rpartition(":")[0]
        return self.results is not None and file in self.results.data.files

    def local(self, moment: datetime) -> datetime:
        """A moment of the results as the clock on the wall shows it."""
        return on_the_wall(moment, self.results.timezone) if self.results else moment

    def edit(self, path: Path, what: Message | str) -> Markup:
        """The small pencil beside an item: it opens the item's line, whose name stands there without a repository."""
        place = self.document.place(path)
        name = self.voice.gettext(
            "Edit “{what}”: {file}, line {line}",
            what=label(self.voice, what),
            file=Written(place.file),
            line=Written(str(place.line)),
        )
        where = self.voice.gettext("{file}, line {line}", file=place.file, line=Written(str(place.line)))
        # put together as it stands: all three are markup, and Markup.format takes longer than finding what they are
        return Markup(
            f'&#160;<a class="sla-line sla-edit" href="{line_link(place)}" aria-label="{name}">'
            f"<span data-search-exclude>{where}</span></a>"
        )

    def with_pencil(self, said: Markup, path: Path) -> Markup:
        """A sentence with its pencil."""
        return said + self.edit(path, said)

    def line_of(self, path: Path) -> Place:
        """The line of the agreement that says something."""
        return self.document.place(path)


def templates(voice: Voice, names: Names, document: Places) -> Environment:
    """The environment of all templates: every value is escaped on its way out, and every text comes from the
    catalogue.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=COMPILED,
        autoescape=True,
        finalize=voice.shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    said: Mapping[str, Callable[..., Any]] = {
        "_": voice.gettext,
        "ngettext": voice.ngettext,
        "page_link": page_link,
        "line_link": lambda path: line_link(document.place(path)),
        "place_link": line_link,
        "standing": standing,
        "budget": budget,
        "team": team,
        "told_at": lambda path: page_that_tells(names.agreement, path),
    }
    environment.globals.update(said)
    environment.globals["names"] = names
    environment.filters.update(
        {
            "as_month": Month.parse,
            "exact": exact,
            "one_line": _one_line,
            "px": _px,
            "say": voice.say,
            "number": voice.number,
            "share": voice.share,
            "tenths": voice.tenths,
            "money": voice.money,
            "money_short": voice.money_short,
            "month": voice.month,
            "month_short": voice.month_short,
            "date": voice.date,
            "duration": voice.duration,
            "names": voice.names,
            "prose": names.prose,
            "slug": _anchor,
            "shortened": shortened,
            "wrapped": wrapped,
        }
    )
    return environment


def label(voice: Voice, value: Message | str) -> str:
    """What an item is called where only those who listen hear it: a few plain words."""
    said = voice.say(value) if isinstance(value, Message) else value
    return shortened(said.striptags() if isinstance(said, Markup) else said, 60)


def _anchor(name: str) -> Markup:
    """A name as an anchor: letters, digits and hyphens, which mean nothing else anywhere.

    Its hyphens are not escaped: Markdown's own list of headings would not find them again.
    """
    return Markup(slug(name))


def _px(value: float) -> Markup:
    """A place in a drawing."""
    return Markup(f"{value:.1f}".removesuffix(".0"))


def _one_line(drawing: Markup) -> Markup:
    """A drawing on one line, so that no blank line ends its block in Markdown."""
    return Markup(" ".join(line.strip() for line in drawing.splitlines() if line.strip()))
