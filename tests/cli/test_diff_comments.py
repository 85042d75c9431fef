"""The comments of three edits of the reference agreement, as a director reads them on a phone.

Each is kept as a file in `comments/`, once by the text alone and once with the sample's real leads: where the words
change on purpose, write what is shown into it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checker.samples.funnel import write
from tests.cli.console import sla
from tests.reference import FOLDER, edited_reference

COMMENTS = Path(__file__).parent / "comments"
EDITS = {
    "more-mqls": ("targets.yaml", "      2027-01 to 2027-03: 30", "      2027-01 to 2027-03: 45"),
    "faster-response": ("promises.yaml", "time: 4 business hours", "time: 2 business hours"),
    "lower-bar": ("stages.yaml", "points: at least 30", "points: at least 20"),
}


@pytest.mark.parametrize("name", EDITS)
def test_the_comment_is_the_kept_one(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited_reference(tmp_path, EDITS[name])
    shutil.copytree(FOLDER, tmp_path / "before")
    monkeypatch.chdir(tmp_path)
    ended = sla(capsys, "diff", "before", "sla", "--format", "markdown")

    assert (COMMENTS / f"{name}.md").read_text(encoding="utf-8") == ended.out


@pytest.mark.parametrize("name", EDITS)
def test_the_comment_on_real_leads_is_the_kept_one(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited_reference(tmp_path, EDITS[name])
    shutil.copytree(FOLDER, tmp_path / "before")
    write(tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    ended = sla(capsys, "diff", "before", "sla", "--data", "data", "--as-of", "2027-06-16", "--format", "markdown")

    assert "" == ended.err
    assert (COMMENTS / f"{name}-with-data.md").read_text(encoding="utf-8") == ended.out
