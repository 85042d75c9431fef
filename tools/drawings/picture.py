"""A drawing in SVG: shapes and texts on a white card, so that it can be read on light and on dark pages."""

from __future__ import annotations

from html import escape

WIDTH = 720
GOOD, BAD, OPEN, QUIET, INK, MARK = "#1a7f4b", "#c0392b", "#8a6d00", "#d7dbe2", "#1f2430", "#3949ab"
"""The colours: kept, missed, not due yet, what is only there, texts, and the line that decides."""


class Picture:
    """Shapes in the order in which they are added. Places are pixels from the upper left corner."""

    def __init__(self, height: int, title: str, says: str) -> None:
        self._height = height
        self._title = title
        self._says = says
        self._shapes: list[str] = []

    def box(self, left: float, top: float, width: float, height: float, colour: str, opacity: float = 1) -> None:
        """A filled rectangle."""
        self._shapes.append(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2"'
            f' fill="{colour}" fill-opacity="{opacity}"/>'
        )

    def line(self, left: float, top: float, right: float, bottom: float, colour: str, width: float = 1.5) -> None:
        """A line from one place to another."""
        self._shapes.append(
            f'<line x1="{left:.1f}" y1="{top:.1f}" x2="{right:.1f}" y2="{bottom:.1f}" stroke="{colour}"'
            f' stroke-width="{width}"/>'
        )

    def dashed(self, left: float, top: float, bottom: float, colour: str) -> None:
        """A dashed line from top to bottom."""
        self._shapes.append(
            f'<line x1="{left:.1f}" y1="{top:.1f}" x2="{left:.1f}" y2="{bottom:.1f}" stroke="{colour}"'
            ' stroke-width="2" stroke-dasharray="6 4"/>'
        )

    def dot(self, left: float, top: float, colour: str, radius: float = 6) -> None:
        """A filled circle around a place."""
        self._shapes.append(f'<circle cx="{left:.1f}" cy="{top:.1f}" r="{radius}" fill="{colour}"/>')

    def text(
        self, left: float, top: float, words: str, colour: str = INK, size: int = 14, anchor: str = "start"
    ) -> None:
        """Words whose base line is at `top`; `anchor` is start, middle or end."""
        self._shapes.append(
            f'<text x="{left:.1f}" y="{top:.1f}" fill="{colour}" font-size="{size}" text-anchor="{anchor}">'
            f"{escape(words, quote=False)}</text>"
        )

    def svg(self) -> str:
        """The whole drawing, with its title and what it says for those who cannot see it."""
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self._height}" role="img"'
                f' width="{WIDTH}" height="{self._height}" font-family="system-ui, sans-serif">',
                f"<title>{escape(self._title, quote=False)}</title>",
                f"<desc>{escape(self._says, quote=False)}</desc>",
                f'<rect width="{WIDTH}" height="{self._height}" rx="8" fill="#ffffff"/>',
                *self._shapes,
                "</svg>",
                "",
            ]
        )
