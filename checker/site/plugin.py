"""The outlet to mkdocs: a plugin that adds the pages of an agreement to a site."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from mkdocs.config import base
from mkdocs.config import config_options as option
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import get_relative_url

from checker.site.checked import Refused, checked_pages, refusal_page
from checker.site.page import Page, menu
from checker.site.repairs import SCRIPT, STYLE, repaired
from checker.site.studies import StudyFiles

_log = get_plugin_logger(__name__)


class SlaOptions(base.Config):
    """What `mkdocs.yml` may say of the plugin; paths are relative to it."""

    agreement = option.Type(str, default="sla")
    results = option.Type(str, default="build/results.json")
    history = option.Type(str, default="")
    plan = option.Type(str, default="build/plan.json")
    backtest = option.Type(str, default="build/backtest.json")
    language = option.Type(str, default="")
    edit = option.Type(str, default="edit/main/{path}#L{line}")
    under = option.Type(str, default="")
    title = option.Type(str, default="Agreement")


class SlaPlugin(BasePlugin[SlaOptions]):
    """Reads and checks the agreement before each build, and hands its pages to mkdocs."""

    def __init__(self) -> None:
        self._pages: Mapping[str, Page] = {}
        self._good: list[Page] = []
        self._serves = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keeps this plugin alive between the builds of `mkdocs serve`."""
        self._serves = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Makes the pages and puts them into the menu.

        Raises PluginError where the agreement has an error. While serving, the last good pages stay, with a page of
        the errors before them; where there are none yet, that page stands alone.
        """
        root, under = Path(config.config_file_path).parent, self.config.under
        studies = StudyFiles(self.config.plan, self.config.backtest)
        watched = [root / self.config.agreement, root / self.config.results]
        watched += [root / file for file in (studies.plan, studies.backtest) if file]
        watched += [root / self.config.history] if self.config.history else []
        config.watch += [str(path) for path in watched if path.exists()]
        try:
            asked = self.config
            pages = checked_pages(root, asked.agreement, asked.results, asked.language, asked.history, studies)
        except Refused as refused:
            if not self._serves:
                raise PluginError(str(refused)) from None
            pages = self._while_refused(refused, config)
        else:
            self._good = pages
        self._pages = {under + page.path: page for page in pages}
        entries = menu(self._pages.values(), under)
        own = list(config.nav or [])
        config.nav = [*own, {self.config.title: entries}] if under else [*entries, *own]
        config.extra_css += [STYLE.name]
        config.markdown_extensions += [name for name in ("attr_list",) if name not in config.markdown_extensions]
        return config

    def _while_refused(self, refused: Refused, config: MkDocsConfig) -> list[Page]:
        """The errors, and what can still be shown beside them."""
        # Not a warning: a strict build would end, and leave the browser waiting.
        told = "These pages are of before your last edit." if self._good else "There are no pages yet."
        _log.info("%s\n%s", told, refused)
        if not self._good:
            for checked in (config.validation.nav, config.validation.links):
                # own pages may lead to those that are not there yet
                for name in [name for name in checked if isinstance(checked[name], int)]:
                    checked[name] = logging.INFO
        language = self.config.language or "en"
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
        return files

    def on_pre_page(self, page: SitePage, *, config: MkDocsConfig, files: Files) -> SitePage:
        """The edit button opens the line of the agreement."""
        made = self._pages.get(page.file.src_uri)
        if made is not None:
            page.edit_url = self._edit_url(config, made.file, made.line)
        return page

    def on_post_page(self, output: str, *, page: SitePage, config: MkDocsConfig) -> str:
        """Names what the theme leaves without a name."""
        return repaired(output)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The same for the page of a wrong address."""
        return repaired(output_content)

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
