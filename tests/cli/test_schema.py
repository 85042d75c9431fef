"""`sla schema`: writes the schemas, and tells when they are stale."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.console import sla
from tests.conftest import ROOT

Capsys = pytest.CaptureFixture[str]
FILES = [
    "agreement.json",
    "backtest.json",
    "changelog.json",
    "changes.json",
    "findings.json",
    "lead.json",
    "leads.json",
    "payloads.json",
    "plan.json",
    "results.json",
    "routes.json",
    "source.json",
]


def test_the_schemas_are_written(tmp_path: Path, capsys: Capsys) -> None:
    ended = sla(capsys, "schema", str(tmp_path / "schema"))

    assert (0, f"{len(FILES)} of {len(FILES)} files in {tmp_path / 'schema'} have changed\n", "") == ended
    assert FILES == sorted(file.name for file in (tmp_path / "schema").iterdir())
    assert all(json.loads(file.read_text(encoding="utf-8")) for file in (tmp_path / "schema").iterdir())


def test_fresh_schemas_pass_the_check(tmp_path: Path, capsys: Capsys) -> None:
    sla(capsys, "schema", str(tmp_path))

    assert (0, "", "") == sla(capsys, "schema", "--check", str(tmp_path))
    assert (0, f"0 of {len(FILES)} files in {tmp_path} have changed\n", "") == sla(capsys, "schema", str(tmp_path))


def test_a_stale_or_missing_schema_fails_the_check_and_is_not_written(tmp_path: Path, capsys: Capsys) -> None:
    sla(capsys, "schema", str(tmp_path))
    (tmp_path / "findings.json").write_text("{}\n", encoding="utf-8")
    (tmp_path / "source.json").unlink()
    ended = sla(capsys, "schema", "--check", str(tmp_path))

    assert 1 == ended.code
    assert ["findings.json", "source.json"] == sorted(
        Path(line.partition(" is stale")[0]).name for line in ended.out.splitlines()
    )
    assert "{}\n" == (tmp_path / "findings.json").read_text(encoding="utf-8")


def test_the_project_s_own_schemas_are_fresh(capsys: Capsys) -> None:
    assert (0, "", "") == sla(capsys, "schema", "--check", str(ROOT / "schema"))
