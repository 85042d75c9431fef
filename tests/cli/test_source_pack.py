"""`sla source pack`: data that CI may hold, with the same verdicts and nothing of a person."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from checker.samples.funnel import generate, write
from checker.text.writing import yaml_text
from tests.cli.console import sla
from tests.funnel.exported import SECTIONS, ZONE, hubspot, made, rd_station, salesforce
from tests.reference import FOLDER

SALT = "a salt that nobody knows"
KNOWN = (None, "organic_search", "paid_search", "email_webinars", "trade_fairs", "prospecting")
Capsys = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example agreement beside the sample funnel; the salt is in the environment."""
    shutil.copytree(FOLDER, tmp_path / "sla")
    write(tmp_path / "data")
    monkeypatch.setenv("SLA_SALT", SALT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def verdicts(capsys: Capsys, *arguments: str) -> dict[str, Any]:
    """What `sla check` says as data, but for which leads it was, what it calls unknown channels, and the files."""
    found: dict[str, Any] = json.loads(sla(capsys, "check", "sla", "--format", "json", *arguments).out)
    for result in found["results"]:
        del result["offenders"]
    for table in ("funnel", "cohorts"):
        for count in found[table]:
            count["channel"] = count["channel"] if count["channel"] in KNOWN else "unknown"
        found[table].sort(key=str)
    return {key: found[key] for key in ("as_of", "results", "funnel", "cohorts")} | {"leads": found["data"]["leads"]}


def text_of(folder: Path) -> str:
    """All that is in packed files: their bytes, and those of a copy without compression, as small letters."""
    found = b""
    for file in sorted(folder.iterdir()):
        plain = folder.parent / "plain.parquet"
        duckdb.execute(f"COPY (FROM '{file}') TO '{plain}' (FORMAT parquet, COMPRESSION uncompressed)")
        found += file.read_bytes() + plain.read_bytes() + repr(duckdb.execute(f"FROM '{file}'").fetchall()).encode()
    return found.decode("utf-8", errors="replace").casefold()


def test_packed_data_gives_the_same_verdicts(folder, capsys):
    """And says what it did."""
    ended = sla(capsys, "source", "pack", "--output", "packed")

    assert (0, "") == (ended.code, ended.err)
    assert (
        "3,117 leads packed into packed/lead.parquet and packed/deal.parquet; all verdicts are the same.\n"
        "To judge them: sla check sla --data packed\n"
    ) == ended.out
    assert ["deal.parquet", "lead.parquet"] == sorted(file.name for file in Path("packed").iterdir())
    assert verdicts(capsys) == verdicts(capsys, "--data", "packed")


@pytest.mark.parametrize("seed", [7, 11])
def test_other_funnels_give_the_same_verdicts_too(folder, capsys, seed):
    """Other people, at other hours, with other words."""
    write(Path("data"), generate(seed))
    assert 0 == sla(capsys, "source", "pack", "--output", "packed").code

    shutil.move("data", "elsewhere")
    sample = verdicts(capsys, "--data", "elsewhere")

    assert sample["results"]
    assert sample == verdicts(capsys, "--data", "packed")


def test_nobody_of_the_sample_is_in_the_packed_files(folder, capsys):
    """No name, address, telephone number or company of any lead, no seller's name, no id of the CRM, no salt."""
    sla(capsys, "source", "pack", "--output", "packed")
    with Path("data/leads.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    secret = {
        row[column].casefold()
        for row in rows
        for column in ("Full name", "Email", "Phone", "Company", "Lead owner", "Record ID", "Job title")
    }
    packed = text_of(Path("packed"))
    named = (FOLDER / "log.yaml").read_text(encoding="utf-8") + (FOLDER / "not_counted.yaml").read_text(
        encoding="utf-8"
    )
    secret -= {row["Record ID"].casefold() for row in rows if row["Record ID"] in named}

    assert 5000 < len(secret)
    assert not [word for word in secret - {"", "-", "n/a"} if word in packed]
    assert SALT not in packed


def test_a_marker_planted_in_every_column_is_nowhere(folder, capsys):
    """In each column of both exports one row holds what no packed file may: also where a number or date belongs."""
    planted = 0
    for name in ("leads", "deals"):
        path = Path(f"data/{name}.csv")
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for number, column in enumerate(rows[0]):
            rows[number][column] = f"Zoë Marker{number} <zoe.marker@x.example> +351 900 MARKER"
            planted += 1
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    with Path("sla/source.yaml").open("a", encoding="utf-8") as file:
        file.write("  rejects: at most 50%\n")
    ended = sla(capsys, "source", "pack", "--output", "packed")
    packed = text_of(Path("packed"))

    assert (0, "") == (ended.code, ended.err)
    assert "rows that cannot be used were left out" in ended.out
    assert 52 == planted
    assert 100_000 < len(packed)
    assert not [word for word in ("marker", "zoë", "zo\\xeb", "x.example", "+351") if word in packed]
    assert verdicts(capsys) == verdicts(capsys, "--data", "packed")


def test_a_salt_is_needed(folder, capsys, monkeypatch):
    """Not stored, and not short."""
    assert (2, "sla: the salt is too short: it needs at least 16 signs\n") == (
        sla(capsys, "source", "pack", "--output", "packed", "--salt", "pepper")[::2]
    )
    monkeypatch.delenv("SLA_SALT")
    ended = sla(capsys, "source", "pack", "--output", "packed")

    assert 2 == ended.code
    assert "packing needs a salt, so that nobody finds a lead by its id: put a secret into SLA_SALT" in ended.err
    assert not Path("packed").exists()


def test_what_cannot_be_packed_alike_is_not_packed(folder, capsys):
    """A personal number that decides is neither left in nor left out in silence."""
    data = Path("sla/data.yaml")
    text = data.read_text(encoding="utf-8")
    assert "employees: {is: whole number" in text
    data.write_text(text.replace("employees: {is: whole number", "employees: {personal_data: yes, is: whole number"))
    Path("packed").mkdir()
    ended = sla(capsys, "source", "pack", "--output", "packed")

    assert 3 == ended.code
    assert "packed data would give other verdicts on " in ended.err
    assert [] == list(Path("packed").iterdir())


@pytest.mark.parametrize("names", ["listed", "named"])
@pytest.mark.parametrize(
    ("export", "kind"),
    [(hubspot, "labels"), (hubspot, "internal"), (salesforce, "api"), (salesforce, "warehouse"), (rd_station, "")],
)
def test_a_known_systems_data_is_packed_as_any_other(tmp_path, capsys, monkeypatch, export, kind, names):
    """Its section stays as it is: the packed files are recognised by it, whether it names its files or lists them."""
    monkeypatch.setenv("SLA_SALT", SALT)
    monkeypatch.chdir(tmp_path)
    source = export(made(120), Path("sla"), *([kind] if kind else []))
    if names == "named":
        source["files"] = {f"file_{number}": {"path": path} for number, path in enumerate(source["files"])}
    office = {"timezone": ZONE, "days": "Monday to Friday", "hours": "09:00 to 18:00"}
    begun = {"format": "sla/v1", "agreement": "Exported", "currency": "BRL", "working_time": {"office": office}}
    Path("sla/agreement.yaml").write_text(yaml_text({**begun, **SECTIONS, "source": source}), encoding="utf-8")
    whole = verdicts(capsys)
    ended = sla(capsys, "source", "pack", "--output", "packed")
    for path in Path("sla").glob("*.csv"):
        path.unlink()

    assert (0, "") == (ended.code, ended.err)
    assert ended.out.startswith("120 leads packed into packed/")
    assert whole["results"]
    assert whole == verdicts(capsys, "--data", "packed")
    assert "@example.com" not in text_of(Path("packed"))


def test_what_a_known_systems_section_lacks_is_told_at_its_line(folder, capsys):
    """As by a check; nothing is written."""
    Path("sla/source.yaml").write_text("source:\n  system: hubspot\n  files: [../data/leads.csv]\n")
    ended = sla(capsys, "source", "pack", "--output", "packed")

    assert 3 == ended.code
    assert ended.err.startswith("sla: sla/source.yaml:")
    assert not Path("packed").exists()


def test_the_names_of_files_and_options_are_checked(folder, capsys):
    """As by any other command."""
    Path("file").write_text("")

    assert 2 == sla(capsys, "source", "pack", "--output", "file").code
    assert 2 == sla(capsys, "source", "pack").code
    assert 3 == sla(capsys, "source", "pack", "nowhere", "--output", "packed").code
    assert "pack" in sla(capsys, "source", "--help").out
