"""Everything that README and the documentation let a reader type, edit or copy does what they say."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.conftest import ROOT
from tests.docs.code_blocks import Block, blocks_of, fits, follow, type_in

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCKS = [block for page in PAGES for block in blocks_of(page)]
STORIES = [page for page in PAGES if any(block.language in ("console", "diff") for block in blocks_of(page))]


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


@written_in("sh")
def test_what_a_reader_makes_exists(block: Block):
    """Every `make TARGET` names a target of the Makefile."""
    targets = re.findall(r"^make ([a-z-]+)", block.text, flags=re.MULTILINE)

    known = {
        target: subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, check=False).returncode
        for target in targets
    }

    assert dict.fromkeys(targets, 0) == known


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
