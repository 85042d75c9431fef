"""`sla release` and `sla changelog` as their users meet them: what is written, what is refused, and what it changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checker.review.releases import history_of
from checker.samples.folder import write_demo
from checker.text import read
from tests.cli.console import Ended, sla
from tests.conftest import ROOT
from tests.reference import edited_reference

BOTH = ("--signed", "helena=2026-12-10", "--signed", "tomas=2026-12-11")
FIRST = (*BOTH, "--from", "2027-01-01", "--version", "2027.1", "--renew-by", "2027-06-30")
LATER = ("--signed", "helena=2027-02-10", "--signed", "tomas=2027-02-11", "--from", "2027-03-01")
FASTER = ("promises.yaml", "otherwise: yes, time: 4 business hours", "otherwise: yes, time: 2 business hours")


def edit(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the reference agreement in `sla/`, not released yet."""
    edited_reference(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def released(folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The same, released as 2027.1."""
    assert 0 == sla(capsys, "release", *FIRST).code
    return folder


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if "release" in path.name}


# ---------------------------------------------------------------- what is written


def test_a_first_release_is_stamped_and_frozen(capsys, folder):
    ended = sla(capsys, "release", *FIRST)

    assert (
        0,
        "Version 2027.1 is in force from 1 January 2027, signed by Helena Prado (marketing) and Tomás Quintela "
        "(sales).\n"
        "It is the first release.\n"
        "Written: sla/releases/2027.1.yaml and sla/release.yaml\n"
        "Next, so that everybody has it:\n"
        "  git add sla\n"
        '  git commit -m "Release 2027.1"\n'
        "  git tag v2027.1\n",
        "",
    ) == ended
    assert {"sla/release.yaml", "sla/releases"} == files(folder)


def test_the_frozen_text_is_the_agreement_with_its_stamp_and_nothing_beside(folder, released):
    """Every section as it stands, remarks too; where the data is, the log and exceptions are not frozen."""
    working, (frozen,) = read(folder / "sla"), history_of(folder / "sla").releases
    beside = {"source", "log", "not_counted", "checks", "release"}

    assert {key: value for key, value in working.values.items() if key not in beside} == {
        key: value for key, value in frozen.document.values.items() if key != "release"
    }
    assert working.values["release"] == frozen.document.values["release"]
    assert frozen.is_as_frozen
    assert "# Where our buyers come from." in (folder / "sla/releases/2027.1.yaml").read_text(encoding="utf-8")


def test_a_released_agreement_is_consistent(capsys, released):
    assert (0, 0) == (sla(capsys, "validate").code, sla(capsys, "validate", "--as-of", "2027-02-01").code)


def test_the_next_version_is_the_one_that_the_changes_ask_for(capsys, released):
    edit(released / "sla", *FASTER)
    ended = sla(capsys, "release", *LATER, "--why", "Buyers wait less")

    assert ended.out.startswith(
        "Version 2027.2 is in force from 1 March 2027, signed by Helena Prado (marketing) and Tomás Quintela (sales).\n"
        "1 change since version 2027.1:\n"
        "  Sales must do this within 2 business hours instead of 4 for some leads: Contact every new MQL in person "
        "(stricter for sales)\n"
        "Written:"
    )
    assert ["2027.1", "2027.2"] == [release.version for release in history_of(released / "sla").releases]


def test_a_dry_run_writes_nothing(capsys, folder):
    ended = sla(capsys, "release", *FIRST, "--dry-run")

    assert ended.out.endswith("Nothing is written. It would be: sla/releases/2027.1.yaml and sla/release.yaml\n")
    assert set() == files(folder)


def test_it_minds_a_month_cut_in_two_and_a_day_that_is_near(capsys, released):
    edit(released / "sla", *FASTER)
    signed = ("--signed", "helena=2027-03-10", "--signed", "tomas=2027-03-12")
    ended = sla(capsys, "release", *signed, "--from", "2027-03-15", "--dry-run")

    assert "Mind: it comes into force 3 days after it was signed: tell everybody today.\n" in ended.out
    assert "Mind: it comes into force in the middle of March 2027: that month's targets are shared out" in ended.out


def test_the_diff_of_a_release_minds_the_same(capsys, released):
    """Between two frozen texts; where the stamp is the same, there is nothing to mind."""
    edit(released / "sla", *FASTER)
    sla(capsys, "release", "--signed", "helena=2027-03-10", "--signed", "tomas=2027-03-12", "--from", "2027-03-15")
    ended = sla(capsys, "diff", "sla/releases/2027.1.yaml", "sla/releases/2027.2.yaml")

    assert (
        "sla: mind the release: it comes into force 3 days after it was signed: tell everybody today\n"
        "sla: mind the release: it comes into force in the middle of March 2027: that month's targets are shared out "
        "by working days between the two versions\n"
    ) == ended.err
    assert "" == sla(capsys, "diff", "sla/releases/2027.2.yaml", "sla").err


def test_a_text_that_is_only_renewed_takes_the_smallest_step(capsys, released):
    ended = sla(capsys, "release", *LATER, "--renew-by", "2027-12-31", "--dry-run")

    assert ended.out.startswith("Version 2027.1.1 is in force from 1 March 2027")
    assert "Nobody owes anything else than in version 2027.1." in ended.out


# ---------------------------------------------------------------- what is refused


def refused(ended: Ended, code: int, *words: str) -> None:
    assert ("", code) == (ended.out, ended.code), ended
    assert ended.err.startswith("sla: ")
    assert 1 == ended.err.count("\n"), ended.err
    for word in words:
        assert word in ended.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--signed", "helena"), ["nobody of sales has signed", "--signed and tomas, ana"]),
        (("--signed", "tomas"), ["nobody of marketing has signed", "--signed and helena or camila"]),
        ((), ["nobody of marketing has signed"]),
        ((*BOTH, "--signed", "tomass"), ["tomass is nobody that the agreement names", "tomas"]),
        (("--signed", "helena=2027-02-01", "--signed", "tomas=2026-12-11", "--from", "2027-01-01"),
         ["Helena Prado signs on 1 February 2027, after the release comes into force on 1 January 2027"]),
        ((*BOTH, "--version", "spring"), ["spring is no version", "2027.1"]),
    ],
)  # fmt: skip
def test_a_wish_that_cannot_be_fulfilled_is_refused(capsys, folder, arguments, words):
    refused(sla(capsys, "release", *arguments), 2, *words)

    assert set() == files(folder)


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        (("targets.yaml", "2027-01 to 2027-03: 30", "2027-01 to 2027-03: 300"),
         ["the agreement has 1 error, and nobody can sign what contradicts itself: sla validate sla shows it"]),
        (("agreement.yaml", "status: signed", "status: draft"), ["still a draft", "write status: signed"]),
        (("meetings.yaml", "meetings:", "not_meetings:"), ["errors, and nobody can sign", "shows them"]),
        (("agreement.yaml", "currency: BRL", 'currency: BRL\nrelease: {version: "1", valid_from: 2027-01-01}'),
         ["sla/agreement.yaml holds a release: of its own"]),
    ],
)  # fmt: skip
def test_an_agreement_that_is_not_fit_to_be_signed_is_refused(capsys, folder, edits, words):
    edit(folder / "sla", *edits)
    refused(sla(capsys, "release", *FIRST), 1, *words)

    assert set() == files(folder) - {"sla/releases"}


def test_parts_that_every_agreement_has_are_missed(capsys, folder):
    text = (folder / "sla/meetings.yaml").read_text(encoding="utf-8")
    (folder / "sla/meetings.yaml").write_text(text.partition("processes:")[0], encoding="utf-8")
    ended = sla(capsys, "release", *FIRST)

    refused(ended, 1, "1 part that every agreement has is missing (processes and tools): sla validate sla shows it")
    assert set() == files(folder)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        (("--from", "soon"), "soon is no date; write it as 2027-03-01"),
        (("--signed", "=2026-12-10"), "=2026-12-10 names nobody; write it as helena or helena=2026-12-10"),
        (("--signed", "helena=yesterday"), "yesterday is no date"),
    ],
)
def test_a_slip_of_the_pen_is_told(capsys, folder, typed, word):
    ended = sla(capsys, "release", *typed)

    assert 2 == ended.code
    assert word in ended.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--version", "2026.9"), ["version 2026.9 does not come after 2027.1", "the next one is 2027.2"]),
        (("--version", "2027.1"), ["version 2027.1 does not come after 2027.1"]),
        (("--version", "2027.1.1"), ["version 2027.1.1 is not far enough on", "which asks for 2027.2"]),
        (("--from", "2026-12-31"), ["version 2027.1 is in force from 1 January 2027", "--from"]),
        (("--from", "2027-01-01"), ["version 2027.1 is in force from 1 January 2027"]),
    ],
)
def test_a_step_back_or_too_small_a_step_is_refused(capsys, released, arguments, words):
    edit(released / "sla", *FASTER)
    before = history_of(released / "sla").releases
    refused(sla(capsys, "release", *BOTH, *arguments), 2, *words)

    assert len(before) == len(history_of(released / "sla").releases)


def test_what_has_not_changed_is_not_released_again(capsys, released):
    refused(sla(capsys, "release", *LATER), 1, "nothing has changed since version 2027.1", "--renew-by")


def test_a_single_file_has_no_place_for_releases(capsys, folder):
    refused(sla(capsys, "release", "sla/agreement.yaml", *FIRST), 2, "name their folder, sla/")


def test_a_release_that_was_edited_is_found_and_stops_the_next_one(capsys, released):
    edit(released / "sla", "releases/2027.1.yaml", "time: 4 business hours", "time: 8 business hours")
    told = sla(capsys, "validate")

    assert 1 == told.code
    assert "sla/releases/2027.1.yaml:" in told.out
    assert "[SLA739]" in told.out
    assert 1 == sla(capsys, "release", *LATER).code


@pytest.mark.parametrize("broken", ["\t- nothing", "release: {version: '2027.1'}\n", "format: sla/v1\n", "\xff"])
def test_a_release_that_cannot_be_read_is_told_with_its_place(capsys, released, broken):
    (released / "sla/releases/2027.1.yaml").write_bytes(broken.encode("latin-1"))
    told, history, judged = (sla(capsys, *typed) for typed in (("validate",), ("changelog",), ("check",)))

    assert (1, 3, 3) == (told.code, history.code, judged.code)
    assert "[SLA735]" in told.out
    assert "2027.1.yaml" in told.out
    assert "2027.1.yaml" in history.err
    assert "Traceback" not in told.err + history.err + judged.err


# ---------------------------------------------------------------- the history


def test_the_changelog_tells_each_version_and_what_is_not_released_yet(capsys, released):
    edit(released / "sla", *FASTER)
    sla(capsys, "release", *LATER, "--why", "Buyers wait less")
    edit(released / "sla", "promises.yaml", "otherwise: yes, time: 2 business", "otherwise: yes, time: 3 business")
    told = sla(capsys, "changelog")

    assert (
        "Not released yet\n"
        "  Sales must do this within 3 business hours instead of 2 for some leads: Contact every new MQL in person "
        "(looser for sales)\n"
        "  The next release will carry version 2027.3: 1 change asks more or less of a side than it signed\n"
        "\n"
        "Version 2027.2, from 1 March 2027 on\n"
        "  Signed by Helena Prado (marketing) and Tomás Quintela (sales)\n"
        "  Buyers wait less\n"
        "  Sales must do this within 2 business hours instead of 4 for some leads: Contact every new MQL in person "
        "(stricter for sales)\n"
        "\n"
        "Version 2027.1, from 1 January 2027 until 28 February 2027\n"
        "  Signed by Helena Prado (marketing) and Tomás Quintela (sales)\n"
        "  To be renewed by 30 June 2027\n"
        "  The first version\n"
    ) == told.out


def test_the_changelog_for_programs_fits_its_schema(capsys, released):
    edit(released / "sla", *FASTER)
    told = json.loads(sla(capsys, "changelog", "--format", "json").out)
    schema = json.loads((ROOT / "schema" / "changelog.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(told)

    assert (["2027.1"], "2027.2") == (
        [item["version"] for item in told["releases"]],
        told["unreleased"]["version"]["next"],
    )


def test_an_agreement_without_releases_has_no_history(capsys, folder):
    assert (0, "Nothing has been released yet: sla release does it once both sides agree\n", "") == sla(
        capsys, "changelog"
    )


# ---------------------------------------------------------------- a deadline that changes in the middle of the plan


def test_a_deadline_changed_from_march_on_leaves_january_as_it_was(capsys, tmp_path, monkeypatch):
    """Released, edited, compared, released again, checked: no target of January is touched, and its months are judged
    by the old text, April's by the new one."""
    write_demo(tmp_path)
    monkeypatch.chdir(tmp_path)
    targets = (tmp_path / "sla/targets.yaml").read_bytes()
    assert 0 == sla(capsys, "release", *FIRST).code
    before = results(capsys)
    edit(tmp_path / "sla", *FASTER)
    compared = sla(capsys, "diff", "sla/releases/2027.1.yaml", "sla")
    assert 0 == sla(capsys, "release", *LATER).code
    after, drafted = results(capsys), results(capsys, "--draft")

    assert "stricter for sales" in compared.out
    assert compared.out.endswith("(major): 1 change asks more or less of a side than it signed\n")
    assert 0 == sla(capsys, "validate").code
    assert targets == (tmp_path / "sla/targets.yaml").read_bytes()
    for month, version, same in (("2027-01", "2027.1", before), ("2027-02", "2027.1", before),
                                 ("2027-04", "2027.2", drafted), ("2027-05", "2027.2", drafted)):  # fmt: skip
        assert version == after["first-response.other", month]["agreement"]
        for key in ("status", "numerator", "denominator", "target"):
            assert same["first-response.other", month][key] == after["first-response.other", month][key]
    march = after["first-response.other", "2027-03"]
    assert "2027.1, 2027.2" == march["agreement"]
    assert drafted["first-response.other", "2027-03"]["numerator"] <= march["numerator"]
    assert march["numerator"] <= before["first-response.other", "2027-03"]["numerator"]
    assert before["mql-volume", "2027-03"]["target"] == after["mql-volume", "2027-03"]["target"]


def results(capsys: pytest.CaptureFixture[str], *options: str) -> dict[tuple[str, str], dict[str, Any]]:
    ended = sla(capsys, "check", "--format", "json", "--fail-on", "never", *options)

    assert 0 == ended.code, ended.err
    return {(item["promise"], item["period"]): item for item in json.loads(ended.out)["results"]}
