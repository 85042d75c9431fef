"""Writing results to files: whole or not at all."""

from __future__ import annotations

import os
import tempfile
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


def _replace(path: Path, text: str) -> None:
    # a link keeps pointing where it did: the file behind it is what is replaced
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(target.stat().st_mode if target.exists() else 0o666 & ~_mask())
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


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
