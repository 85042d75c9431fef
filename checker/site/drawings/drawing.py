"""A drawing with all that must stand beside it: what it shows in words, how to read it, its numbers as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup


@dataclass(frozen=True)
class Drawing:
    """`kind` is the name of its template in `templates/charts`, `parts` is what that one draws."""

    kind: str
    title: Markup
    description: Markup
    caption: Markup
    head: tuple[Markup, ...]
    rows: tuple[tuple[Markup, ...], ...]
    parts: Mapping[str, Any]
