"""Where files are found, and what is said where they are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from checker.agreement import Agreement, build
from checker.errors import NothingToJudge, SlaError, UnreadableInput, WrongUsage
from checker.funnel import open_funnel
from checker.funnel.files import ALL_FILES
from checker.language import words
from tests.funnel.sources import agreement, facts, leads, read, refusal


def source(path: str = "leads.csv", **more: Any) -> dict[str, Any]:
    return leads() | {"files": {"lead": {"path": path}}} | more


def ids(folder: Path, written: dict[str, Any], overrides: dict[str, Path]) -> list[str]:
    with open_funnel(agreement(written), folder, overrides) as funnel:
        return [fact["lead_id"] for fact in facts(funnel)]


def refused(folder: Path, written: dict[str, Any], overrides: dict[str, Path]) -> tuple[type[SlaError], str]:
    with pytest.raises(SlaError) as error:
        open_funnel(agreement(written), folder, overrides)
    return type(error.value), words("en").say(error.value.message)


@pytest.fixture
def folder(tmp_path):
    """`leads.csv` beside the agreement, exports of two months in a folder, and a folder of somebody else's."""
    for name, lead in (("leads", "L0"), ("exports/2027-02", "L2"), ("exports/2027-01", "L1"), ("other/leads", "L9")):
        file = tmp_path / f"{name}.csv"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"id,name\n{lead},Ana\n")
    (tmp_path / "exports" / "readme.md").write_text("not data")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("leads.csv", [("L0", "leads.csv", 2)]),
        ("./exports/../leads.csv", [("L0", "leads.csv", 2)]),
        ("exports", [("L1", "exports/2027-01.csv", 2), ("L2", "exports/2027-02.csv", 2)]),
        ("exports/*.csv", [("L1", "exports/2027-01.csv", 2), ("L2", "exports/2027-02.csv", 2)]),
        ("exports/2027-0[2-9].csv", [("L2", "exports/2027-02.csv", 2)]),
        ("**/2027-01.csv", [("L1", "exports/2027-01.csv", 2)]),
    ],
)
def test_a_path_is_a_file_a_folder_or_a_pattern(folder, path, expected):
    """Several files are read in the order of their names; each row knows its own."""
    assert expected == read(folder, source(path), "lead_id", "source_file", "source_line")


def test_files_of_one_pattern_may_order_their_columns_differently(folder):
    """By heading, not by position."""
    (folder / "exports" / "2027-02.csv").write_text("name,id\nBia,L2\n")
    written = source("exports/*.csv", leads={"from": "lead", "id": "id", "owner": "name"})

    assert [("L1", "Ana"), ("L2", "Bia")] == read(folder, written, "lead_id", "owner")


def test_an_override_takes_the_place_of_one_file(folder):
    """It is a path of the command line's, not of the agreement's."""
    assert ["L9"] == ids(folder, source(), {"lead": folder / "other" / "leads.csv"})


@pytest.mark.parametrize("path", ["leads.csv", "elsewhere/leads.csv", "elsewhere/l*.csv"])
def test_a_folder_takes_the_place_of_all(folder, path):
    """Each file is looked for under its whole path, then under its name."""
    assert ["L9"] == ids(folder, source(path), {ALL_FILES: folder / "other"})


def test_overrides_that_name_nothing(folder):
    """A name that is no file is a wrong command, with exit code 2; a folder that is not there is unreadable."""
    near = refused(folder, source(), {"leed": folder})
    far = refused(folder, source(), {"xyz": folder})
    missing = refused(folder, source(), {ALL_FILES: Path("nowhere")})

    assert (WrongUsage, "the source section has no file named leed; did you mean lead?") == near
    assert (WrongUsage, "the source section has no file named xyz; it has lead") == far
    assert (UnreadableInput, "there is no folder nowhere") == missing
    assert (2, 3) == (WrongUsage.exit_code, UnreadableInput.exit_code)


REFUSED = [
    ("lead.csv", "there is no file lead.csv; did you mean leads.csv?"),
    ("data/x.csv", "there is no file data/x.csv; to read it from elsewhere: --data NAME=PATH"),
    ("exports/2026-*.csv", "exports/2026-*.csv holds no CSV or Parquet file"),
    ("empty", "empty holds no CSV or Parquet file"),
    ("mixed", "mixed holds both CSV and Parquet files: give each kind a name of its own"),
    ("uneven/*.csv", "uneven/b.csv has no column name, which uneven/a.csv has"),
]


@pytest.mark.parametrize(("path", "expected"), REFUSED)
def test_what_is_not_there(folder, path, expected):
    """The error names the place in the agreement."""
    for name in ("empty", "mixed", "uneven"):
        (folder / name).mkdir()
    (folder / "mixed" / "a.csv").write_text("id\n1\n")
    (folder / "mixed" / "b.parquet").write_bytes(b"PAR1")
    (folder / "uneven" / "a.csv").write_text("id,name\n1,Ana\n")
    (folder / "uneven" / "b.csv").write_text("id,phone\n2,55\n")
    written = source(path, leads={"from": "lead", "id": "id", "owner": "name"})

    with pytest.raises(UnreadableInput) as error:
        open_funnel(agreement(written), folder)

    assert expected == words("en").say(error.value.message)


def test_a_link_that_leads_nowhere(folder):
    """It is no file."""
    (folder / "leads.csv").unlink()
    (folder / "leads.csv").symlink_to("leads.csv")

    assert (
        UnreadableInput,
        "there is no file leads.csv; to read it from elsewhere: --data NAME=PATH",
    ) == refusal(folder, source())


SOURCES = [
    ({"files": {"lead": {"table": "crm.leads", "url": "env:CRM"}}}, UnreadableInput,
     "the environment variable CRM, which should hold the database's address, is not set"),
    ({"leads": {"from": "led", "id": "id"}}, UnreadableInput, "there is no file led; did you mean lead?"),
    ({"leads": {"from": "lead", "id": "id", "join": {"deals": {"on": {"a": "id"}}}}}, UnreadableInput,
     "there is no file deals"),
    ({"leads": {"from": "lead", "id": {"always": "x"}}}, UnreadableInput, "each lead needs an id of its own"),
    ({"files": ["leads.csv"], "system": "hubspot", "leads": {"owner": "id"}}, UnreadableInput,
     "leads.csv looks like Contacts of HubSpot, but has no column Lifecycle Stage, Original Source, Merged Contact IDs "
     "or HubSpot Score: export it along"),
    ({"events": {"became_mql": "leads.name"}}, UnreadableInput, "there is no file leads; did you mean lead?"),
    ({"events": {"became_mqll": "name"}}, UnreadableInput, "there is no event became_mqll; did you mean became_mql?"),
    ({"events": {"handed_off": {"same_as": "became_mql"}, "became_lead": "name"}}, UnreadableInput,
     "became_mql has no column of its own here"),
    ({"events": {"became_mql": {"column": "name", "personal": True}}}, UnreadableInput,
     "personal: belongs to contact_attempt: it says which attempts are personal contacts"),
    ({"events": {"became_mql": {"column": "name", "set": {"amuont": "id"}}}}, UnreadableInput,
     "lines of a log can say actor, owner, channel, reason, ref_id or amount or a field of the agreement, and amuont "
     "is none of them; did you mean amount?"),
    ({"events": {"became_mql": {"column": "name", "set": {"reason": "id"}}}}, UnreadableInput,
     "only returned or lost have a reason, not became_mql"),
    ({"events": {"became_mql": {"column": "name", "set": {"owner": "idd"}}}}, UnreadableInput,
     "leads.csv has no column idd; did you mean id?"),
    ({"events": {"became_mql": {"column": "name", "set": {"owner": {"always": "ana"}}}}}, UnreadableInput,
     "owner needs a column: what lines say differs from line to line"),
    ({"leads": {"from": "lead", "id": "id", "owner": "name"},
      "events": {"became_mql": {"column": "name", "set": {"owner": "name"}}}}, UnreadableInput,
     "owner is said twice: keep one of both"),
    ({"actions": {"from": "led", "id": "id", "action": "name", "column": "name"}}, UnreadableInput,
     "there is no file led; did you mean lead?"),
    ({"actions": {"from": "lead", "id": "id", "action": "nam", "column": "name"}}, UnreadableInput,
     "leads.csv has no column nam; did you mean name?"),
    ({"totals": {"mqll": {"from": "lead", "day": "name", "count": "id"}}}, UnreadableInput,
     "there is no stage mqll; did you mean mql?"),
    ({"log": {"kits": {"from": "lead", "what": "name", "on": "date"}}}, UnreadableInput,
     "leads.csv has no column date; it has id and name"),
    ({"events": {"became_mql": {"column": "name", "timezone": "Brazil/Sao_Paulo"}}}, UnreadableInput,
     "there is no time zone Brazil/Sao_Paulo: did you mean America/Sao_Paulo?"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "kind", "expected"), SOURCES)
def test_what_a_source_cannot_say(folder, written, kind, expected):
    """Told at once, with the line of the agreement that is at fault."""
    with pytest.raises(kind) as error:
        open_funnel(agreement(source() | written), folder)

    assert expected == words("en").say(error.value.message)
    assert error.value.at is not None
    assert "source" == error.value.at.path[0]


def test_no_source_at_all(folder):
    """Nothing can be judged: exit code 3."""
    sections = agreement(leads()).sections.model_copy(update={"source": None})
    with pytest.raises(NothingToJudge) as missing:
        open_funnel(Agreement(sections), folder)

    assert (
        "nothing says where the data is, because the agreement has no section source yet; "
        "sla source inspect EXPORT.csv proposes one"
    ) == words("en").say(missing.value.message)
    assert 3 == NothingToJudge.exit_code


def test_a_source_with_errors(folder):
    """What `sla validate` has found is not found again."""
    with pytest.raises(UnreadableInput) as broken:
        open_funnel(build({"stages": {}, "source": {"files": 3}}), folder)

    assert "the source section has errors, so that no data can be read: sla validate shows them" == words("en").say(
        broken.value.message
    )


# ---------------------------------------------------------------- folders that say something


@pytest.fixture(params=["csv", "parquet"])
def parted(request, tmp_path):
    """Exports in folders that say the month and the region; one has a row without an id, and there is a mark of who
    wrote them.
    """
    for place, rows in (
        ("region=S%C3%A3o/month=2027-03", [("L1", "Ana"), ("", "Bia")]),
        ("region=S%C3%A3o/month=2027-04", [("L2", "Caio")]),
        ("region=__HIVE_DEFAULT_PARTITION__/month=2027-03", [("L3", "Dora")]),
    ):
        folder = tmp_path / "exports" / place
        folder.mkdir(parents=True)
        text = "id,name\n" + "".join(f"{lead},{name}\n" for lead, name in rows)
        (folder / "part-0.csv").write_text(text)
        if request.param == "parquet":
            duckdb.execute(f"COPY (FROM read_csv('{folder}/*.csv')) TO '{folder}/part-0.parquet'")
            (folder / "part-0.csv").unlink()
    (tmp_path / "exports" / "_SUCCESS").write_text("")
    return tmp_path


def by_region(path: str) -> dict[str, Any]:
    fields = {"sector": "month"}
    keys = {"from": "lead", "id": "id", "owner": "name", "channel": {"column": "region", "blank": "fairs"}}
    return source(path, leads=keys | {"fields": fields}, rejects="at most 30%")


@pytest.mark.parametrize("path", ["exports", "exports/*/*/part-*", "**/part-0.*"])
def test_folders_say_what_their_files_have_in_common(parted, path):
    """As columns of every row: texts as they stand there, with what has no value blank, and signs written as `%2F`."""
    found = read(parted, by_region(path), "lead_id", "owner", "channel", "field_sector")

    assert [
        ("L1", "Ana", "São", "2027-03"),
        ("L2", "Caio", "São", "2027-04"),
        ("L3", "Dora", "fairs", "2027-03"),
    ] == found


def test_rows_of_such_folders_are_kept_out_with_their_own_file_and_line(parted):
    """As of any other file."""
    with open_funnel(agreement(by_region("exports")), parted) as funnel:
        (reject,) = funnel.data().rejects

    is_csv = reject.file.endswith(".csv")

    assert f"exports/region=S%C3%A3o/month=2027-03/part-0.{'csv' if is_csv else 'parquet'}" == reject.file
    assert (3 if is_csv else 2) == reject.line


def test_what_stands_in_the_file_counts_before_what_its_folder_is_called(parted):
    """It is the data; the folder may be somebody's filing."""
    written = source("exports", leads={"from": "lead", "id": "id", "owner": "name", "channel": "region"})
    for file in parted.glob("exports/*/*/part-0.csv"):
        file.write_text(
            "id,region,name\n" + file.parent.name.replace("=", "-") + file.parent.parent.name[:8] + ",own,x\n"
        )
    if next(parted.glob("exports/*/*/part-0.csv"), None):
        assert {"own"} == set(read(parted, written, "channel"))


def test_folders_have_to_say_the_same_things(parted):
    """A file beside them has no month."""
    for kind in ("csv", "parquet"):
        for file in parted.glob(f"exports/*/month=2027-04/*.{kind}"):
            file.rename(parted / "exports" / f"more.{kind}")

    assert (
        UnreadableInput,
        "exports has files in folders named region=… and others that are in none: put them all into such folders",
    ) == refusal(parted, by_region("exports"))
