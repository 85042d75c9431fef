"""Writing results to files: whole or not at all."""

from __future__ import annotations

from pathlib import Path

from checker.replacing import replaced, unwritable

__all__ = ["unwritable", "write_text"]


def write_text(path: Path, text: str) -> None:
    """Writes a file so that nobody ever sees half of it: under a temporary name first, then renamed.

    Missing folders are made. What is not a plain file (a device, a pipe) is written to as it is. Raises
    UnwritableOutput; what stood there before is then untouched.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")
            return
        with replaced(path) as temporary:
            temporary.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise unwritable(str(path), error) from None
