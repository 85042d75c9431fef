"""Writing results to files: whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from checker.replacing import replaced, unwritable

__all__ = ["unwritable", "write_text", "write_together"]


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


def write_together(texts: Mapping[Path, str]) -> None:
    """Writes several files so that either all of them are there or none: all under temporary names first, then renamed.

    Missing folders are made. Raises UnwritableOutput; what stood there before is then as it was.
    """
    before: dict[Path, bytes | None] = {}
    made = [folder for path in texts for folder in path.parents if not folder.exists()]
    name = ""
    try:
        with ExitStack() as written:
            for path, text in texts.items():
                name = str(path)
                target = path.resolve()
                before[target] = target.read_bytes() if target.exists() else None
                written.enter_context(replaced(path)).write_text(text, encoding="utf-8", newline="\n")
    except BaseException as error:
        _undo(before, made)
        if isinstance(error, OSError):
            raise unwritable(name, error) from None
        raise


def _undo(before: Mapping[Path, bytes | None], made: Sequence[Path]) -> None:
    """Puts back what stood there before a writing that did not come to its end."""
    for target, old in before.items():
        with suppress(OSError):
            if old is None:
                target.unlink(missing_ok=True)
            elif target.read_bytes() != old:
                target.write_bytes(old)
    for folder in sorted(set(made), key=lambda folder: len(folder.parts), reverse=True):
        with suppress(OSError):
            folder.rmdir()
