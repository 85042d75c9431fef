"""Code blocks of the documentation, and how they are run.

A page tells one story: its blocks run from the top, in one folder that holds the agreement `sla/` at first.

- ```console: lines that begin with `$ ` are typed, the others are what must come out; `...` stands for any text,
  on a line of its own for any lines. A command whose output is not shown may print what it likes. It must end with
  exit code 0, or with the one that the last line names: `[exit code 1]`.
  `pip install ./FOLDER` puts the package in FOLDER, with its entry points, on Python's path, as an editable
  installation would: the tests' own environment stays as it is.
- any other language with title="FILE": the reader writes this text into FILE.
- ```diff title="FILE": the edit that the reader makes in FILE; ` ` and `-` lines must stand there, once.
- ```yaml without a title: a whole agreement, or sections to put into the reference agreement; it must have no error.
- ```python without a title: the inside of a rule, which test_contributing.py makes one of.
- ```sh: commands for where the tests are not (a clone, a server, a cluster). They are not run: each is parsed by the
  program that it is for, and one that nobody parses fails.
- ```bash, ```zsh, ```fish: a line for the file that this shell reads first; the shell reads it.

Every block has to name its language: kinds.py checks that it is what that says, and knows no other languages.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)(?: title=\"(?P<title>[^\"]+)\")?[^\n`]*$")
_INSTALLED = re.compile(r"pip install \./(?P<package>[\w-]+)\Z")
_EXIT = re.compile(r"\[exit code (\d+)\]$")


@dataclass(frozen=True)
class Block:
    """A fenced block: `line` is where its text begins in `page`."""

    page: Path
    line: int
    language: str
    title: str | None
    text: str

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


@dataclass(frozen=True)
class Command:
    """What is typed, what must come out (None = anything), and with which exit code."""

    typed: str
    printed: str | None
    exit_code: int


def blocks_of(page: Path) -> Iterator[Block]:
    """The blocks of a page, in order; the language of a block that names none is empty."""
    lines = iter(enumerate(page.read_text(encoding="utf-8").splitlines(), start=1))
    for number, line in lines:
        if fence := _FENCE.match(line):
            indent = len(fence["indent"])
            text = []
            for _, inner in lines:
                if inner.strip() == "```":
                    break
                text.append(inner[indent:])
            yield Block(page, number + 1, fence["language"], fence["title"], "\n".join(text) + "\n")


def commands_of(text: str) -> Iterator[Command]:
    """The commands of a console block."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        typed, _, printed = part.partition("\n")
        printed = printed.strip("\n")
        exit_code = 0
        if ending := _EXIT.search(printed):
            exit_code = int(ending[1])
            printed = printed[: ending.start()].strip("\n")
        yield Command(typed, printed or None, exit_code)


def fits(expected: str, actual: str) -> bool:
    """Whether a text is the expected one, where `...` stands for any text."""
    pattern = "".join(".*" if piece == "..." else re.escape(piece) for piece in re.split(r"(\.\.\.)", expected))
    return re.fullmatch(pattern, actual, flags=re.DOTALL) is not None


def apply_edit(folder: Path, block: Block) -> None:
    """Makes the edit of a diff block in `folder`. Raises AssertionError where the file does not hold the old lines."""
    assert block.title is not None, f"{block}: the diff does not name its file"
    lines = [line for line in block.text.splitlines() if not line.startswith(("---", "+++", "@@"))]
    old = "".join(f"{line[1:]}\n" for line in lines if line.startswith((" ", "-")))
    new = "".join(f"{line[1:]}\n" for line in lines if line.startswith((" ", "+")))
    file = folder / block.title
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{block}: {block.title} holds these lines {text.count(old)} times:\n{old}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def write_file(folder: Path, block: Block) -> None:
    """Writes a titled block as the file that it shows."""
    assert block.title is not None
    file = folder / block.title
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(block.text, encoding="utf-8")


def follow(page: Path, folder: Path, python: Path = Path(sys.executable)) -> None:
    """Does what a page tells, from the top. Fails where something else comes out, with the block and both texts."""
    for block in blocks_of(page):
        if block.language == "diff":
            apply_edit(folder, block)
        elif block.title is not None:
            write_file(folder, block)
        elif block.language == "console":
            for command in commands_of(block.text):
                done = type_in(folder, command.typed, python)
                printed = done.stdout.strip("\n")

                assert command.exit_code == done.returncode, f"{block}: {command.typed}\n{printed}"
                assert command.printed is None or fits(command.printed, printed), (
                    f"{block}: {command.typed}\n\nshown:\n{command.printed}\n\nprinted:\n{printed}"
                )


def type_in(folder: Path, typed: str, python: Path = Path(sys.executable)) -> subprocess.CompletedProcess[str]:
    """Runs a command as a reader would, with the `sla` of an environment (this one); both outputs come back as one."""
    own = {"PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "120", "NO_COLOR": "1"}
    if installed := _INSTALLED.match(typed):
        put_on_the_path(folder / installed["package"])
        return subprocess.CompletedProcess(typed, 0, "")
    packages = sorted(str(found.parent) for found in folder.glob("*/*.dist-info"))
    if packages:
        own |= {"PYTHONPATH": os.pathsep.join(packages), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        ["bash", "-c", typed],
        cwd=folder,
        env=os.environ | own,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )


def put_on_the_path(package: Path) -> None:
    """Writes beside a package what an installation writes of it: its name, version and entry points."""
    project = tomllib.loads((package / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    installed = package / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    installed.mkdir()
    name = f"Name: {project['name']}\nVersion: {project['version']}\n"
    (installed / "METADATA").write_text(f"Metadata-Version: 2.1\n{name}", encoding="utf-8")
    groups = [
        f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in points.items())
        for group, points in project["entry-points"].items()
    ]
    (installed / "entry_points.txt").write_text("\n".join(groups), encoding="utf-8")
