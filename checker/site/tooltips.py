"""What a word of the dictionary means, shown where it stands: `<abbr title="…">`, once in each part of a page."""

from __future__ import annotations

import re

from markupsafe import Markup

from checker.agreement.agreement import Agreement
from checker.report.names import Names, abbreviation
from checker.report.plain_text import shortened
from checker.site.safe import safe

LONGEST_MEANING = 240
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
_SILENT = ("a", "b", "abbr", "svg", "summary", "h1", "h2", "h3", "code", "caption", "th")
"""Elements in which a tooltip would be in the way: links have a meaning of their own, headings go into menus."""


class Tooltips:
    """The words of an agreement that have a meaning of their own."""

    def __init__(self, agreement: Agreement, names: Names) -> None:
        meanings: dict[str, str] = {}
        for name in agreement.stages:
            whole, short = names.stage(name), names.short_stage(name)
            if abbreviation(whole):
                means = names.prose(agreement.stages[name].means)
                meanings[short] = f"{whole.rpartition('(')[0].strip()}: {means}" if means else whole
        for term, entry in (agreement.sections.dictionary or {}).items():
            for word in (term, *(entry.also_called or ())):
                meanings[word] = names.prose(entry.means)
        self._meanings = {
            self._key(str(safe(word))): safe(shortened(means, LONGEST_MEANING)) for word, means in meanings.items()
        }
        words = sorted((str(safe(word)) for word in meanings), key=len, reverse=True)
        ways = "|".join(re.escape(word) if word.isupper() else f"(?i:{re.escape(word)})" for word in words)
        self._words = re.compile(rf"(?<![\w&#;])(?:{ways})(?![\w;])") if words else None

    @staticmethod
    def _key(word: str) -> str:
        return word if word.isupper() else word.lower()

    def put_into(self, markdown: str) -> str:
        """A page's text with the meanings in place."""
        if self._words is None:
            return markdown
        known: set[str] = set()
        lines = []
        silent: list[str] = []
        for line in markdown.split("\n"):
            if line.startswith("#"):
                known.clear()
                lines.append(line)
            else:
                lines.append(self._line(self._words, line, known, silent))
        return "\n".join(lines)

    def _line(self, words: re.Pattern[str], line: str, known: set[str], silent: list[str]) -> str:
        parts = _TAG.split(line)
        for number, part in enumerate(parts):
            if number % 2:
                _follow(part, silent)
            elif not silent and part:
                parts[number] = self._part(words, part, known)
        return "".join(parts)

    def _part(self, words: re.Pattern[str], text: str, known: set[str]) -> str:
        def explained(found: re.Match[str]) -> str:
            key = self._key(found[0])
            if key in known or key not in self._meanings:
                return found[0]
            known.add(key)
            return Markup('<abbr title="{}" tabindex="0">{}</abbr>').format(self._meanings[key], Markup(found[0]))

        return words.sub(explained, text)


def _follow(tag: str, silent: list[str]) -> None:
    """Keeps account of the elements that a line opens and closes."""
    name = _NAME.match(tag)
    if name is None or name[1] not in _SILENT or tag.endswith("/>"):
        return
    if not tag.startswith("</"):
        silent.append(name[1])
    elif name[1] in silent:
        while silent.pop() != name[1]:
            pass
