"""Errors that know which key of the agreement is at fault, told with its line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from checker.errors import SlaError
from checker.text.document import Document


@contextmanager
def told_with_its_line(document: Document) -> Iterator[None]:
    """Gives errors that are raised inside the place in the agreement's text that they are about."""
    try:
        yield
    except SlaError as error:
        if error.place is None and error.at is not None:
            error.place = document.place_at(error.at)
        raise
