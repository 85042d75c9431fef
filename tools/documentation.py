"""What this project's own site gets beside the written pages: the reference, made from the code at each build.

Commands with their options from the command line itself, the rules and the measures from their catalogues, the formats
from their schemas, exit codes from where they are defined. Nothing of it is a file that could become stale. Used by
mkdocs (`hooks:` in mkdocs.yml).
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from checker import errors
from checker.cli.main import sla
from checker.language import Words, words
from checker.measures.catalogue import measures
from checker.report.measure_page import measure_page
from checker.report.rule_page import SUBJECTS, rule_pages
from checker.rules.rule import GROUPS

SCHEMAS = Path(__file__).parent.parent / "schema"
REFERENCE, DECISIONS = "reference", "decisions"
PAGES = {
    f"{REFERENCE}/commands.md": "Commands",
    f"{REFERENCE}/exit-codes.md": "Exit codes",
    f"{REFERENCE}/measures.md": "Measures",
    f"{REFERENCE}/formats.md": "Formats",
}
"""Path -> what the menu calls it."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Puts the reference and the decisions into the menu, before what other plugins put there."""
    docs = Path(config.docs_dir)
    spoken = words("en")
    own = list(config.nav or [])
    made = rule_pages(spoken)
    rules = [
        {spoken.say(SUBJECTS[digit]): path} for digit, group in GROUPS.items() if (path := f"rules/{group}.md") in made
    ]
    reference: list[Any] = [{title: path} for path, title in PAGES.items()]
    decisions = sorted(path.name for path in (docs / DECISIONS).glob("[0-9]*.md"))
    last = own.pop() if own and isinstance(own[-1], dict) and "Example agreement" in own[-1] else None
    config.nav = [
        *own,
        {"Reference": [*reference, {"Rules": ["rules/index.md", *rules]}]},
        {"Decisions": [f"{DECISIONS}/README.md", *(f"{DECISIONS}/{name}" for name in decisions)]},
        *([last] if last else []),
    ]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages that are made."""
    for path, text in {**rule_pages(words("en")), **reference_pages()}.items():
        files.append(File.generated(config, path, content=text))
    for schema in sorted(SCHEMAS.glob("*.json")):
        files.append(File.generated(config, f"{REFERENCE}/schema/{schema.name}", abs_src_path=str(schema)))
    return files


def reference_pages() -> Mapping[str, str]:
    """Path -> page, of the reference without the rules."""
    spoken = words("en")
    return {
        f"{REFERENCE}/commands.md": "\n\n".join(_commands()) + "\n",
        f"{REFERENCE}/exit-codes.md": _exit_codes(),
        f"{REFERENCE}/measures.md": "\n\n".join(_measures(spoken)) + "\n",
        f"{REFERENCE}/formats.md": "\n\n".join(_formats()) + "\n",
    }


# ---------------------------------------------------------------- commands


def _commands() -> Iterator[str]:
    yield "# Commands"
    yield "Every command says the same with `--help`. How each one ends is told under [exit codes](exit-codes.md)."
    yield from _below(sla, click.Context(sla, info_name="sla"))


def _below(group: click.Group, context: click.Context) -> Iterator[str]:
    """The commands of a group, and of the groups in it, each as a section."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context)
        if isinstance(command, click.Group):
            yield from _below(command, inner)
        else:
            yield from _section(command, inner)


def _section(command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"## {context.command_path}"
    yield f"```text\n{context.command_path} {' '.join(command.collect_usage_pieces(context))}\n```"
    yield _prose(inspect.cleandoc(command.help or ""))
    records = [record for param in command.get_params(context) if (record := param.get_help_record(context))]
    rows = [f"| `{_cell(name)}` | {_prose(_cell(text))} |" for name, text in records]
    yield "\n".join(["| option | what it does |", "| --- | --- |", *rows])


# ---------------------------------------------------------------- exit codes, measures


def _exit_codes() -> str:
    """As the command line and the errors define them."""
    main = inspect.getmodule(type(sla))
    told = (inspect.getdoc(main) or "").splitlines()
    rows = [f"| {line[:1]} | {_prose(line[1:].strip())} |" for line in told if line[:1].isdigit()]
    tree = (errors.__doc__ or "").partition("\n\n")[2].rpartition("\n\n")[0]
    return "\n\n".join(
        [
            "# Exit codes",
            "A program that calls `sla` can rely on these; a crash is never 0 or 1.",
            "\n".join(["| code | meaning |", "| --- | --- |", *rows]),
            "What ends a command early, and the code that it ends with:",
            f"```text\n{inspect.cleandoc(tree)}\n```",
            "",
        ]
    )


def _measures(spoken: Words) -> Iterator[str]:
    yield "# Measures"
    yield "What a promise can be about: `measure: ID`. `sla explain ID` prints the same."
    for measure in measures().values():
        yield "#" + measure_page(measure, spoken).strip()


# ---------------------------------------------------------------- formats


def _formats() -> Iterator[str]:
    yield "# Formats"
    yield (
        "Everything that people write and programs read has a schema (JSON Schema, draft 2020-12). `sla schema` writes "
        "them; editors complete and check by them. Below is every key with what it is for."
    )
    for file in sorted(SCHEMAS.glob("*.json")):
        schema = json.loads(file.read_text(encoding="utf-8"))
        yield f"## {schema.get('title', file.stem)} {{: #{file.stem} }}"
        yield f"{_prose(schema.get('description', ''))} Schema: [{file.name}](schema/{file.name})".strip()
        own = {schema.get("title", file.stem): schema, **schema.get("$defs", {})}
        for name, part in own.items():
            rows = list(_keys(part))
            if rows:
                heading = [] if part is schema else [f"### {_prose(_cell(name))} {{: #{file.stem}-{name} }}"]
                yield "\n\n".join(
                    [
                        *heading,
                        _prose(part.get("description", "") if part is not schema else ""),
                        "\n".join(["| key | needed | what it is |", "| --- | --- | --- |", *rows]),
                    ]
                )


def _keys(part: Mapping[str, Any]) -> Iterator[str]:
    """The keys of one mapping: name, whether it must be there, what it is for with an example."""
    needed = set(part.get("required", []))
    for name, key in part.get("properties", {}).items():
        examples = [f"`{_cell(_shown(example))}`" for example in key.get("examples", [])[:1]]
        told = [_prose(_cell(str(key.get("description", "")))), *(f"as in {example}" for example in examples)]
        yield f"| `{_cell(name)}` | {'yes' if name in needed else ''} | {'; '.join(filter(None, told))} |"


def _shown(example: Any) -> str:
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)


def _cell(text: str) -> str:
    """A text within one cell of a table."""
    return " ".join(text.split()).replace("|", "&#124;").replace("`", "'")


def _prose(text: str) -> str:
    """A text that means nothing but its words: `<name>` is no element, `[PATH]` no link, `*` no emphasis."""
    signs = {"<": "&lt;", ">": "&gt;", "[": "&#91;", "]": "&#93;", "*": "&#42;", "_": "&#95;", "{": "&#123;"}
    return "".join(signs.get(sign, sign) for sign in text)
