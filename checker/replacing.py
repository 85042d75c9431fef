"""Files that are written whole or not at all, and by one program at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from checker.errors import UnwritableOutput
from checker.message import Written, say

PATIENCE = 30
"""Seconds to wait for another program that writes the same file."""


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A file beside `path` to write to; it takes the place of `path` when all went well, and is gone when not.

    Nobody ever sees half of it. Missing folders are made. Raises OSError; what stood there before is then untouched.
    """
    # a link keeps pointing where it did: the file behind it is what is replaced
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    # the name is known before the file is there, so that it is removed whenever somebody stops the program
    temporary = target.with_name(f".{target.name}.{token_hex(4)}.part")
    try:
        temporary.touch(0o600, exist_ok=False)
        yield temporary
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.chmod(target.stat().st_mode if target.exists() else 0o666 & ~_mask())
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


@contextmanager
def held(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Keeps others who ask for the same file out as long as it lasts, by a lock in a small file beside it.

    The lock goes with the program that holds it, however that ends. Raises UnwritableOutput where another program does
    not let go of it in time, and OSError where there can be no such file.
    """
    from filelock import FileLock, Timeout

    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(target.parent / f".{target.name}.lock", timeout=patience):
            yield
    except Timeout:
        raise UnwritableOutput(
            say("{file} cannot be written: another program is writing it", file=Written(str(path)))
        ) from None


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
