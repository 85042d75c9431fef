"""`mkdocs serve` as somebody has it running while they edit: a real server, asked like a browser asks it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.site.built import SMALL, laid_out
from tests.site.markup import Outline

PATIENCE = 60
"""Seconds until an edit must be seen: the server looks for edits a few times a second."""
BAD = SMALL.replace("starts: became_lead", "starts: became_leads")
BETTER = SMALL.replace("Call each new lead", "Ring each new lead")
TORN = SMALL.replace("stages:", "stages: [")


class Server:
    """A running `mkdocs serve`."""

    def __init__(self, address: str, agreement: Path, log: Path) -> None:
        self.address = address
        self.agreement = agreement
        self.log = log

    def edit(self, text: str) -> None:
        self.agreement.write_text(text, encoding="utf-8")

    def shows(self, path: str, words: str) -> str:
        """The text of a page once it holds these words. Raises AssertionError with what it says instead."""
        text, until = "", time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(URLError, ConnectionError, TimeoutError):
                with urlopen(self.address + path, timeout=5) as answer:
                    text = " ".join(Outline(answer.read().decode()).text.split())
                if words in text:
                    return text
            time.sleep(0.1)
        raise AssertionError(f"{path} does not say {words!r} but {text!r}; the server: {self.log.read_text()}")


@contextmanager
def serving(folder: Path, text: str) -> Iterator[Server]:
    """A folder with an agreement, served strictly; the server ends with the test."""
    config = laid_out(folder, is_small=True)
    (folder / "docs" / "ours.md").write_text("# Ours\n\n[scores](scoreboard.md)\n", encoding="utf-8")
    config.write_text(config.read_text(encoding="utf-8") + "nav:\n  - Ours: ours.md\n", encoding="utf-8")
    agreement, log = folder / "sla" / "agreement.yaml", folder / "server.log"
    agreement.write_text(text, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--strict", "--config-file", str(config)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    with log.open("w", encoding="utf-8") as told:
        process = subprocess.Popen(
            [*command, "--dev-addr", f"127.0.0.1:{port}"], stdout=told, stderr=told, cwd=folder, env=environment
        )
    try:
        # where the repository has an address, pages are served below its name
        yield Server(f"http://127.0.0.1:{port}/", agreement, log)
        assert process.poll() is None
    finally:
        process.terminate()
        process.wait(20)


def test_a_bad_edit_keeps_the_last_good_pages_and_shows_what_is_wrong(tmp_path: Path):
    """Errors of meaning and of syntax; the first good edit brings the pages back, and the page of errors goes."""
    with serving(tmp_path, SMALL) as server:
        server.shows("sales/", "Call each new lead")
        server.edit(BAD)
        told = server.shows("errors/", "became_leads")
        kept = server.shows("sales/", "The agreement has errors")
        server.edit(TORN)
        torn = server.shows("errors/", "SLA0")
        server.edit(BETTER)
        server.shows("sales/", "Ring each new lead")
        with suppress(URLError), urlopen(server.address + "errors/", timeout=5) as answer:
            raise AssertionError(f"the page of errors is still there: {answer.status}")

    assert "sla/agreement.yaml:8:13: SLA" in told
    assert "The other pages are of before the last edit." in told
    assert "Call each new lead" in kept
    assert "became_leads" not in torn


def test_an_agreement_that_is_broken_from_the_start_is_a_page_of_its_errors(tmp_path: Path):
    """No crash, and no waiting browser; pages of one's own are there already, also where they lead to missing ones."""
    with serving(tmp_path, BAD) as server:
        told = server.shows("", "became_leads")
        server.shows("ours/", "scores")
        server.edit(SMALL)
        server.shows("", "No scoreboard yet")
        server.shows("sales/", "Call each new lead")

    assert "The agreement has errors" in told
    assert "The other pages come with the first edit that leaves no error." in told
