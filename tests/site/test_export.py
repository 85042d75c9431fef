"""The pages as plain Markdown: another mkdocs builds them strictly without our plugin, and no link is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from checker.errors import NotReady
from checker.finding import Place
from checker.report.repository import Repository
from checker.site.checked import checked_pages
from checker.site.contents import SiteFiles
from checker.site.export import MARK, export
from checker.site.page import Page
from tests.reference import FOLDER, line_of
from tests.site.built import built, laid_out
from tests.site.hostile import attacked
from tests.site.made_up import results
from tests.site.markup import Outline

EDIT = "https://git.example.org/glacivo/sla/edit/main"
OUTSIDE = "import sys; sys.modules['checker'] = None; from mkdocs.__main__ import cli; cli()"
"""mkdocs in a process that cannot import anything of ours."""


def pages_of(folder: Path, agreement: Path = FOLDER) -> list[Page]:
    (folder / "results.json").write_text(results().model_dump_json(), encoding="utf-8")
    return checked_pages(SiteFiles(agreement.parent, agreement.name, str(folder / "results.json")), "en")


def written(folder: Path, pages: list[Page], address: str | None = EDIT) -> Path:
    """An export; its folder."""
    repository = Repository(None, address)
    export(
        pages,
        folder / "export",
        name="Glacivo",
        language="en",
        edit=lambda file, line: repository.link(Place(file, line, 1, 1, "")),
        repository=None if address is None else "https://git.example.org/glacivo/sla",
    )
    return folder / "export"


def built_elsewhere(export_folder: Path) -> Path:
    """The site that mkdocs builds of an export, strictly; its folder."""
    command = [sys.executable, "-c", OUTSIDE, "build", "--strict", "--config-file", str(export_folder / "mkdocs.yml")]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=False
    )

    assert (0, "") == (done.returncode, done.stderr if done.returncode else "")
    return export_folder / "site"


def broken_links(site: Path) -> list[tuple[str, str]]:
    """Every link, style and script of every page that leads to no file, and every anchor that leads to no element."""
    outlines = {
        file: Outline(file.read_text(encoding="utf-8")) for file in site.rglob("*.html") if file.name != "404.html"
    }
    ids = {file: set(outline.attributes("id")) for file, outline in outlines.items()}
    wrong = []
    for file, outline in outlines.items():
        for address in [*outline.attributes("href"), *outline.attributes("src")]:
            parts = urlsplit(address or "")
            if parts.scheme or parts.netloc:
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (parts.fragment and target in ids and parts.fragment not in ids[target]):
                wrong.append((file.relative_to(site).as_posix(), str(address)))
    return wrong


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    return written(folder, pages_of(folder))


@pytest.fixture(scope="module")
def site(exported: Path) -> Path:
    return built_elsewhere(exported)


def page(site: Path, address: str) -> Outline:
    return Outline((site / f"{address}.html").read_text(encoding="utf-8"))


def test_every_link_of_every_page_leads_somewhere(site: Path):
    """Pages, anchors, style and script."""
    assert [] == broken_links(site)


def test_every_page_is_there_once_and_in_the_menu(exported: Path, site: Path):
    """As many as were written."""
    sources = {path.relative_to(exported / "docs").with_suffix("") for path in (exported / "docs").rglob("*.md")}
    made = {file.relative_to(site).with_suffix("") for file in site.rglob("*.html") if file.name != "404.html"}

    assert made == sources


@pytest.mark.parametrize(
    ("address", "file", "says"),
    [("promises/first-response", "promises.yaml", "first-response:"), ("handoff", "handoff.yaml", "handoff:")],
)
def test_the_line_that_says_it_is_linked_on_its_page(site: Path, address: str, file: str, says: str):
    """The editor opens there; no button opens the page that was made."""
    outline = page(site, address)

    assert f"{EDIT}/sla/{file}#L{line_of(file, says)}" in outline.attributes("href")
    assert not [attributes for _, attributes in outline.elements if attributes.get("rel") == "edit"]


def test_pages_keep_their_tags_their_style_and_their_script(site: Path):
    """What our plugin adds is there without it."""
    outline = page(site, "what-if")

    assert "sla.css" in outline.attributes("href")
    assert "what-if.js" in outline.attributes("src")
    assert any("md-tag" in (attributes.get("class") or "").split() for _, attributes in outline.elements)


def test_a_hostile_agreement_is_exported_like_any_other(tmp_path: Path):
    """It builds, and no link of anybody's making is in it."""
    attacked(tmp_path)
    site = built_elsewhere(written(tmp_path, pages_of(tmp_path, tmp_path / "sla")))

    assert [] == broken_links(site)
    assert not [
        href
        for file in site.rglob("*.html")
        for href in Outline(file.read_text("utf-8")).attributes("href")
        if (href or "").startswith(("javascript:", "page:", "line:"))
    ]


# ---------------------------------------------------------------- what stands there


def test_an_export_is_written_again_in_its_place(tmp_path: Path):
    """A page that is no more goes; what others put there stays: a built site, a file of theirs."""
    pages = pages_of(tmp_path)
    folder = written(tmp_path, pages)
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("built", encoding="utf-8")
    (folder / "docs" / "ours.md").write_text("# Ours\n", encoding="utf-8")
    (folder / "docs" / "index.md").write_text("changed", encoding="utf-8")
    written(tmp_path, [page for page in pages if page.path != "what-if.md"])

    assert "changed" != (folder / "docs" / "index.md").read_text(encoding="utf-8")
    assert not (folder / "docs" / "what-if.md").exists()
    assert "built" == (folder / "site" / "index.html").read_text(encoding="utf-8")
    assert "# Ours\n" == (folder / "docs" / "ours.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notes.md", "mine"),
        (MARK, "{"),
        (MARK, '{"format": "export/v2", "files": []}'),
        (MARK, '{"format": "export/v1", "files": ["../../etc/passwd"]}'),
        (MARK, '{"format": "export/v1", "files": ["/etc/passwd"]}'),
        (MARK, '["export/v1"]'),
    ],
)
def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path, name: str, text: str):
    """Also one whose list was made up by somebody."""
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(NotReady):
        written(tmp_path, pages_of(tmp_path))

    assert [name] == [path.name for path in folder.iterdir()]


def test_a_file_of_somebody_else_in_the_place_of_a_page_is_named(tmp_path: Path):
    """And nothing is written at all."""
    pages = pages_of(tmp_path)
    folder = written(tmp_path, [page for page in pages if page.path != "what-if.md"])
    (folder / "docs" / "what-if.md").write_text("# Mine\n", encoding="utf-8")
    before = (folder / MARK).read_text(encoding="utf-8")
    with pytest.raises(NotReady) as refused:
        written(tmp_path, pages)

    assert str(folder / "docs" / "what-if.md") == getattr(refused.value.message.arguments["file"], "text", "")
    assert "# Mine\n" == (folder / "docs" / "what-if.md").read_text(encoding="utf-8")
    assert before == (folder / MARK).read_text(encoding="utf-8")


def test_the_list_names_every_file(exported: Path):
    """So that the next export knows what is its own."""
    listed = set(json.loads((exported / MARK).read_text(encoding="utf-8"))["files"])
    there = {
        path.relative_to(exported).as_posix()
        for path in exported.rglob("*")
        if path.is_file() and "site" not in path.relative_to(exported).parts and path.name != MARK
    }

    assert there == listed


def test_the_site_of_our_own_plugin_has_no_broken_link_either(tmp_path: Path):
    """The theme's list of headings included."""
    assert [] == broken_links(built(laid_out(tmp_path, results())))
