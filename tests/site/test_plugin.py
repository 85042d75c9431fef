"""The site that mkdocs builds: strictly, with edit links to lines, from an agreement that was checked first."""

from __future__ import annotations

import gc
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.config import load_config

from checker.errors import UnreadableInput
from checker.language import words
from checker.site.build import build
from checker.site.configuration import mkdocs_config
from checker.site.plugin import SlaPlugin
from tests.reference import edited_reference, line_of
from tests.site.built import REPOSITORY, built, laid_out
from tests.site.made_up import results
from tests.site.markup import Outline

KINDS = ("", "scoreboard/", "funnel/", "marketing/", "promises/first-response/", "qualification/", "channels/", "data/")


def page(site: Path, address: str) -> Outline:
    """A built page."""
    return Outline((site / address / "index.html").read_text(encoding="utf-8"))


def refusal(config: Path) -> str:
    """Why there is no site, in words."""
    with pytest.raises(UnreadableInput) as refused:
        built(config)
    return words("en").say(refused.value.message)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    return built(laid_out(tmp_path_factory.mktemp("site"), results()))


@pytest.mark.parametrize("address", KINDS)
def test_every_kind_of_page_is_built(site: Path, address: str):
    """One heading of the first level each, and our style."""
    outline = page(site, address)

    assert 1 == sum(tag == "h1" for tag, _ in outline.elements)
    assert any((href or "").endswith("sla.css") for href in outline.attributes("href"))


@pytest.mark.parametrize(
    ("address", "file", "words_of_the_line"),
    [
        ("promises/first-response/", "promises.yaml", "first-response:"),
        ("funnel/", "targets.yaml", "targets:"),
        ("handoff/", "handoff.yaml", "handoff:"),
    ],
)
def test_the_edit_button_opens_the_line(site: Path, address: str, file: str, words_of_the_line: str):
    """Of the file in the repository, not of a generated page."""
    edits = [attributes["href"] for tag, attributes in page(site, address).elements if attributes.get("rel") == "edit"]

    assert [f"{REPOSITORY}/edit/main/sla/{file}#L{line_of(file, words_of_the_line)}"] == edits


@pytest.mark.parametrize(
    ("address", "name", "file", "words_of_the_line"),
    [
        ("channels/", "Edit “Articles and search”", "channels.yaml", "team: marketing"),
        ("roles/", "Edit “Helena Prado”", "people.yaml", "helena:"),
        ("qualification/", "Edit “hot”", "stages.yaml", "rank: hot"),
        ("promises/first-response/", "Edit “asked”", "promises.yaml", "name: asked"),
    ],
)
def test_the_pencil_beside_an_item_opens_its_line(
    site: Path, address: str, name: str, file: str, words_of_the_line: str
):
    """In the repository; those who listen hear what it edits."""
    pencils = [
        attributes["href"]
        for tag, attributes in page(site, address).elements
        if tag == "a" and (attributes.get("aria-label") or "").startswith(name)
    ]

    assert f"{REPOSITORY}/edit/main/sla/{file}#L{line_of(file, words_of_the_line)}" in pencils


def test_the_search_does_not_find_the_names_of_lines_beside_items(site: Path):
    """Whoever looks for a word looks for what is agreed."""
    found = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]
    channels = " ".join(part["text"] for part in found if part["location"].startswith("channels/"))

    assert "R$ 18,000 a month" in channels
    assert "channels.yaml" not in channels


def test_every_promise_has_a_stable_address(site: Path):
    """Its id, also where its sentence, its side or its file changes."""
    assert {"first-response", "mql-volume", "revenue"} <= {folder.name for folder in (site / "promises").iterdir()}


def test_links_between_pages_lead_to_files(site: Path):
    """Each relative link of each page is there."""
    wrong = []
    for file in site.rglob("index.html"):
        for href in Outline(file.read_text(encoding="utf-8")).attributes("href"):
            path = href.split("#")[0].split("?")[0]
            if path and "//" not in path and not path.startswith("mailto:"):
                target = file.parent / path
                if not (target.is_file() or (target / "index.html").is_file()):
                    wrong.append((file.parent.name, href))

    assert [] == wrong


def test_pages_that_are_opened_as_files_name_files(tmp_path: Path):
    """Without a server a folder would be shown as a list of files."""
    config = laid_out(tmp_path, results())
    config.write_text(mkdocs_config("Glacivo", is_served=False), encoding="utf-8")
    site = built(config)
    links = Outline((site / "index.html").read_text(encoding="utf-8")).attributes("href")

    assert (site / "promises" / "first-response.html").is_file()
    assert "promises/first-response.html" in links
    assert not [href for href in links if href.endswith("/") and "//" not in href]


def test_without_results_the_site_is_built_and_says_so(tmp_path: Path):
    """The first site of a company comes before its first check."""
    site = built(laid_out(tmp_path, is_small=True))

    assert "No scoreboard yet" in page(site, "").text


def test_without_a_repository_lines_are_named_but_not_linked(tmp_path: Path):
    """A site on a plain folder has no edit buttons that lead nowhere."""
    config = laid_out(tmp_path)
    config.write_text(mkdocs_config("Glacivo"), encoding="utf-8")
    outline = page(built(config), "promises/first-response/")

    assert not [attributes for _, attributes in outline.elements if attributes.get("rel") == "edit"]
    assert not [
        attributes for tag, attributes in outline.elements if tag == "a" and attributes.get("class") == "sla-line"
    ]
    assert f"sla/promises.yaml, line {line_of('promises.yaml', 'first-response:')}" in outline.text


def test_an_error_in_the_agreement_ends_the_build_with_its_place(tmp_path: Path):
    """No page shows what is not consistent; the words are those of `sla validate`."""
    edited_reference(tmp_path, ("targets.yaml", "  mql:", "  mqll:"))
    config = laid_out(tmp_path)
    line = line_of("targets.yaml", "  mql:")

    assert f"sla/targets.yaml:{line}:3: " in refusal(config)
    assert "there is no stage mqll" in refusal(config)
    assert not (config.parent / "site").exists()


def test_a_file_that_is_no_results_is_named(tmp_path: Path):
    """Not taken for "no results yet"."""
    config = laid_out(tmp_path, results())
    (tmp_path / "build" / "results.json").write_text('{"format": "something else"}', encoding="utf-8")

    assert "results.json does not hold the results of a check" in refusal(config)


def test_an_agreement_that_is_not_there_is_named(tmp_path: Path):
    """One clear error, without a path of this machine."""
    config = laid_out(tmp_path)
    shutil.rmtree(tmp_path / "sla")

    assert "there is no file or folder" in refusal(config)


def test_a_page_of_ones_own_with_a_name_of_ours_is_refused(tmp_path: Path):
    """Neither is lost in silence."""
    config = laid_out(tmp_path, is_small=True)
    (tmp_path / "docs" / "scoreboard.md").write_text("# Mine\n", encoding="utf-8")

    assert "the agreement makes a page scoreboard.md" in refusal(config)


def test_a_link_that_leads_nowhere_ends_the_build(tmp_path: Path):
    """In pages of one's own, too: the build is strict."""
    config = laid_out(tmp_path, is_small=True)
    (tmp_path / "docs" / "own.md").write_text("# Own\n\n[away](nowhere.md)\n", encoding="utf-8")

    assert "nowhere.md" in refusal(config)


def test_pages_of_ones_own_stand_behind_ours_in_the_menu(tmp_path: Path):
    """As the configuration names them."""
    config = laid_out(tmp_path, is_small=True)
    (tmp_path / "docs" / "own.md").write_text("# Our own\n", encoding="utf-8")
    config.write_text(config.read_text(encoding="utf-8") + "nav:\n  - Our own: own.md\n", encoding="utf-8")
    links = page(built(config), "").attributes("href")

    assert links.index("data/") < links.index("own/")


def test_the_agreement_may_stand_below_other_pages(tmp_path: Path):
    """The option `under` moves all of it, links included."""
    config = laid_out(tmp_path, results())
    (tmp_path / "docs" / "index.md").write_text("# Welcome\n", encoding="utf-8")
    text = config.read_text(encoding="utf-8").replace('agreement: "sla"', 'agreement: "sla"\n      under: agreement/')
    config.write_text(text + "nav:\n  - Welcome: index.md\n", encoding="utf-8")
    site = built(config)

    assert "Welcome" in page(site, "").text
    assert "../promises/first-response/" in page(site, "agreement/scoreboard/").attributes("href")


def test_while_serving_a_bad_edit_keeps_the_last_good_pages(tmp_path: Path):
    """The browser is answered: with the errors first, then with the pages as they were, until the next good edit."""
    config_file = laid_out(tmp_path, is_small=True)
    plugin = SlaPlugin()
    plugin.load_config({})
    plugin.on_startup(command="serve", dirty=False)
    agreement = tmp_path / "sla" / "agreement.yaml"
    good = agreement.read_text(encoding="utf-8")

    def menu_after(text: str) -> list[object]:
        agreement.write_text(text, encoding="utf-8")
        return list(plugin.on_config(load_config(str(config_file))).nav or [])

    first = menu_after(good)
    bad = good.replace("starts: became_lead", "starts: became_leads")
    error = {"The agreement has errors": "errors.md"}

    assert [error, *first] == menu_after(bad)
    assert [error, *first] == menu_after(bad)
    assert first == menu_after(good)


def test_what_is_edited_is_watched(tmp_path: Path):
    """`mkdocs serve` builds again when a file of the agreement or the results change."""
    plugin = SlaPlugin()
    plugin.load_config({})
    config = plugin.on_config(load_config(str(laid_out(tmp_path, results(), is_small=True))))

    assert {str(tmp_path / "sla"), str(tmp_path / "build" / "results.json")} <= set(config.watch)


@pytest.mark.parametrize("language", ["pt-BR", "pl"])
def test_a_site_speaks_one_language(tmp_path: Path, language: str):
    """The theme's words, the search and our own pages."""
    site = built(laid_out(tmp_path, results(), language=language, is_small=True))
    outline = page(site, "")

    assert [language.partition("-")[0]] == [
        (attributes["lang"] or "").partition("-")[0] for tag, attributes in outline.elements if tag == "html"
    ]


def test_a_build_prints_nothing(tmp_path: Path, capfd):
    """Neither mkdocs' progress nor its theme's notice; what goes wrong is told in the error."""
    build(laid_out(tmp_path, results(), is_small=True), tmp_path / "site")

    assert ("", "") == capfd.readouterr()


def test_python_looks_for_garbage_as_before(tmp_path: Path):
    """While pages are made it does so seldom; what comes after a build, or after one that failed, is not ours."""
    usual = gc.get_threshold()
    config = laid_out(tmp_path, is_small=True)
    built(config)
    after = gc.get_threshold()
    (tmp_path / "sla" / "agreement.yaml").write_text("format: sla/v1\n", encoding="utf-8")
    refusal(config)

    assert [usual, usual] == [after, gc.get_threshold()]


def test_an_extension_of_markdown_may_change_our_html(tmp_path: Path):
    """A page that it changes is made as a whole: nothing that was set aside is lost or kept from it."""
    config = laid_out(tmp_path, is_small=True)
    text = config.read_text(encoding="utf-8")
    strips = "  - pymdownx.striphtml:\n      strip_attributes: [class]\n"
    config.write_text(text.replace("markdown_extensions:\n", f"markdown_extensions:\n{strips}"), encoding="utf-8")
    whole = (built(config) / "promises" / "first-response" / "index.html").read_text(encoding="utf-8")

    assert "sla-set-aside" not in whole
    assert 'class="sla-tiles' not in whole
    assert "Call each new lead" in whole
    assert "4 hours" in whole


def test_the_pages_need_no_engine():
    """What counts leads takes longer to load than all pages to make."""
    asked = "import sys, checker.site.checked; print('duckdb' in sys.modules, 'sqlglot' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert "False False" == told.stdout.strip()
