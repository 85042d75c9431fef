"""Writing a file whole or not at all."""

from __future__ import annotations

from pathlib import Path

from checker.errors import UnwritableOutput
from checker.message import say


def write_whole(path: Path, text: str) -> None:
    """Write a text as UTF-8 under a temporary name, then put it in its place; folders are made if need be.

    Raises UnwritableOutput; what stood there before is then untouched.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_text(text, encoding="utf-8", newline="")
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise UnwritableOutput(
            say("{file} cannot be written: {why}", file=str(path), why=error.strerror or str(error))
        ) from error
