"""The built pages in Chromium, in the languages that are not English: as whole and as usable as in English."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from checker.language import LANGUAGES
from tests.site.everybody import NO_FAULTS, ONE_OF_EACH_KIND, WINDOWS, faults_of, whole_site
from tests.site.served import Visit, served

OTHERS = [language for language in LANGUAGES if language != "en"]


@pytest.mark.parametrize("language", OTHERS)
def test_pages_work_for_everybody_in_their_language(browser: Browser, tmp_path_factory, language: str):
    """No error, no other host, no page that moves sideways, no text that is cut, no fault that axe can find."""
    with served(whole_site(tmp_path_factory.mktemp(language), language)) as home:
        for width, scheme in WINDOWS:
            with Visit(browser, home, width=width, scheme=scheme) as visit:
                found = {address: faults_of(visit, address) for address in ONE_OF_EACH_KIND}

                assert dict.fromkeys(ONE_OF_EACH_KIND, NO_FAULTS) == found
                assert language == visit.page.evaluate("document.documentElement.lang")
                assert [] == visit.settle()

        with Visit(browser, home) as visit:
            page = visit.goto("")
            page.keyboard.press("/")
            page.locator(".md-search__input").press_sequentially("first-response", delay=20)

            expect(page.locator(".md-search-result__link[href*='promises/first-response/']").first).to_be_visible()
