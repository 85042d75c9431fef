"""Runs all commands of the table in this process, one after the other, and keeps what each of them told.

    python -m tests.security.everything FOLDER      with the world in it; writes FOLDER/told.json

It is started with a hook on Python's own audit events that ends the process where anything opens a socket.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from checker.cli.main import run
from tests.security.world import commands


def main(folder: Path) -> None:
    """Runs them in that folder."""
    os.chdir(folder)
    told = []
    for command in commands():
        with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
            code = run(command)
        told.append({"command": command, "code": code, "out": out.getvalue(), "err": err.getvalue()})
    Path("told.json").write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
