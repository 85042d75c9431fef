"""`sla diff` as its user meets it: paths and git revisions, formats, the version, typos."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.console import Ended, sla
from tests.conftest import ROOT
from tests.reference import FOLDER, edited_reference
from tests.text.repository import Repository

SMALL = (
    "format: sla/v1\nagreement: A\nstages: {mql: {team: marketing}, customer: {team: sales, is: won}}\n"
    "sales_promises: {call: {promise: Call, starts: handed_off, stops: decided, within: %s}}\n"
)
RELEASE = 'release: {version: "%s", valid_from: 2027-01-01}\n'


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository whose `sla/` says 4 hours on main (tagged v1) and 2 hours in the working copy."""
    found = Repository(tmp_path / "company")
    found.commit(sla__agreement=SMALL % "4 hours")
    found.git("tag", "v1")
    found.write("sla/agreement.yaml", SMALL % "2 hours")
    monkeypatch.chdir(found.folder)
    return found


def kinds(ended: Ended) -> list[str]:
    return [change["kind"] for change in json.loads(ended.out)["changes"]]


def test_the_same_is_no_change(capsys: pytest.CaptureFixture[str]) -> None:
    ended = sla(capsys, "diff", str(FOLDER), str(FOLDER))

    assert (0, "Nothing has changed\n", "") == ended


def test_it_says_what_changes_for_whom(capsys: pytest.CaptureFixture[str], repository: Repository) -> None:
    ended = sla(capsys, "diff", "main")

    assert (
        "Sales must do this within 2 hours instead of 4: Call\n"
        "  stricter for sales  [promise-tightened]\n"
        "  - sales_promises: {call: {promise: Call, starts: handed_off, stops: decided, within: 4 hour…   "
        "main:sla/agreement.yaml:4\n"
        "  + sales_promises: {call: {promise: Call, starts: handed_off, stops: decided, within: 2 hour…   "
        "sla/agreement.yaml:4\n"
    ) == ended.out.partition("\n\n")[0] + "\n"
    assert ended.out.endswith("1 change\nThe first release will carry version 1.0\n")
    assert 0 == ended.code


@pytest.mark.parametrize("old", ["main", "git:main", "v1", "git:v1:sla/", "v1:sla", "HEAD"])
def test_a_revision_is_written_as_git_users_know_it(
    capsys: pytest.CaptureFixture[str], repository: Repository, old: str
) -> None:
    ended = sla(capsys, "diff", old, "--format", "json")

    assert ["promise-tightened"] == kinds(ended)


def test_both_may_be_revisions(capsys: pytest.CaptureFixture[str], repository: Repository) -> None:
    repository.commit()
    ended = sla(capsys, "diff", "HEAD", "v1", "--format", "json")

    assert ["promise-loosened"] == kinds(ended)


def test_a_path_that_exists_wins_over_a_branch_of_its_name(
    capsys: pytest.CaptureFixture[str], repository: Repository
) -> None:
    repository.write("main/agreement.yaml", SMALL % "2 hours")
    there, behind = (sla(capsys, "diff", old, "--format", "json") for old in ("main", "git:main"))

    assert ([], ["promise-tightened"]) == (kinds(there), kinds(behind))


def test_a_file_that_is_gone_takes_its_section_along(
    capsys: pytest.CaptureFixture[str], repository: Repository
) -> None:
    repository.commit(sla__people="people: {ana: {name: Ana, team: sales}}\n")
    (repository.folder / "sla" / "people.yaml").unlink()
    ended = sla(capsys, "diff", "HEAD", "--format", "json")

    assert ["person-dropped"] == kinds(ended)
    assert ("HEAD:sla/people.yaml", None) == tuple(
        side and side["file"] for side in (json.loads(ended.out)["changes"][0][name] for name in ("old", "new"))
    )


def test_a_shallow_clone_is_told_how_to_fetch(
    capsys: pytest.CaptureFixture[str], repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit()
    clone = repository.folder.parent / "clone"
    address = f"file://{repository.folder}"
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", address, clone], check=True, capture_output=True)
    monkeypatch.chdir(clone)
    ended = sla(capsys, "diff", "HEAD~1")

    assert (2, "") == (ended.code, ended.out)
    assert ended.err.startswith(
        "sla: git does not know HEAD~1 here, and only the newest commits are there: "
        "fetch the others with git fetch --unshallow origin"
    )


@pytest.mark.parametrize(
    ("old", "code", "told"),
    [
        ("mian", 2, "sla: git does not know mian here: it is no branch, tag or commit;"),
        ("old.yaml", 3, "sla: there is no file or folder old.yaml\n"),
        ("./old", 3, "sla: there is no file or folder ./old\n"),
        ("v1:sla/gone", 2, "sla: there is no agreement at sla/gone in v1: the path counts from the top"),
        ("git:", 2, "sla: git: names no revision"),
    ],
)
def test_a_typo_is_named(
    capsys: pytest.CaptureFixture[str], repository: Repository, old: str, code: int, told: str
) -> None:
    ended = sla(capsys, "diff", old)

    assert (code, "") == (ended.code, ended.out)
    assert ended.err.startswith(told)


def test_what_was_not_there_yet_is_told(capsys: pytest.CaptureFixture[str], repository: Repository) -> None:
    repository.write("new/agreement.yaml", SMALL % "2 hours")
    ended = sla(capsys, "diff", "main", "new")

    assert (2, "sla: there was no agreement at new in main: name its path then, as in git:main:sla/\n") == (
        ended.code,
        ended.err,
    )


def test_an_inconsistent_version_is_compared_all_the_same(
    capsys: pytest.CaptureFixture[str], repository: Repository
) -> None:
    repository.write("sla/agreement.yaml", (SMALL % "2 hours").replace("decided", "decidde"))
    ended = sla(capsys, "diff", "main")

    assert 0 == ended.code
    assert "\nThe new version is not consistent: 1 error; sla validate shows it\n" in ended.out


def test_a_section_that_cannot_be_read_is_named_and_hides_nothing(
    capsys: pytest.CaptureFixture[str], repository: Repository
) -> None:
    repository.write("sla/agreement.yaml", SMALL % "2 hours" + "people: {ana: {nam: Ana}}\n")
    ended = sla(capsys, "diff", "main")

    assert "Not compared, because they cannot be read on one side: people" in ended.out
    assert "[promise-tightened]" in ended.out


def test_what_is_no_agreement_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("services: {web: {image: nginx}}\n", encoding="utf-8")
    ended = sla(capsys, "diff", str(FOLDER), str(other))

    assert (3, "", f"sla: there is no agreement in {other}\n") == ended


@pytest.mark.parametrize(
    ("released", "new", "needed", "following"),
    [
        ("2027.1", SMALL % "4 hours", "none", "2027.1"),
        ("2027.1", SMALL.replace("agreement: A", "agreement: B") % "4 hours", "patch", "2027.1.1"),
        ("2027.1", SMALL % "4 hours" + "outcomes: [won]\n", "minor", "2027.2"),
        ("2027.1", SMALL % "2 hours", "major", "2027.2"),
        ("1.4.2", SMALL % "2 hours", "major", "2.0.0"),
        ("1.4.2", SMALL % "4 hours" + "outcomes: [won]\n", "minor", "1.5.0"),
        ("1.4.2", SMALL.replace("agreement: A", "agreement: B") % "4 hours", "patch", "1.4.3"),
        ("v1.4", SMALL % "2 hours", "major", "v2.0"),
        ("spring", SMALL % "2 hours", "major", None),
    ],
)
def test_the_next_release_carries_the_version_that_the_changes_ask_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, released: str, new: str, needed: str, following: str | None
) -> None:
    old = tmp_path / "old.yaml"
    old.write_text(SMALL % "4 hours" + RELEASE % released, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(new, encoding="utf-8")
    ended = sla(capsys, "diff", str(old), str(tmp_path / "new.yaml"), "--format", "json")
    version = json.loads(ended.out)["version"]

    assert (released, needed, following) == (version["old"], version["needed"], version["next"])


@pytest.mark.parametrize(("version", "code"), [("2027.1", 1), ("2027.2", 0), ("2028.1", 0), ("next", 2)])
def test_a_version_that_does_not_suffice_fails(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, version: str, code: int
) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(SMALL % "4 hours" + RELEASE % "2027.1", encoding="utf-8")
    new.write_text(SMALL % "2 hours", encoding="utf-8")
    ended = sla(capsys, "diff", str(old), str(new), "--require-version", version)

    assert code == ended.code
    assert ("version 2027.1 is not far enough on: these changes ask for 2027.2\n" in ended.err) is (code == 1)


def test_the_json_fits_its_published_schema(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    new = edited_reference(
        tmp_path,
        ("stages.yaml", "points: at least 30", "points: at least 20"),
        ("handoff.yaml", "[PR, SC, RS]", "[PR, SC]"),
    )
    ended = sla(capsys, "diff", str(FOLDER), str(new), "--format", "json")
    schema = json.loads((ROOT / "schema" / "changes.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(json.loads(ended.out))

    assert {"criterion-looser", "routing-changed"} == set(kinds(ended))


EDITS: list[tuple[str, tuple[str, str, str], str, str, str, str]] = [
    (
        "raising the points",
        ("stages.yaml", "points: at least 30", "points: at least 40"),
        "criterion-stricter",
        "stricter",
        "lighter",
        "only_old",
    ),
    (
        "adding an alternative",
        (
            "stages.yaml",
            "last_action: [ask_for_demo, ask_for_price]",
            "any: [{last_action: [ask_for_demo, ask_for_price]}, {last_visit: at most 2 days}]",
        ),
        "group-looser",
        "same",
        "stricter",
        "only_new",
    ),
    (
        "moving a payload field",
        ("handoff.yaml", "nice_to_have: [last_visit]", "nice_to_have: [last_visit, website]"),
        "payload-field-offered",
        "heavier",
        "lighter",
        "only_new",
    ),
    (
        "shortening a deadline",
        ("promises.yaml", "within: 2 business days\n    target: 95%", "within: 1 business day\n    target: 95%"),
        "promise-tightened",
        "same",
        "stricter",
        "only_new",
    ),
    (
        "a new rung in a ladder",
        (
            "promises.yaml",
            "      - {name: other,",
            "      - {name: fresh, when: {last_visit: at most 1 days}, time: 2 business hours, target: 90%}\n"
            "      - {name: other,",
        ),
        "promise-tightened",
        "same",
        "stricter",
        "only_new",
    ),
    (
        "lowering a share",
        ("promises.yaml", "measure: acceptance_rate\n    target: 85%", "measure: acceptance_rate\n    target: 80%"),
        "promise-loosened",
        "looser",
        "same",
        "only_new",
    ),
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit[0])
def test_an_edit_of_the_reference_agreement_says_for_whom_and_shows_a_lead(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    edit: tuple[str, tuple[str, str, str], str, str, str, str],
) -> None:
    _, words, kind, marketing, sales, lead = edit
    ended = sla(capsys, "diff", str(FOLDER), str(edited_reference(tmp_path, words)), "--format", "json")
    found = next(change for change in json.loads(ended.out)["changes"] if change["kind"] == kind)

    assert (marketing, sales) == (found["marketing"], found["sales"])
    assert " lead" in f" {found[lead]['words']}"


def test_a_target_shows_what_follows_from_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Worked out by hand: 15 MQLs more at 20% are 75 leads more, and at 50% and 80% six opportunities more."""
    new = edited_reference(tmp_path, ("targets.yaml", "      2027-01 to 2027-03: 30", "      2027-01 to 2027-03: 45"))
    ended = sla(capsys, "diff", str(FOLDER), str(new))

    assert (
        "  follows from it:\n"
        "    Visit: 18,750 instead of 15,000 in January to March 2027\n"
        "    Lead: 475 instead of 400 in January to March 2027\n"
        "    MQL: 95 instead of 80 in January to March 2027\n"
        "    SQL: 47.5 instead of 40 in January to March 2027\n"
        "    Opportunity: 38 instead of 32 in January to March 2027 (32 is written)\n"
        "    Customer: 9.5 instead of 8 in March to May 2027 (8 is written)\n"
    ) in ended.out


def test_the_comment_stands_alone(capsys: pytest.CaptureFixture[str], repository: Repository) -> None:
    """Its first line says in bold what changes for whom; its last is the mark by which it is found again."""
    ended = sla(capsys, "diff", "main", "--format", "markdown")
    first, *_, last = ended.out.strip().splitlines()

    assert "**Sales must do this within 2 hours instead of 4: Call (stricter for sales)**" == first
    assert last.startswith("<!-- sla diff ")
