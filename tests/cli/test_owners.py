"""`sla owners` as its user meets it: CODEOWNERS from the teams of the sections, beside what others wrote in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.text import parse
from tests.cli.console import sla
from tests.reference import edited_reference
from tests.text.repository import Repository

BOTH = ("--owner", "marketing=@acme/marketing", "--owner", "sales=@acme/sales")
FILE = Path(".github/CODEOWNERS")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    Repository(tmp_path)
    edited_reference(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lines() -> dict[str, list[str]]:
    """Pattern -> owners."""
    told = [line.split() for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {pattern: owners for pattern, *owners in filter(None, told)}


def test_both_sides_own_the_folder_and_sellers_are_the_business_of_sales(capsys, folder):
    ended = sla(capsys, "owners", *BOTH)

    assert (0, ".github/CODEOWNERS is written\n", "") == ended
    assert {"/sla/": ["@acme/marketing", "@acme/sales"], "/sla/sellers.yaml": ["@acme/sales"]} == lines()


def test_teams_are_those_of_the_entries(capsys, folder):
    """Of channels and tools each entry says whose it is; campaigns are the work of marketing."""
    (folder / "sla/tools.yaml").write_text("tools: {mailer: {team: product, records: [activity]}}\n", encoding="utf-8")
    text = (folder / "sla/data.yaml").read_text(encoding="utf-8")
    (folder / "sla/data.yaml").write_text(text.partition("tools:")[0], encoding="utf-8")
    (folder / "sla/campaigns.yaml").write_text("campaigns: {}\n", encoding="utf-8")
    sla(capsys, "owners", *BOTH, "--owner", "product=lia@acme.example")

    assert ["lia@acme.example"] == lines()["/sla/tools.yaml"]
    assert ["@acme/marketing", "@acme/sales"] == lines()["/sla/"]


def test_handles_are_given_once_and_what_others_wrote_is_kept(capsys, folder):
    FILE.parent.mkdir()
    FILE.write_text("* @acme/everybody\n", encoding="utf-8")
    sla(capsys, "owners", *BOTH)
    with FILE.open("a", encoding="utf-8") as file:
        file.write("/docs/ @acme/writers\n")
    written = FILE.read_text(encoding="utf-8")
    again = sla(capsys, "owners")

    assert ".github/CODEOWNERS is up to date\n" == again.out
    assert written == FILE.read_text(encoding="utf-8")
    assert written.startswith("* @acme/everybody\n\n# sla owners")
    assert written.endswith("# sla owners: to here\n/docs/ @acme/writers\n")


def test_a_check_fails_where_a_section_has_moved(capsys, folder):
    sla(capsys, "owners", *BOTH)
    assert 0 == sla(capsys, "owners", "--check").code
    (folder / "sla/sellers.yaml").rename(folder / "sla/who_sells.yaml")
    ended = sla(capsys, "owners", "--check")

    assert (1, "", "sla: .github/CODEOWNERS is not up to date: sla owners sla writes it\n") == (
        ended.code,
        ended.out,
        f"sla: {ended.err}",
    )


def test_a_side_without_a_handle_is_asked_for(capsys, folder):
    ended = sla(capsys, "owners", "--owner", "marketing=@acme/marketing")

    assert (
        2,
        "",
        "sla: how GitHub or GitLab calls sales is not known yet: add --owner sales=@…\n",
    ) == ended
    assert not FILE.exists()


@pytest.mark.parametrize("slip", ["marketing", "marketing=acme", "=@acme", "marketing=@a b"])
def test_what_names_nobody_is_refused(capsys, folder, slip):
    ended = sla(capsys, "owners", "--owner", slip)

    assert 2 == ended.code
    assert f"{slip} names no team and owner; write it as marketing=@acme/marketing" in ended.err


def test_a_name_with_a_space_is_written_so_that_it_stays_one(capsys, folder):
    (folder / "sla/sellers.yaml").rename(folder / "sla/our sellers.yaml")
    sla(capsys, "owners", *BOTH)

    assert r"/sla/our\ sellers.yaml @acme/sales" in FILE.read_text(encoding="utf-8")


def test_a_new_repository_has_owners_where_they_are_named(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Repository(tmp_path)
    sla(capsys, "init", "--for", "software", *BOTH)

    assert {"/sla/": ["@acme/marketing", "@acme/sales"]} == lines()
    assert 0 == sla(capsys, "owners", "--check").code
    assert parse((tmp_path / "sla/agreement.yaml").read_text(encoding="utf-8")).values
