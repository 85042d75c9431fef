"""The first rule of a newcomer, made as CONTRIBUTING tells it, in a copy of the code."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.docs.code_blocks import blocks_of

PAGE = ROOT / "CONTRIBUTING.md"
NAME = "A person without a role"
EXAMPLES = {
    "bad": """
        people:
          ana: {{name: Ana, team: marketing}}      # {code}
        """,
    "good": """
        people:
          ana: {{name: Ana, team: marketing, role: writer}}
        """,
}


def test_the_first_rule_goes_as_the_page_tells(tmp_path: Path):
    """`make new-rule`, the two examples, the function that the page shows: the rule's own tests pass."""
    for folder in ("checker", "tools", "tests", "sla", "schema"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    made = run(tmp_path, "-m", "tools.new_rule", "--group", "unused_names", "--name", NAME)
    code = made.partition(" ")[0]
    fill_in(tmp_path / "checker" / "rules" / "unused_names.py", code)

    tried = run(tmp_path, "-m", "pytest", "-q", "tests/rules/test_every_rule.py", "-k", code, "-p", "no:cacheprovider")

    assert re.search(r"^[1-9]\d* passed", tried, re.MULTILINE), tried


def fill_in(file: Path, code: str) -> None:
    """Writes the examples and the function into the scaffold, which is at the end of its file."""
    (shown,) = (block.text for block in blocks_of(PAGE) if block.language == "python")
    before, scaffold = file.read_text(encoding="utf-8").split(f'@rule(\n    "{code}"')
    for name, example in EXAMPLES.items():
        scaffold = re.sub(rf'{name}=""".*?"""', f'{name}="""{example.format(code=code)}"""', scaffold, flags=re.DOTALL)
    body = "".join(f"    {line}\n" for line in shown.splitlines())
    assert scaffold.count("    yield from ()\n") == 1
    scaffold = scaffold.replace("    yield from ()\n", body)
    file.write_text(f'{before}@rule(\n    "{code}"{scaffold}', encoding="utf-8")


def run(folder: Path, *words: str) -> str:
    """What a program prints that has to end well."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout
