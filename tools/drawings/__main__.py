"""Writes the drawings of the documentation into docs/pictures."""

from __future__ import annotations

from pathlib import Path

from tools.drawings.every import drawings

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"


def main() -> None:
    """Draws and writes all of them, and says so."""
    for name, text in drawings().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"docs/pictures/{name} is written")


if __name__ == "__main__":
    main()
