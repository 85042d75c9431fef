"""The outlet to mkdocs: a plugin that adds the pages of an agreement to a site."""

from __future__ import annotations

import gc
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from jinja2 import Environment, Template
from mkdocs.config import base
from mkdocs.config import config_options as option
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from checker.site.compiled import COMPILED
from checker.site.contents import SiteFiles
from checker.site.kept_menu import KeptMenu
from checker.site.languages import known, link_languages, named, speak
from checker.site.page import Page, menu
from checker.site.read_by_search import lighten
from checker.site.repairs import SCRIPT, STYLE, repaired
from checker.site.searching import repair, tune
from checker.site.set_aside import anchors, put_back, set_aside

if TYPE_CHECKING:
    from checker.site.checked import Refused

_log = get_plugin_logger(__name__)
_SELDOM = 200_000
"""After how many new objects Python looks for garbage while pages are made: much is made, and little thrown away.
At its usual 700 a tenth of the time goes into looking.
"""


class SlaOptions(base.Config):
    """What `mkdocs.yml` may say of the plugin; paths are relative to it."""

    agreement = option.Type(str, default=SiteFiles.agreement)
    results = option.Type(str, default=SiteFiles.results)
    history = option.Type(str, default=SiteFiles.history)
    plan = option.Type(str, default=SiteFiles.plan)
    backtest = option.Type(str, default=SiteFiles.backtest)
    language = option.Type(str, default="")
    languages = option.ListOfItems(option.Type(str), default=[])
    edit = option.Type(str, default="edit/main/{path}#L{line}")
    under = option.Type(str, default="")
    title = option.Type(str, default="Agreement")


class SlaPlugin(BasePlugin[SlaOptions]):
    """Reads and checks the agreement before each build, and hands its pages to mkdocs."""

    def __init__(self) -> None:
        self._pages: Mapping[str, Page] = {}
        self._good: list[Page] = []
        self._serves = False
        self._language = ""
        self._languages: Sequence[str] = ()
        self._menu = KeptMenu()
        self._aside: dict[str, tuple[str, list[str]]] = {}
        self._usual_threshold = gc.get_threshold()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keeps this plugin alive between the builds of `mkdocs serve`."""
        self._serves = command == "serve"

    @event_priority(100)  # the search takes its language from the configuration as it is when its own turn comes
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Makes the pages and puts them into the menu.

        Raises PluginError where the agreement has an error. While serving, the last good pages stay, with a page of
        the errors before them; where there are none yet, that page stands alone.
        """
        gc.set_threshold(_SELDOM)
        # only here: all that reads and checks an agreement comes with it
        from checker.site.checked import Refused, checked_pages

        asked, under = self.config, self.config.under
        files = SiteFiles(
            Path(config.config_file_path).parent,
            agreement=asked.agreement,
            results=asked.results,
            history=asked.history,
            plan=asked.plan,
            backtest=asked.backtest,
        )
        language = known(self.config.language)
        self._languages = [known(asked) for asked in self.config.languages]
        self._language = "" if under else language
        tune(config)
        if self._language:
            speak(config, language)
        config.watch += [str(path) for path in files.watched()]
        try:
            pages = checked_pages(files, language)
        except Refused as refused:
            if not self._serves:
                raise PluginError(str(refused)) from None
            pages = self._while_refused(refused, config, language or "en")
        else:
            self._good = pages
        self._pages = {under + page.path: page for page in pages}
        lighten(config, self._pages)
        entries = menu(self._pages.values(), under)
        own = list(config.nav or [])
        config.nav = [*own, {self.config.title: entries}] if under else [*entries, *own]
        config.extra_css += [STYLE.name]
        config.markdown_extensions += [name for name in ("attr_list",) if name not in config.markdown_extensions]
        return config

    def _while_refused(self, refused: Refused, config: MkDocsConfig, language: str) -> list[Page]:
        """The errors, and what can still be shown beside them."""
        # Not a warning: a strict build would end, and leave the browser waiting.
        told = "These pages are of before your last edit." if self._good else "There are no pages yet."
        _log.info("%s\n%s", told, refused)
        if not self._good:
            for checked in (config.validation.nav, config.validation.links):
                # own pages may lead to those that are not there yet
                for name in [name for name in checked if isinstance(checked[name], int)]:
                    checked[name] = logging.INFO
        from checker.site.checked import refusal_page

        return [refusal_page(refused, language, is_alone=not self._good), *self._good]

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the pages, their links leading where mkdocs will put them."""
        made = {path: File.generated(config, path, content="") for path in self._pages}
        beside = {
            file.name: File.generated(config, file.name, content=file.read_text(encoding="utf-8"))
            for file in (STYLE, SCRIPT)
        }
        for path, file in made.items():
            if files.get_file_from_path(path) is not None:
                raise PluginError(f"the agreement makes a page {path}, which is also in {config.docs_dir}")
            file.content_string = self._linked(self._pages[path], file, {**beside, **made}, config)
            files.append(file)
        for file in beside.values():
            files.append(file)
        repair(files)
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """The theme's templates are compiled once, too, and the entries of its menu are made once."""
        if env.bytecode_cache is None:
            env.bytecode_cache = COMPILED
        self._menu = KeptMenu()
        self._menu.put_into(env)
        return env

    def on_pre_template(self, template: Template, *, template_name: str, config: MkDocsConfig) -> Template:
        """A page without a place has a menu of its own."""
        self._menu.turn_to(None)
        return template

    def on_pre_page(self, page: SitePage, *, config: MkDocsConfig, files: Files) -> SitePage:
        """The edit button opens the line of the agreement."""
        made = self._pages.get(page.file.src_uri)
        if made is not None:
            page.edit_url = self._edit_url(config, made.file, made.line)
        return page

    @event_priority(-100)  # after those that change the text
    def on_page_markdown(self, markdown: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """What is HTML already need not be read by Markdown."""
        if page.file.src_uri not in self._pages:
            return markdown
        rest, kept = set_aside(markdown)
        self._aside[page.file.src_uri] = markdown, kept
        return rest

    @event_priority(100)  # before those that change what is shown
    def on_page_content(self, html: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """And comes back when Markdown has made the rest."""
        markdown, kept = self._aside.pop(page.file.src_uri, ("", []))
        if not kept:
            return html
        page.markdown = markdown
        whole = put_back(html, kept)
        if whole is None:  # an extension of Markdown changes HTML, too
            page.render(config, files)
            return page.content or ""
        page.present_anchor_ids = (page.present_anchor_ids or set()) | anchors(kept)
        return whole

    def on_page_context(
        self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Links the page to itself in the other languages; a page of the company's own to their first page. Its menu is
        the one that all pages have.
        """
        self._menu.turn_to(page, nav)
        if self._languages:
            first = "" if config.use_directory_urls else "index.html"
            link_languages(config.extra, self._languages, page.url if page.file.src_uri in self._pages else first)
        return context

    def on_post_page(self, output: str, *, page: SitePage, config: MkDocsConfig) -> str:
        """Names what the theme leaves without a name, and the language as we call it."""
        return self._finished(output)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The same for the page of a wrong address."""
        return self._finished(output_content)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Python looks for garbage as usual again."""
        gc.set_threshold(*self._usual_threshold)

    def on_build_error(self, *, error: Exception) -> None:
        """The same where no site could be built."""
        gc.set_threshold(*self._usual_threshold)

    def _finished(self, output: str) -> str:
        return named(repaired(output), self._language) if self._language else repaired(output)

    def _linked(self, page: Page, file: File, made: Mapping[str, File], config: MkDocsConfig) -> str:
        def address(path: str) -> str:
            return get_relative_url((made.get(self.config.under + path) or made[path]).url, file.url)

        def edit(source: str, line: int) -> str | None:
            return self._edit_url(config, source, line)

        return page.resolved(address, edit)

    def _edit_url(self, config: MkDocsConfig, file: str, line: int) -> str | None:
        if not (config.repo_url and file):
            return None
        template = f"{config.repo_url.rstrip('/')}/{self.config.edit}"
        return template.replace("{path}", quote(file)).replace("{line}", str(line))
