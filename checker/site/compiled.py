"""Templates that were compiled before, ours and the theme's: half of a small site's building is compiling them."""

from __future__ import annotations

from contextlib import suppress

from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """Compiled templates, kept for the next rendering in this process and for the next build on this machine.

    They are kept where Jinja keeps its own: in a folder for temporary files that nobody but this user may read or
    write, by the checksum of the template's text. Where there can be no such folder, this process remembers alone.
    """

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}
        self._files: FileSystemBytecodeCache | None = None
        with suppress(OSError, RuntimeError):
            self._files = FileSystemBytecodeCache()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills in what was compiled from the same text before."""
        code = self._codes.get(_key(bucket))
        if code is not None:
            bucket.bytecode_from_string(code)
        elif self._files is not None:
            with suppress(OSError):
                self._files.load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        self._codes[_key(bucket)] = bucket.bytecode_to_string()
        if self._files is not None:
            with suppress(OSError):
                self._files.dump_bytecode(bucket)


def _key(bucket: Bucket) -> str:
    return f"{bucket.key}:{bucket.checksum}"


COMPILED = Compiled()
