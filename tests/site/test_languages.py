"""The example's site in all five languages, built strictly as users build it, with links between them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from checker.errors import UnreadableInput
from checker.language import LANGUAGES
from checker.site.build import build
from checker.site.languages import known
from tests.site.built import laid_out
from tests.site.made_up import results

SEARCHED = {"en": "en", "pt-BR": "pt", "es": "es", "it": "it", "pl": "en"}
SHOWN = {
    "en": ("Dictionary", "90%", "R$ 1,380,000", "14 April 2027", "April 2027"),
    "pt-BR": ("Dicionário", "90%", "R$ 1.380.000", "14 de abril de 2027", "abril de 2027"),
    "es": ("Diccionario", "90 %", "1.380.000 R$", "14 de abril de 2027", "abril de 2027"),
    "it": ("Dizionario", "90%", "1.380.000 R$", "14 aprile 2027", "aprile 2027"),
    "pl": ("Słownik", "90%", "1 380 000 R$", "14 kwietnia 2027", "kwiecień 2027"),
}
"""A title, a promised share, an amount of the plan, the day of the data and its month, by hand."""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the five builds."""
    folder = tmp_path_factory.mktemp("languages")
    config = laid_out(folder, results())
    written = config.read_text(encoding="utf-8").replace(
        "# languages: [en, pt-BR]", f"languages: [{', '.join(LANGUAGES)}]"
    )
    with pytest.MonkeyPatch.context() as environment:
        for language in LANGUAGES:
            environment.setenv("SLA_LANGUAGE", language)
            config.write_text(written, encoding="utf-8")
            build(config, folder / "site" / language)
    return folder / "site"


def page(sites: Path, language: str, path: str) -> str:
    return (sites / language / path / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_site_says_its_language_and_searches_in_it(sites: Path, language: str) -> None:
    """There is no stemmer for Polish."""
    index = (sites / language / "search" / "search_index.json").read_text(encoding="utf-8")

    assert f'<html lang="{language}"' in page(sites, language, "promises/first-response")
    assert f'"lang":["{SEARCHED[language]}"]' in index


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_site_writes_as_its_readers_do(sites: Path, language: str) -> None:
    """Titles, shares, money, days and months."""
    texts = " ".join(
        re.sub(r"<[^>]+>", " ", page(sites, language, path)).replace("&#36;", "$").replace("&#46;", ".")
        for path in ("", "scoreboard", "funnel", "dictionary", "data")
    )
    texts = re.sub(r"&#(\d+);", lambda sign: chr(int(sign[1])), texts)

    assert [*SHOWN[language]] == [text for text in SHOWN[language] if text in texts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switch_leads_to_the_same_page_in_each_language(sites: Path, language: str) -> None:
    """By relative links that lead to files which are there."""
    links = re.findall(r'<a href="([^"]+)" hreflang="([^"]+)"', page(sites, language, "promises/first-response"))
    here = sites / language / "promises" / "first-response"

    assert [(f"../../../{other}/promises/first-response/", other) for other in LANGUAGES] == links
    assert [] == [link for link, _ in links if not (here / link / "index.html").is_file()]


def test_an_unknown_language_ends_the_build_with_one_clear_error(tmp_path: Path) -> None:
    config = laid_out(tmp_path, language="es-MX", is_small=True)

    with pytest.raises(UnreadableInput) as refused:
        build(config, tmp_path / "site")
    assert "there are no words in the language “es-MX”; did you mean es?" in str(
        refused.value.message.arguments["faults"]
    )


def test_an_option_takes_what_the_command_line_takes() -> None:
    assert ["pt-BR", "pl", ""] == [known(asked) for asked in ("pt_br", "PL", "")]
    with pytest.raises(PluginError, match="no words in the language “xx”"):
        known("xx")
