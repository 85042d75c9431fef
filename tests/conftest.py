"""What several rooms' tests share: a browser, real data where it is at hand, how hypothesis runs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.funnel.postgres import postgres, shared_postgres
from tests.spark import spark, spark_settings

__all__ = ["postgres", "shared_postgres", "spark", "spark_settings"]
"""Fixtures that stand beside what they make, for all tests."""

ROOT = Path(__file__).parent.parent
IN_CI = os.environ.get("CI") == "true"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# A browser that asks nobody anything: no sandbox (tests may run as root), no background traffic.
BROWSER_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A slow machine is no failure; in CI the same examples run each time, so that a red run is the change's fault.
hypothesis.settings.register_profile("house", deadline=None, derandomize=IN_CI)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium; its tests are skipped where there is none, and fail in CI."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        reason = "no Chromium on this machine (Debian, Ubuntu: apt-get install chromium)"
        if IN_CI:
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=BROWSER_OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real exports, which are not ours to ship: `SLA_REAL_DATA`, else beside the repository."""
    folder = Path(os.environ.get("SLA_REAL_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no real data at {folder} (set SLA_REAL_DATA)")
    return folder
