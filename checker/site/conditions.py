"""Conditions on a lead on a page: fields are set off, and named conditions lead to where they are written."""

from __future__ import annotations

from markupsafe import Markup

from checker.report.condition_words import Sentences as PlainSentences
from checker.site.safe import safe, slug


class Sentences(PlainSentences):
    """Words for the conditions of one agreement, with the marks of a page."""

    def field(self, name: str) -> str:
        """A field's name, set off."""
        return Markup('<em class="sla-field" dir="auto">{}</em>').format(safe(self._names.field(name)))

    def group(self, name: str) -> str:
        """The name of conditions, as a link to them."""
        return Markup('<a href="page:qualification.md#{}" dir="auto">{}</a>').format(
            slug(name), safe(self._names.group(name))
        )
