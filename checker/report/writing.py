"""Writing results to files: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from checker.errors import UnwritableOutput
from checker.message import Written, say


def write_text(path: Path, text: str) -> None:
    """Writes a file so that nobody ever sees half of it: under a temporary name first, then renamed.

    Missing folders are made. What is not a plain file (a device, a pipe) is written to as it is. Raises
    UnwritableOutput; what stood there before is then untouched.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, text)
    except OSError as error:
        raise unwritable(str(path), error) from None


def write_together(texts: Mapping[Path, str]) -> None:
    """Writes several files so that either all of them are there or none: all under temporary names first, then renamed.

    Missing folders are made. Raises UnwritableOutput; what stood there before is then as it was.
    """
    written: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    made = [folder for path in texts for folder in path.parents if not folder.exists()]
    name = ""
    try:
        for path, text in texts.items():
            name = str(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            written[path] = _beside(path.resolve(), text)
        for path, temporary in written.items():
            name, target = str(path), path.resolve()
            before[target] = target.read_bytes() if target.exists() else None
            temporary.replace(target)
    except BaseException as error:
        _undo(written, before, made)
        if isinstance(error, OSError):
            raise unwritable(name, error) from None
        raise


def _undo(written: Mapping[Path, Path], before: Mapping[Path, bytes | None], made: Sequence[Path]) -> None:
    """Puts back what stood there before a writing that did not come to its end."""
    for target, old in before.items():
        with suppress(OSError):
            if old is None:
                target.unlink(missing_ok=True)
            else:
                target.write_bytes(old)
    for temporary in written.values():
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    for folder in sorted(set(made), key=lambda folder: len(folder.parts), reverse=True):
        with suppress(OSError):
            folder.rmdir()


def _replace(path: Path, text: str) -> None:
    # a link keeps pointing where it did: the file behind it is what is replaced
    target = path.resolve()
    temporary = _beside(target, text)
    try:
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _beside(target: Path, text: str) -> Path:
    """Writes a text whole into a file of a temporary name beside the one that it is for."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(target.stat().st_mode if target.exists() else 0o666 & ~_mask())
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    return Path(name)


def _mask() -> int:
    """The permissions that new files do not get; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def unwritable(name: str, error: OSError) -> UnwritableOutput:
    """A result could not be written: where, and why."""
    return UnwritableOutput(
        say("{file} cannot be written: {reason}", file=Written(name), reason=error.strerror or str(error))
    )
