"""The outlet to mkdocs: a plugin that adds the pages of an agreement to a site."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from jinja2 import Environment
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

from checker.site.checked import Refused, checked_pages, refusal_page
from checker.site.compiled import COMPILED
from checker.site.contents import SiteFiles
from checker.site.languages import known, link_languages, named, speak
from checker.site.page import Page, menu
from checker.site.repairs import SCRIPT, STYLE, repaired
from checker.site.searching import repair, tune

_log = get_plugin_logger(__name__)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without looking for garbage while much is made and nothing thrown away: a tenth of a small site's building."""
    is_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_enabled:
            gc.enable()


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

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keeps this plugin alive between the builds of `mkdocs serve`."""
        self._serves = command == "serve"

    @event_priority(100)  # the search takes its language from the configuration as it is when its own turn comes
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Makes the pages and puts them into the menu.

        Raises PluginError where the agreement has an error. While serving, the last good pages stay, with a page of
        the errors before them; where there are none yet, that page stands alone.
        """
        with _undisturbed():
            return self._configured(config)

    def _configured(self, config: MkDocsConfig) -> MkDocsConfig:
        asked, under = self.config, self.config.under
        files = SiteFiles(
            Path(config.config_file_path).parent,
            asked.agreement,
            asked.results,
            asked.history,
            asked.plan,
            asked.backtest,
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
        """The theme's templates are compiled once, too."""
        if env.bytecode_cache is None:
            env.bytecode_cache = COMPILED
        return env

    def on_pre_page(self, page: SitePage, *, config: MkDocsConfig, files: Files) -> SitePage:
        """The edit button opens the line of the agreement."""
        made = self._pages.get(page.file.src_uri)
        if made is not None:
            page.edit_url = self._edit_url(config, made.file, made.line)
        return page

    def on_page_context(
        self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Links the page to itself in the other languages; a page of the company's own to their first page."""
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
