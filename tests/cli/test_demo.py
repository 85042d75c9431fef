"""`sla demo`: the whole thread, from an example's text to pages that open."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.verdict import Results
from tests.cli.console import sla


def test_the_example_is_validated_judged_and_published(tmp_path: Path, capsys, monkeypatch):
    """In a few lines that say where everything is; what somebody edited stays, also where it is wrong."""
    monkeypatch.chdir(tmp_path)
    first = sla(capsys, "demo", "example")
    results = Results.model_validate_json((tmp_path / "example" / "results.json").read_text(encoding="utf-8"))
    page = (tmp_path / "example" / "site" / "index.html").read_text(encoding="utf-8")
    targets = tmp_path / "example" / "sla" / "targets.yaml"
    targets.write_text(targets.read_text(encoding="utf-8").replace("  mql:", "  mqll:", 1), encoding="utf-8")
    second = sla(capsys, "demo", "example")

    assert (0, "") == (first.code, first.err)
    assert "example/sla is consistent" in first.out
    assert f"Judged on {results.data.leads:,} leads" in first.out
    assert "example/site/index.html" in first.out
    assert "python -m http.server --bind 127.0.0.1 --directory example/site" in first.out
    assert len(first.out.splitlines()) <= 8
    assert "Look at these first" in page
    assert all((tmp_path / "example" / "site" / f"{name}.html").exists() for name in ("plan", "backtest"))
    assert 1 == second.code
    assert "example/sla/targets.yaml" in second.out
    assert "there is no stage mqll" in second.out


@pytest.mark.parametrize("arguments", [("demo", "a", "b"), ("demo", "--nothing")])
def test_wrong_usage_is_told(capsys, arguments):
    """With exit code 2, and nothing is written."""
    ended = sla(capsys, *arguments)

    assert (2, "") == (ended.code, ended.out)
