"""Everything that README and the documentation let a reader type, edit or copy does what they say."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from click import UsageError
from markdown_it import MarkdownIt
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from tests.conftest import ROOT
from tests.docs.code_blocks import Block, blocks_of, fits, follow, type_in, write_file
from tests.docs.kinds import check

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
BLOCKS = [block for page in PAGES for block in blocks_of(page)]
STORIES = [page for page in PAGES if any(block.language in ("console", "diff") for block in blocks_of(page))]

UNFIT = (AssertionError, ValueError, SyntaxError, csv.Error, YAMLError, UsageError, pytest.fail.Exception)
WORKFLOW = """
on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps: [{{uses: OWNER/smarketing-sla@v0, with: {{{}: "true"}}}}]
"""


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def written_in(language: str) -> pytest.MarkDecorator:
    """Blocks that stand for themselves: those with a title belong to their page's story."""
    found = [block for block in BLOCKS if block.language == language and block.title is None]
    return pytest.mark.parametrize("block", found, ids=str)


def merge(base, addition):
    """Puts the entries of one mapping into another, and theirs into theirs; anything else takes the place."""
    for key, value in addition.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            merge(base[key], value)
        else:
            base[key] = value


@pytest.mark.parametrize("page", STORIES, ids=name_of)
def test_a_page_goes_as_it_tells(page: Path, tmp_path: Path):
    """Typed and edited from the top, the commands print what the page shows and end as it says."""
    shutil.copytree(ROOT / "sla", tmp_path / "sla")
    follow(page, tmp_path)


@written_in("yaml")
def test_an_example_in_yaml_is_consistent(block: Block, tmp_path: Path):
    """A whole agreement stands alone; sections fit into the reference agreement in the place of theirs."""
    if block.text.startswith("format:") or "\nformat:" in block.text:
        (tmp_path / "agreement.yaml").write_text(block.text, encoding="utf-8")
    else:
        yaml = YAML()
        yaml.width = 1000
        whole: dict[str, object] = {}
        for file in sorted((ROOT / "sla").glob("*.yaml")):
            merge(whole, yaml.load(file))
        merge(whole, yaml.load(block.text))
        yaml.dump(whole, tmp_path / "agreement.yaml")

    done = type_in(tmp_path, "sla validate agreement.yaml")

    assert 0 == done.returncode, f"{block}\n{done.stdout}"


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_a_block_is_what_it_claims_to_be(block: Block, tmp_path: Path):
    """Of whatever kind: none passes unread, and an unknown one fails."""
    check(block, tmp_path)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("text", "anything"),
        ("console", "printed before anything was typed"),
        ("csv", "a,b\n1,2,3"),
        ("json", "{"),
        ("python", "def"),
        ("toml", "a = "),
        ("yaml", "a: [1"),
        ("sh", "make no-such-target"),
        ("sh", "sla check --no-such-option"),
        ("sh", "sla leeds"),
        ("sh", "mkdocs build --no-such-option"),
        ("sh", 'pip install ".[no_such_extra]"'),
        ("sh", "curl example.com"),
        ("sh", "if"),
        ("bash", "source completion.sh"),
    ],
)
def test_a_block_that_is_something_else_fails(kind: str, text: str, tmp_path: Path):
    """The checks can fail, each of them."""
    title = "table.csv" if kind == "csv" else None

    with pytest.raises(
        (AssertionError, ValueError, SyntaxError, csv.Error, YAMLError, UsageError, pytest.fail.Exception)
    ):
        check(Block(Path("page.md"), 1, kind, title, f"{text}\n"), tmp_path)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (".github/workflows/a.yml", "jobs: {a: {steps: []}}"),
        (".github/workflows/a.yml", WORKFLOW.format("no-such-input")),
        (".gitlab-ci.yml", "include: [{project: a/b, file: templates/nightly.gitlab-ci.yml}]\nvariables: {NONE: a}"),
        (".pre-commit-config.yaml", "repos: [{repo: a, rev: b, hooks: [{id: no-such-hook}]}]"),
        ("mkdocs.yml", "plugins: [{sla: {no_such_option: 1}}]"),
    ],
)
def test_a_file_for_another_program_that_it_would_refuse_fails(title: str, text: str, tmp_path: Path):
    """Workflows and settings are read by the schemas and programs that they are for."""
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        check(Block(Path("page.md"), 1, "yaml", title, f"{text}\n"), tmp_path)


def test_a_workflow_with_our_action_is_let_pass(tmp_path: Path):
    """The one that fails above fails for its input alone."""
    check(Block(Path("page.md"), 1, "yaml", ".github/workflows/a.yml", WORKFLOW.format("comment")), tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_block_of_a_page_is_found(page: Path):
    """A parser of Markdown that is not ours finds as many, and each names its language."""
    tokens = MarkdownIt().parse(page.read_text(encoding="utf-8"))
    fences = [token for token in tokens if token.type == "fence"]

    assert [fence.content for fence in fences] == [block.text for block in blocks_of(page)]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_file_that_is_shown_is_read(page: Path):
    """By a command that is typed after it was written; settings of other programs are read by those, above."""
    blocks = list(blocks_of(page))
    unread = [
        str(block)
        for number, block in enumerate(blocks)
        if block.language in ("csv", "json", "python", "toml") and block.title is not None
        if all(later.language != "console" for later in blocks[number:])
    ]

    assert [] == unread


def test_the_mails_to_owners_are_sent_to_their_addresses(tmp_path: Path):
    """The script of the nightly how-to, with a program in the place of `sendmail` that keeps what it is given."""
    page = ROOT / "docs" / "how-to" / "check-every-night.md"
    script = next(block for block in blocks_of(page) if block.title == "send-digests.sh")
    write_file(tmp_path, script)
    digests = tmp_path / "build" / "digests" / "overdue"
    digests.mkdir(parents=True)
    for owner in ("ana", "rui"):
        (digests / f"{owner}.html").write_text(f"<p>What waits for {owner}</p>\n", encoding="utf-8")
    (tmp_path / "addresses.csv").write_text("ana,ana@example.com\n", encoding="utf-8")
    program = tmp_path / "sendmail"
    program.write_text('#!/bin/sh\n{ echo "sent with $1"; cat; } >> sent.txt\n', encoding="utf-8")
    program.chmod(0o755)

    done = type_in(tmp_path, 'PATH="$PWD:$PATH" bash send-digests.sh')
    sent = (tmp_path / "sent.txt").read_text(encoding="utf-8")

    assert "no address for rui\n" == done.stdout
    assert sent.startswith("sent with -t\nTo: ana@example.com\nSubject: ")
    assert sent.endswith("\n\n<p>What waits for ana</p>\n")


def test_readme_has_a_session_and_the_two_commands():
    """The blocks are found at all: a page whose fences are written in another way would pass unread."""
    readme = [block for block in BLOCKS if block.page.name == "README.md"]

    assert {"console", "sh"} <= {block.language for block in readme}
    assert {"make demo", "make test"} <= {line.split("  ")[0] for block in readme for line in block.text.splitlines()}


@pytest.mark.parametrize(
    ("expected", "actual", "answer"),
    [
        ("3 leads", "3 leads", True),
        ("3 leads", "30 leads", False),
        ("a\n...\nz", "a\nb\nc\nz", True),
        ("a\n...\nz", "a\nb\nc", False),
        ("in ... s", "in 2.5 s", True),
        ("4.5", "435", False),
    ],
)
def test_dots_stand_for_any_text_and_nothing_else_does(expected: str, actual: str, answer: bool):
    """A shown output is compared letter by letter but for its dots."""
    assert answer is fits(expected, actual)
