"""What each kind of code block claims to be, and the check that it is that: `check` knows no kind that it lets pass.

Blocks of a page's story (`console`, `diff`, files with a title) are run by `follow` and are read here as well: a file
that nobody opens would be shown unread. What cannot be run where the tests are (a cluster, a server, an environment of
one's own) is read by the program that it is for: the words of a command by that command, a workflow by its schema.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
import pytest
from mkdocs.__main__ import cli as mkdocs
from mkdocs.utils.yaml import get_yaml_loader, yaml_load
from ruamel.yaml import YAML

from checker.cli.main import sla
from checker.site.plugin import SlaPlugin
from tests.conftest import ROOT
from tests.docs.code_blocks import Block, commands_of, type_in

_PROGRAMS = Path(sys.executable).parent
_OAUTH2_PROXY = {
    *("http_address", "provider", "oidc_issuer_url", "client_id", "email_domains"),
    *("reverse_proxy", "upstreams", "cookie_secure"),
}
"""The settings that we show, as the documentation of oauth2-proxy (7.x) spells them."""


def check(block: Block, folder: Path) -> None:
    """Fails where a block is not what its language and title say, or where nobody knows what they say.

    `folder` is empty, to write into.
    """
    assert block.language in _KINDS, f"{block}: nobody checks a block of the kind {block.language!r}"
    _KINDS[block.language](block, folder)


def _console(block: Block, folder: Path) -> None:
    """Something is typed, from the first line on; `follow` runs it."""
    assert block.text.startswith("$ "), f"{block}: no command before its output"
    assert all(command.typed.strip() for command in commands_of(block.text)), f"{block}: an empty command"


def _diff(block: Block, folder: Path) -> None:
    """An edit of a file, which `follow` makes."""
    assert block.title, f"{block}: the diff does not name its file"
    assert re.search(r"^[-+]", block.text, re.MULTILINE), f"{block}: an edit that changes nothing"


def _csv(block: Block, folder: Path) -> None:
    """A table: every row has as many cells as the head."""
    delimiter = max(",;", key=block.text.splitlines()[0].count)
    rows = list(csv.reader(io.StringIO(block.text), delimiter=delimiter, strict=True))

    assert block.title, f"{block}: a table without a name, which nothing reads"
    assert {len(rows[0])} == {len(row) for row in rows}, f"{block}: rows of several lengths"


def _json(block: Block, folder: Path) -> None:
    """One value, or one a line."""
    for text in block.text.splitlines() if str(block.title).endswith(".jsonl") else [block.text]:
        json.loads(text)


def _python(block: Block, folder: Path) -> None:
    """A program, or the inside of a function."""
    ast.parse(block.text)


def _toml(block: Block, folder: Path) -> None:
    tomllib.loads(block.text)


def _oauth2_proxy(block: Block, folder: Path) -> None:
    """The settings of oauth2-proxy are TOML, with names of its own."""
    assert block.title == "oauth2-proxy.cfg", f"{block}: nobody knows these settings"
    assert set() == tomllib.loads(block.text).keys() - _OAUTH2_PROXY


def _yaml(block: Block, folder: Path) -> None:
    """A file for a program that is known by its name, or of an agreement."""
    file = Path(block.title or "")
    if file.parts[:2] == (".github", "workflows"):
        _fits_schema("vendor.github-workflows", block, folder)
        _hands_inputs_over(YAML(typ="safe").load(block.text))
    elif file.name == ".gitlab-ci.yml":
        _fits_schema("vendor.gitlab-ci", block, folder)
        _sets_known_variables(YAML(typ="safe").load(block.text))
    elif file.name == ".pre-commit-config.yaml":
        _written(block, folder)
        _ends_well(_PROGRAMS / "pre-commit", "validate-config", file.name, folder=folder)
        offered = {hook["id"] for hook in YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml")}
        used = {hook["id"] for repo in YAML(typ="safe").load(block.text)["repos"] for hook in repo["hooks"]}
        assert used <= offered
    elif file.name == "mkdocs.yml":
        _sets_the_plugin(block)
    else:
        YAML(typ="safe", pure=True).load(block.text)


def _fits_schema(schema: str, block: Block, folder: Path) -> None:
    file = _written(block, folder)
    _ends_well(_PROGRAMS / "check-jsonschema", "--builtin-schema", schema, str(file), folder=folder)


def _hands_inputs_over(workflow: Mapping[str, Any]) -> None:
    """What a step hands to our action is an input of it."""
    action = YAML(typ="safe").load(ROOT / "action.yml")
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    ours = [step for step in steps if step.get("uses", "").startswith("OWNER/smarketing-sla@")]

    assert ours
    assert set() == {name for step in ours for name in step.get("with", {})} - action["inputs"].keys()


def _sets_known_variables(pipeline: Mapping[str, Any]) -> None:
    """The template that is included is there, and has the variables that are set."""
    for included in pipeline["include"]:
        template = YAML(typ="safe").load(ROOT / included["file"])
        known = {name for job in template.values() if isinstance(job, dict) for name in job.get("variables", {})}

        assert set() == pipeline["variables"].keys() - known


def _sets_the_plugin(block: Block) -> None:
    """The options of our plugin are known to it, with values that it takes."""
    settings = yaml_load(io.StringIO(block.text), get_yaml_loader())
    options = [plugin["sla"] for plugin in settings["plugins"] if isinstance(plugin, dict) and "sla" in plugin]

    assert [([], [])] == [SlaPlugin().load_config(each) for each in options]


def _shell(block: Block, folder: Path) -> None:
    """A script that bash reads, or commands that the reader types; each command of ours has the words it takes.

    A script (with a title) may use whatever a shell has; of commands that stand alone, each has to be known.
    """
    _ends_well("bash", "-n", str(_written(block, folder, "typed.sh")), folder=folder)
    for words in _commands(block.text):
        if words[0] in _COMMANDS:
            _COMMANDS[words[0]](words)
        else:
            assert block.title is not None, f"{block}: nobody checks the command {words[0]}"


def _commands(text: str) -> Iterator[list[str]]:
    """The words of each line, without the variables before them; lines that a backslash joins are one."""
    for line in text.replace("\\\n", " ").splitlines():
        try:
            words = shlex.split(line, comments=True)
        except ValueError:
            # a quotation of a script that goes on in the next line
            continue
        while words and re.match(r"[A-Z_]+=", words[0]):
            del words[0]
        if words:
            yield words


def _click(words: list[str], command: click.Command) -> None:
    """The words behind a command are parsed by it; it is not called. Raises click.UsageError."""
    while isinstance(command, click.Group):
        words = words[1:]
        found = command.get_command(click.Context(command), words[0])
        assert found is not None, f"there is no command {words[0]}"
        command = found
    command.make_context(words[0], words[1:])


def _make(words: list[str]) -> None:
    """The target exists, and the tests that it is to run."""
    _ends_well("make", "--dry-run", *words[1:], folder=ROOT)
    for word in words[2:]:
        name, _, value = word.partition("=")
        if name == "TESTS":
            assert (ROOT / value.split()[0]).exists(), word


def _pip(words: list[str]) -> None:
    """This project, with extras that it has."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]

    assert (found := re.fullmatch(r"install \.\[(\w+)\]", " ".join(words[1:]))), words
    assert found[1] in extras


def _module(words: list[str]) -> None:
    """A module that Python has."""
    assert words[1] == "-m", words
    assert find_spec(words[2]), words


def _activate(words: list[str]) -> None:
    assert [".", ".venv/bin/activate"] == words


def _variable(words: list[str]) -> None:
    assert re.fullmatch(r"[A-Z_]+=.*", words[1]), words


_COMMANDS: Mapping[str, Callable[[list[str]], None]] = {
    "sla": lambda words: _click(words, sla),
    "mkdocs": lambda words: _click(words, mkdocs),
    "make": _make,
    "pip": _pip,
    "python3": _module,
    ".": _activate,
    "export": _variable,
}


def _start_of_a_shell(block: Block, folder: Path) -> None:
    """A line for the file that a shell reads when it starts: that shell can complete our command afterwards."""
    shell = block.language
    if shutil.which(shell) is None:
        # what the shell would read is there all the same
        variable = re.search(r"_SLA_COMPLETE=\w+", block.text)
        assert variable, f"{block}: no completion is asked for"
        done = type_in(folder, f"{variable[0]} sla")
        assert done.returncode == 0, done.stdout
        assert f"_SLA_COMPLETE={shell}_complete" in done.stdout
        return
    asked = {"bash": "complete -p sla", "zsh": "print $_comps[sla]", "fish": "complete -c sla"}[shell]
    before = "autoload -Uz compinit; compinit -D\n" if shell == "zsh" else ""
    path = f"{_PROGRAMS}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [shell, "-c", f"{before}{block.text}\n{asked}"],
        env=os.environ | {"PATH": path},
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    assert "_sla_completion" in done.stdout, f"{block}: {done.stdout}"


def _written(block: Block, folder: Path, name: str | None = None) -> Path:
    file = folder / (name or block.title or "")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(block.text, encoding="utf-8")
    return file


def _ends_well(*words: str | Path, folder: Path) -> None:
    done = subprocess.run(
        words, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=100
    )
    if done.returncode:
        pytest.fail(done.stdout)


_KINDS: Mapping[str, Callable[[Block, Path], None]] = {
    "console": _console,
    "diff": _diff,
    "csv": _csv,
    "json": _json,
    "python": _python,
    "toml": _toml,
    "ini": _oauth2_proxy,
    "yaml": _yaml,
    "sh": _shell,
    "bash": _start_of_a_shell,
    "zsh": _start_of_a_shell,
    "fish": _start_of_a_shell,
}
