"""Agreements as they were at a git revision, with a real git."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.errors import SlaError, WrongUsage
from checker.language import words
from checker.text.revisions import Revision, read_base, read_revision
from tests.text.repository import Repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "company")


def refusal(reader: Callable[[Revision, Path], object], revision: str, path: Path) -> str:
    """What is said instead of an agreement."""
    with pytest.raises(SlaError) as raised:
        reader(Revision.parse(revision), path)
    return words().say(raised.value.message)


def told(revision: str, path: Path) -> str:
    return refusal(read_base, revision, path)


@pytest.mark.parametrize(
    ("text", "name", "path"),
    [
        ("main", "main", None),
        ("git:main", "main", None),
        ("origin/main", "origin/main", None),
        ("git:v1.2:sla/", "v1.2", "sla/"),
        ("v1.2:sla/people.yaml", "v1.2", "sla/people.yaml"),
        ("HEAD@{2026-01-01 10:00}", "HEAD@{2026-01-01 10:00}", None),
        ("HEAD@{1}:sla", "HEAD@{1}", "sla"),
        ("HEAD~2", "HEAD~2", None),
    ],
)
def test_a_revision_is_written_as_git_users_know_it(text: str, name: str, path: str | None) -> None:
    assert Revision(name, path) == Revision.parse(text)


@pytest.mark.parametrize("text", ["", "git:", ":sla"])
def test_a_revision_has_a_name(text: str) -> None:
    with pytest.raises(WrongUsage, match="names no revision"):
        Revision.parse(text)


def test_a_folder_is_read_as_it_was(repository: Repository) -> None:
    """Every `*.yaml` directly in it; neither what was added since nor what lies deeper."""
    first = repository.commit(sla__one="a: 1\n", sla__two="b: é # x\n", sla__old__three="c: 3\n", other="d: 4\n")
    repository.commit(sla__one="a: 2\n", sla__four="e: 5\n")
    document = read_revision(Revision(first), repository.folder / "sla")

    assert document is not None
    assert {"a": 1, "b": "é"} == document.values
    assert (f"{first}:sla/one.yaml", f"{first}:sla/two.yaml") == document.files


def test_a_file_is_read_as_it_was(repository: Repository) -> None:
    repository.commit(agreement="a: 1\n", other="b: 1\n")
    file = repository.write("agreement.yaml", "a: 2\n")
    document = read_revision(Revision("HEAD"), file)

    assert document is not None
    assert ({"a": 1}, ("HEAD:agreement.yaml",)) == (document.values, document.files)


def test_the_top_of_a_repository_is_a_folder_too(repository: Repository) -> None:
    repository.commit(agreement="a: 1\n", sla__other="b: 1\n")
    top, explicit = (
        read_revision(revision, repository.folder) for revision in (Revision("HEAD"), Revision("HEAD", "sla/"))
    )

    assert top is not None
    assert explicit is not None
    assert ({"a": 1}, {"b": 1}) == (top.values, explicit.values)


def test_what_was_not_there_yet_is_none(repository: Repository) -> None:
    first = repository.commit(other="b: 1\n")
    repository.commit(sla__one="a: 1\n")

    assert None is read_revision(Revision(first), repository.folder / "sla")


def test_a_path_that_is_named_must_be_there(repository: Repository) -> None:
    repository.commit(sla__one="a: 1\n")

    assert "there is no agreement at old in HEAD: the path counts from the top of the repository" == refusal(
        read_revision, "HEAD:old/", repository.folder / "sla"
    )


def test_names_with_signs_of_their_own_are_just_names(repository: Repository) -> None:
    """A star is no pattern, and letters beyond ASCII are not rewritten."""
    repository.write("acordo é *[1]/um.yaml", "a: 1\n")
    repository.commit(sla__one="b: 1\n")
    document = read_revision(Revision("HEAD"), repository.folder / "acordo é *[1]")

    assert document is not None
    assert {"a": 1} == document.values


def test_a_link_is_followed_inside_its_folder_alone(repository: Repository) -> None:
    repository.write("secret.txt", "s: 1\n")
    repository.write("sla/one.yaml", "a: 1\n")
    (repository.folder / "sla" / "zwei.yaml").symlink_to("one.yaml")
    within = repository.commit()
    (repository.folder / "sla" / "out.yaml").symlink_to("../secret.txt")
    outside = repository.commit()
    document = read_revision(Revision(within), repository.folder / "sla")

    assert document is not None
    assert ["key-in-two-files"] == [problem.kind for problem in document.problems]
    assert f"{outside}:sla/out.yaml is a link that leads out of its folder, and is not followed" == refusal(
        read_revision, outside, repository.folder / "sla"
    )


def test_limits_hold_for_old_files_too(repository: Repository) -> None:
    repository.write("big.yaml", "a: " + "x" * (5 * 1024 * 1024))
    repository.commit()
    (repository.folder / "latin.yaml").write_bytes("a: ção\n".encode("cp1252"))
    repository.commit()

    big, latin = (refusal(read_revision, "HEAD", repository.folder / name) for name in ("big.yaml", "latin.yaml"))

    assert "HEAD:big.yaml is over 5 MB" == big
    assert latin.startswith("HEAD:latin.yaml is not saved as UTF-8")


def test_the_base_is_where_the_branch_began(repository: Repository) -> None:
    """What was written on main since is no edit of this branch."""
    repository.commit(sla__one="a: 1\n")
    repository.git("switch", "--quiet", "--create", "change")
    repository.commit(sla__one="a: 2\n")
    repository.git("switch", "--quiet", "main")
    repository.commit(sla__one="a: 3\n")
    repository.git("switch", "--quiet", "change")
    base = read_base(Revision("main"), repository.folder / "sla")
    exact = read_revision(Revision("main"), repository.folder / "sla")

    assert base is not None
    assert exact is not None
    assert ({"a": 1}, {"a": 3}) == (base.values, exact.values)


@pytest.mark.parametrize("revision", ["nope", "-x", "--help", "HEAD~9", "v1.2", "main..HEAD", "a b"])
def test_an_unknown_revision_is_named(repository: Repository, revision: str) -> None:
    repository.commit(one="a: 1\n")

    assert (
        f"git does not know {revision} here: it is no branch, tag or commit; git branch --all lists the branches"
        == told(revision, repository.folder)
    )


def test_a_branch_that_was_not_fetched_is_told_with_the_command(repository: Repository) -> None:
    repository.commit(one="a: 1\n")
    repository.git("remote", "add", "origin", str(repository.folder))

    assert "git does not know origin/next here: fetch it with git fetch origin next" == told(
        "origin/next", repository.folder
    )


def test_a_shallow_clone_is_told_with_the_command(repository: Repository, tmp_path: Path) -> None:
    repository.commit(one="a: 1\n")
    repository.commit(one="a: 2\n")
    clone = tmp_path / "clone"
    address = f"file://{repository.folder}"
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", address, clone], check=True, capture_output=True)

    assert told("HEAD~1", clone).startswith(
        "git does not know HEAD~1 here, and only the newest commits are there: "
        "fetch the others with git fetch --unshallow origin (in GitHub Actions fetch-depth: 0, "
    )


def test_unrelated_history_is_compared_with_the_revision_itself(repository: Repository) -> None:
    """As in a clone that holds only the tips of two branches."""
    repository.commit(one="a: 1\n")
    repository.git("switch", "--quiet", "--orphan", "other")
    repository.commit(one="a: 2\n")
    base = read_base(Revision("main"), repository.folder)

    assert base is not None
    assert {"a": 1} == base.values


def test_a_folder_without_a_repository_is_told(tmp_path: Path) -> None:
    (tmp_path / "agreement.yaml").write_text("a: 1\n", encoding="utf-8")

    assert "is in no git repository, so there is no other version of it" in told("main", tmp_path / "agreement.yaml")


def test_a_machine_without_git_is_told(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))

    assert "another version of an agreement is read with git, which is not installed here: install git" == told(
        "main", repository.folder
    )


def test_a_git_that_says_nothing_is_told(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program of that name that does something else, and is content with it."""
    (tmp_path / "programs").mkdir()
    (tmp_path / "programs" / "git").write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    (tmp_path / "programs" / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'programs'}:/usr/bin:/bin")

    assert "git does not answer as git does: which git names the program" == told("main", repository.folder)


def test_a_missing_path_is_told(tmp_path: Path) -> None:
    assert told("main", tmp_path / "nowhere").startswith("there is no file or folder ")


def test_inside_a_hook_the_path_decides_which_repository_is_read(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There git names its own folder, as seen from where it runs."""
    repository.commit(sla__one="a: 1\n")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    base = read_base(Revision("HEAD"), repository.folder / "sla")

    assert base is not None
    assert {"a": 1} == base.values
