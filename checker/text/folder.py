"""From disk: an agreement is one file, or all `*.yaml` files directly in a folder."""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path

from checker.errors import UnreadableInput
from checker.finding import Place, Problem
from checker.message import Message, Written, say
from checker.text.document import Document
from checker.text.file import File, read_text

MOST_MEGABYTES = 5
ENDING = ".yaml"
_OTHER_ENDINGS = (".yml", ".yaml")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def parse(text: str, file: str = "agreement.yaml") -> Document:
    """Reads an agreement from a text. Raises UnreadableInput where it breaks a limit."""
    return Document([read_text(text.removeprefix("\ufeff"), file)])


def read(path: Path | str) -> Document:
    """Reads an agreement from a file, or from all `*.yaml` files directly in a folder, in the order of their names.

    Raises UnreadableInput where there is nothing to read, or a file breaks a limit: more than 5 MB, a link that leads
    out of the folder, not UTF-8, nested too deeply.
    """
    given = Path(path)
    if not os.path.lexists(given):
        raise UnreadableInput(say("there is no file or folder {path}", path=Written(shown_path(given))))
    if not given.is_dir():
        return Document([_read_file(given)])
    try:
        entries = sorted(entry for entry in given.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        raise _unreadable(given, error) from None
    files = [entry for entry in entries if entry.suffix == ENDING]
    misnamed = [entry for entry in entries if entry.suffix != ENDING and entry.suffix.lower() in _OTHER_ENDINGS]
    if not files:
        if misnamed:
            raise UnreadableInput(_rename(misnamed[0]))
        raise UnreadableInput(
            say("the folder {path} holds no file whose name ends with .yaml", path=Written(shown_path(given)))
        )
    return Document(
        [_read_file(file) for file in files],
        [Problem(Place(shown_path(file), 1, 1, 2, ""), _rename(file), kind="wrong-ending") for file in misnamed],
    )


def read_again(file: Path) -> str:
    """A file's text as it stands now, with the mark of UTF-8 where it begins with one. Raises UnreadableInput."""
    data = _read_bytes(file)
    return ("\ufeff" if data.startswith(codecs.BOM_UTF8) else "") + decode(data, shown_path(file))


def _read_file(path: Path) -> File:
    return read_text(text_of(path), shown_path(path))


def text_of(path: Path) -> str:
    """A file's text. Raises UnreadableInput where it breaks a limit (see `read`)."""
    return decode(_read_bytes(path), shown_path(path))


def _read_bytes(path: Path) -> bytes:
    called = Written(shown_path(path))
    try:
        real = path.resolve()
        if not real.is_relative_to(path.parent.resolve()):
            raise UnreadableInput(
                say("{path} is a link that leads out of its folder, and is not followed", path=called)
            )
        kind = real.stat()
        if stat.S_ISDIR(kind.st_mode):
            raise UnreadableInput(say("{path} is a folder with the name of a file: rename it", path=called))
        if not stat.S_ISREG(kind.st_mode):
            raise UnreadableInput(say("{path} is not a file", path=called))
        if kind.st_size > MOST_MEGABYTES * 1024 * 1024:
            raise UnreadableInput(say("{path} is over {most} MB", path=called, most=MOST_MEGABYTES))
        return real.read_bytes()
    except (OSError, RuntimeError) as error:
        raise _unreadable(path, error) from None


def decode(data: bytes, name: str) -> str:
    """The text of a file, without the mark of UTF-8 that it may begin with; `name` is what it is called in errors.

    Raises UnreadableInput for anything but UTF-8.
    """
    called = Written(name)
    if data.startswith(_UTF16_MARKS):
        raise UnreadableInput(say("{path} is saved as UTF-16: save it as UTF-8", path=called))
    if b"\0" in data:
        raise UnreadableInput(say("{path} is not a text: save it as plain text in UTF-8", path=called))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line_start = before.rfind(b"\n") + 1
        line = data[line_start:].split(b"\n", 1)[0].decode("cp1252", errors="replace").rstrip("\r")
        column = len(before[line_start:].decode("utf-8", errors="replace")) + 1
        raise UnreadableInput(
            say("{path} is not saved as UTF-8 but probably as Windows-1252 (Latin-1): save it as UTF-8", path=called),
            Place(name, before.count(b"\n") + 1, column, column + 1, line),
        ) from None


def _rename(path: Path) -> Message:
    return say(
        "{path} is not read: rename it to {name}",
        path=Written(shown_path(path)),
        name=Written(path.stem + ENDING),
    )


def _unreadable(path: Path, error: OSError | RuntimeError) -> UnreadableInput:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return UnreadableInput(say("{path} cannot be read: {reason}", path=Written(shown_path(path)), reason=reason))


def shown_path(path: Path) -> str:
    """A path as users see it: relative to the current folder where it lies inside."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
