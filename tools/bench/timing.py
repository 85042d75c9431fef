"""How long a command takes, and how much of the processors: the cheapest of several runs, as a whole process."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields

# Where Python is told not to keep its compiled modules, every start would measure the compiler.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Cost:
    """Of a process with its children: seconds from start to end (`wall`) and of user and system time (`cpu`), and the
    most memory that it held at once, in megabytes.
    """

    wall: float
    cpu: float
    memory: float


def run_once(command: Sequence[str], accepted: tuple[int, ...] = (0,)) -> Cost:
    """Runs a command to its end, its output thrown away. Raises RuntimeError where its exit code is not accepted."""
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=_ENVIRONMENT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in accepted:
            output.seek(0)
            said = output.read().decode(errors="replace").strip()
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{said}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def cheapest(*commands: Sequence[str], runs: int, accepted: tuple[int, ...] = (0,)) -> list[Cost]:
    """The least cost of each command over `runs` rounds, in which the commands take turns.

    The minimum is what the work costs; the rest is the machine's other business. Taking turns lets a slow minute
    of the machine fall on both sides of a ratio.
    """
    rounds = [[run_once(command, accepted) for command in commands] for _ in range(runs)]
    return [
        Cost(*(min(getattr(cost, field.name) for cost in costs) for field in fields(Cost)))
        for costs in zip(*rounds, strict=True)
    ]
