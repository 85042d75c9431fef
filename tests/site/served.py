"""A built site behind a small server on this machine, as the tests' browser sees it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, Page


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *arguments: Any) -> None:
        """Nothing is told."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a site while it is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


class Visit:
    """A page in a browser window of one size and colour scheme; `faults` are errors and requests to other hosts."""

    def __init__(self, browser: Browser, home: str, *, width: int = 1280, scheme: Any = "light") -> None:
        self.home = home
        self.faults: list[str] = []
        self._context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
        self.page: Page = self._context.new_page()
        self.page.on("console", lambda told: self.faults.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if not url.startswith((self.home, "data:", "blob:")):
            self.faults.append(f"asked another host: {url}")

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self._context.close()

    def settle(self) -> list[str]:
        """Waits until nothing more is loaded; all faults so far."""
        self.page.wait_for_load_state("networkidle")
        return self.faults

    def goto(self, address: str) -> Page:
        """Opens a page of the site."""
        self.page.goto(self.home + address)
        return self.page

    def sideways(self) -> int:
        """How many pixels the page as a whole can be moved sideways."""
        width: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return width
