"""`sla check --engine`: one clear error where an engine is not there or does not answer."""

from __future__ import annotations

import sys

import pytest

from tests.cli.console import sla
from tests.cli.test_check import AGREEMENT


@pytest.fixture
def agreement(tmp_path, monkeypatch):
    """An agreement with its leads, and no Spark of anybody's."""
    (tmp_path / "agreement.yaml").write_text(AGREEMENT)
    (tmp_path / "leads.csv").write_text("Id,Created,Handed off,Called\nL1,2027-03-01 10:00,2027-03-01 11:00,\n")
    for name in ("SPARK_REMOTE", "SPARK_CONNECT_MODE_ENABLED", "JAVA_HOME", "SPARK_HOME", "SLA_SHARED_FOLDER"):
        monkeypatch.delenv(name, raising=False)
    return str(tmp_path / "agreement.yaml")


def test_an_engine_that_nobody_knows(agreement, capsys):
    """The command line is wrong, and the engines are named."""
    code, _, said = sla(capsys, "check", agreement, "--engine", "sprak")

    assert 2 == code
    assert "write duckdb or spark" in said


def test_spark_that_is_not_installed(agreement, capsys, monkeypatch):
    """The extra is named."""
    monkeypatch.setitem(sys.modules, "pyspark", None)
    code, out, said = sla(capsys, "check", agreement, "--engine", "spark")

    assert (3, "") == (code, out)
    assert '--engine spark needs a part that is installed separately: pip install "smarketing-sla[spark]"' in said


def test_a_machine_without_java(agreement, capsys, monkeypatch, tmp_path):
    """What to install is named; also where JAVA_HOME points to nothing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    first = sla(capsys, "check", agreement, "--engine", "spark")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "jdk"))
    second = sla(capsys, "check", agreement, "--engine", "spark")

    assert 3 == first[0]
    assert first == second
    assert (
        "--engine spark needs Java 17 or newer: install it (openjdk-17-jre-headless on Debian and Ubuntu), or say "
        "where it is in JAVA_HOME"
    ) in " ".join(first[2].split())


def test_a_cluster_that_does_not_answer(agreement, capsys, monkeypatch):
    """No traceback, and no part of a result."""
    monkeypatch.setenv("SPARK_REMOTE", "sc://127.0.0.1:1")
    code, out, said = sla(capsys, "check", agreement, "--engine", "spark")

    assert (3, "") == (code, out)
    assert "Spark does not start or answer: " in said
    assert "Traceback" not in said


def test_a_shared_folder_that_is_not_there(agreement, capsys, monkeypatch):
    """It is named before Spark is started for nothing."""
    monkeypatch.setenv("SLA_SHARED_FOLDER", "/nowhere/shared")
    code, out, said = sla(capsys, "check", agreement, "--engine", "spark")

    assert (3, "") == (code, out)
    assert "the folder that SLA_SHARED_FOLDER names is not there: /nowhere/shared" in said
