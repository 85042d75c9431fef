"""What is going on, on a line of the terminal that is gone when it is done: for work that takes longer than a second.

Nothing is written where standard error is no terminal, so that logs and pipes never hold half a line.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import TextIO

from checker.language import Words
from checker.message import Message

_PATIENCE = 1.0
"""Seconds before anything is shown."""
_PAUSE = 0.25
_SIGNS = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_CLEARED = "\r\x1b[2K"


class Progress:
    """The line about what is going on. `now` says what, `clear` takes it away so that something else can be written."""

    def __init__(self, stream: TextIO | None, spoken: Words) -> None:
        self._stream = stream
        self._spoken = spoken
        self._said = ""
        self._began = time.monotonic()
        self._lock = Lock()
        self._is_over = Event()
        self._is_shown = False

    def now(self, message: Message) -> None:
        """Says what is being done from here on."""
        with self._lock:
            self._said = self._spoken.say(message)

    def clear(self) -> None:
        """Takes the line away; it comes back with the next step."""
        with self._lock:
            self._said = ""
            self._erase()

    def end(self) -> None:
        """Takes the line away for good."""
        self._is_over.set()
        self.clear()

    def show(self) -> None:
        """Shows the line until the end: runs beside the work."""
        turn = 0
        while not self._is_over.wait(_PAUSE if turn else _PATIENCE):
            turn += 1
            with self._lock:
                if self._said and self._stream is not None:
                    seconds = int(time.monotonic() - self._began)
                    sign = _SIGNS[turn % len(_SIGNS)]
                    self._stream.write(f"{_CLEARED}{sign} {self._said} ({seconds} s)")
                    self._stream.flush()
                    self._is_shown = True

    def _erase(self) -> None:
        if self._is_shown and self._stream is not None:
            self._stream.write(_CLEARED)
            self._stream.flush()
            self._is_shown = False


@contextmanager
def progress(spoken: Words) -> Iterator[Progress]:
    """Shows what is going on for as long as the block runs, if somebody sits at a terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield Progress(None, spoken)
        return
    # a way of its own to the terminal: while Java is started, standard error leads elsewhere
    with os.fdopen(os.dup(sys.stderr.fileno()), "w", encoding=sys.stderr.encoding, errors="replace") as stream:
        line = Progress(stream, spoken)
        shown = Thread(target=line.show, daemon=True)
        shown.start()
        try:
            yield line
        finally:
            line.end()
            shown.join()
