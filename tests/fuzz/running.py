"""Running one case in this process, through the command line's own entrance, and what must hold of its end."""

from __future__ import annotations

import os
import resource
import shutil
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from checker.cli.main import run
from tests.fuzz.cases import Case
from tests.fuzz.seeds import quiet

EXIT_CODES = frozenset({0, 1, 2, 3})
MOST_SECONDS = 10
MOST_MEGABYTES = 1024


@dataclass(frozen=True, slots=True)
class Ended:
    """How a case ended: its exit code (None after a crash), processor seconds, and what is wrong with it, if anything.

    `megabytes` is the most memory that this process has ever held, which a case may have raised.
    """

    code: int | None
    seconds: float
    megabytes: float
    wrong: str = ""


def run_case(case: Case, folder: Path) -> Ended:
    """Runs a case in a folder, which is emptied before."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    folder.mkdir(parents=True, exist_ok=True)
    before = Path.cwd()
    os.chdir(folder)
    began, most_before = time.process_time(), _most_megabytes()
    try:
        with quiet() as (out, err):
            code = run(case.arguments)
        wrong = _wrong(code, out.getvalue() + err.getvalue())
    except BaseException:
        code, wrong = None, traceback.format_exc()
    finally:
        os.chdir(before)
    seconds = time.process_time() - began
    megabytes = _most_megabytes()
    if not wrong and seconds > MOST_SECONDS:
        wrong = f"took {seconds:.1f} seconds of the processor"
    # what the process held before the case is not its doing
    if not wrong and megabytes > max(MOST_MEGABYTES, most_before):
        wrong = f"the process grew to {megabytes:.0f} MB"
    return Ended(code, seconds, megabytes, wrong)


def _most_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def _wrong(code: object, printed: str) -> str:
    if code not in EXIT_CODES:
        return f"ended with {code!r}"
    if "Traceback (most recent call last)" in printed or "a defect of this tool" in printed:
        return f"shown to the user:\n{printed[-3000:]}"
    return ""


def where(wrong: str) -> str:
    """What tells one defect from another: the innermost line of our own code, and the error."""
    lines = [line.strip() for line in wrong.splitlines() if line.strip(" ^\n")]
    ours = [line for line in lines if line.startswith("File ") and "/checker/" in line and "cli/main.py" not in line]
    innermost = ours[-1].split("/checker/")[-1] if ours else ""
    errors = [line for line in lines if not line.startswith(("File ", "LINE "))]
    return f"{innermost} {errors[-1][:120] if errors else ''}".strip()
