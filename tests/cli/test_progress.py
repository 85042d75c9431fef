"""What is going on, at a terminal, and nowhere else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import threading
import time
from io import StringIO

from checker.cli.progress import Progress, progress
from checker.language import words
from checker.message import say

PROGRAM = """
import sys, time
from checker.cli.progress import progress
from checker.language import words
from checker.message import say
with progress(words("en")) as line:
    line.now(say("reading the data"))
    time.sleep(float(sys.argv[1]))
"""


def seen(seconds: float) -> str:
    """What a terminal gets of work that takes so long."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-c", PROGRAM, str(seconds)], stderr=theirs) as work:
        os.close(theirs)
        found = b""
        try:
            while part := os.read(ours, 4096):
                found += part
        except OSError:
            pass
        os.close(ours)

    assert 0 == work.returncode

    return found.decode()


def test_work_of_more_than_a_second_is_shown_and_gone_in_the_end():
    """With what is done, and how long it has taken."""
    shown = seen(2)

    assert "reading the data (1 s)" in shown
    assert shown.endswith("\r\x1b[2K")


def test_short_work_is_not_shown():
    """Nothing flickers."""
    assert "" == seen(0.1)


def test_nothing_is_written_where_nobody_sits(capsys):
    """Not a sign, however long it takes."""
    with progress(words("en")) as line:
        line.now(say("reading the data"))
        time.sleep(1.3)

    assert ("", "") == capsys.readouterr()


def test_what_is_written_in_between_stands_alone():
    """The line is taken away before, and comes back with the next step."""
    stream = StringIO()
    line = Progress(stream, words("en"))
    shown = threading.Thread(target=line.show)
    shown.start()
    line.now(say("reading the data"))
    time.sleep(1.5)
    line.clear()
    stream.write("42 rows\n")
    time.sleep(0.6)
    line.now(say("judging the promises"))
    time.sleep(0.6)
    line.end()
    shown.join()
    before, after = stream.getvalue().split("42 rows\n")

    assert before.endswith("\r\x1b[2K")
    assert "reading" not in after
    assert "judging the promises" in after
