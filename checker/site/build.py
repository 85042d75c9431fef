"""Builds a site in this process: strictly, quietly, and with every fault told."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checker.errors import MissingExtra, UnreadableInput
from checker.message import Written, say


def build(config_file: Path, out: Path) -> Path:
    """Builds the site of a `mkdocs.yml` into the folder `out`, and returns the path of its first page.

    Raises UnreadableInput where a strict build ends: with every error of the agreement and every link that leads
    nowhere. Raises MissingExtra where mkdocs is not installed.
    """
    try:
        from mkdocs.commands.build import build as build_site
        from mkdocs.config import load_config
        from mkdocs.exceptions import MkDocsException
    except ImportError:
        raise MissingExtra(
            say('the pages need a part that is not installed: pip install "smarketing-sla[site]"')
        ) from None
    # The theme tells about its own future on every build; the project's documentation says what follows from it.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    with _listening() as told:
        try:
            config = load_config(config_file=str(config_file), site_dir=str(out), strict=True)
            config.plugins.on_startup(command="build", dirty=False)
            build_site(config)
            config.plugins.on_shutdown()
        except MkDocsException as stopped:
            faults = "\n".join(dict.fromkeys([*told, *([] if told else [str(stopped)])]))
            raise UnreadableInput(say("the pages cannot be built:\n{faults}", faults=Written(faults))) from None
    return out / "index.html"


class _Ear(logging.Handler):
    """Keeps warnings and errors instead of printing them."""

    def __init__(self, told: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._told = told

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps what is told."""
        self._told.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    """What mkdocs tells meanwhile, in the place of its printing it."""
    told: list[str] = []
    ear = _Ear(told)
    logger = logging.getLogger("mkdocs")
    level, propagates = logger.level, logger.propagate
    logger.addHandler(ear)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield told
    finally:
        logger.removeHandler(ear)
        logger.setLevel(level)
        logger.propagate = propagates
