"""Room for temporary files, and what to say where there is none."""

from __future__ import annotations

import errno
import tempfile

from checker.errors import UnwritableOutput
from checker.message import say


def no_room() -> UnwritableOutput:
    """The error for a disk without room for temporary files."""
    return UnwritableOutput(say("there is no room for temporary files in {folder}", folder=tempfile.gettempdir()))


def is_no_room(error: OSError) -> bool:
    """Whether something failed because the disk is full."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)
