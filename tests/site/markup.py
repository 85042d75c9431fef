"""What a page is made of, seen by an HTML parser that knows nothing of how it was made."""

from __future__ import annotations

from html.parser import HTMLParser

import markdown

EXTENSIONS = ["abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"]
EXTENSIONS += [f"pymdownx.{name}" for name in ("caret", "emoji", "keys", "magiclink", "mark", "superfences", "tilde")]
"""Every extension of Markdown that a company may have switched on and that could see a meaning in a text."""


class Outline(HTMLParser):
    """The elements of a page, each with its attributes, and all text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps an element."""
        self.elements.append((tag, dict(attrs)))
        self.text += " "

    def handle_endtag(self, tag: str) -> None:
        """Parts what stands in one element from what follows it."""
        self.text += " "

    def handle_data(self, data: str) -> None:
        """Keeps a text."""
        self.text += data

    def names(self) -> set[str]:
        """The elements that there are."""
        return {tag for tag, _ in self.elements}

    def attributes(self, name: str) -> list[str]:
        """The values of one attribute, over all elements."""
        return [attributes[name] or "" for _, attributes in self.elements if name in attributes]


def rendered(text: str) -> Outline:
    """A text through Markdown with every extension."""
    return Outline(markdown.markdown(text, extensions=EXTENSIONS))
