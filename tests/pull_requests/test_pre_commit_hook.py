"""The hook for other repositories, run by pre-commit itself in a repository that holds an agreement."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from pre_commit.clientlib import load_manifest

from tests.conftest import ROOT
from tests.pull_requests.runner import PROGRAMS, git, quiet_environment
from tests.reference import edited_reference

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
TYPO = ("people.yaml", "role: director", "rolle: director")


def commit(folder: Path, offered: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Tries to commit the folder, whose hook comes from the repository `offered`.

    pre-commit would make an environment of its own and install the project there, which needs the network; the
    environment at hand takes its place (`language: system`), and all else is as the hook says.
    """
    revision = git(offered, "rev-parse", "HEAD")
    hook = "{id: sla-validate, language: system, additional_dependencies: []" + "".join(more) + "}"
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {offered}\n    rev: {revision}\n    hooks: [{hook}]\n", encoding="utf-8"
    )
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    return subprocess.run(
        [PROGRAMS / "pre-commit", "run", "--color=never"],
        cwd=folder,
        env=quiet_environment() | {"PRE_COMMIT_HOME": str(offered.parent / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def offered(tmp_path: Path) -> Path:
    """This repository as pre-commit clones it: all that it looks at is the manifest."""
    folder = tmp_path / "offered"
    folder.mkdir()
    shutil.copy(MANIFEST, folder)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "The hook")
    return folder


def test_the_manifest_is_one_that_pre_commit_reads() -> None:
    """With the command, the language, and the part that knows public holidays."""
    [hook] = load_manifest(str(MANIFEST))

    assert ("sla-validate", "sla validate", "python", [".[check]"]) == (
        hook["id"],
        hook["entry"],
        hook["language"],
        hook["additional_dependencies"],
    )


def test_a_consistent_agreement_may_be_committed(tmp_path: Path, offered: Path) -> None:
    folder = edited_reference(tmp_path / "mine").parent
    done = commit(folder, offered)

    assert 0 == done.returncode, done.stdout + done.stderr
    assert "Passed" in done.stdout


def test_an_inconsistent_one_may_not_and_the_line_is_shown(tmp_path: Path, offered: Path) -> None:
    folder = edited_reference(tmp_path / "mine", TYPO).parent
    done = commit(folder, offered)

    assert 1 == done.returncode
    assert "sla/people.yaml:4:49: error[SLA020] rolle is not a word of this format; did you mean role?" in done.stdout


def test_other_files_do_not_wake_it(tmp_path: Path, offered: Path) -> None:
    """Once the agreement is committed, a commit that leaves it alone is not judged."""
    folder = edited_reference(tmp_path / "mine", TYPO).parent
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "An agreement with a typo")
    (folder / "readme.txt").write_text("hello\n", encoding="utf-8")
    done = commit(folder, offered)

    assert 0 == done.returncode
    assert "Skipped" in done.stdout


def test_an_agreement_may_stand_elsewhere(tmp_path: Path, offered: Path) -> None:
    """Said by `args` and `files`, as the how-to shows."""
    folder = edited_reference(tmp_path / "mine", TYPO).parent
    (folder / "sla").rename(folder / "contract")
    done = commit(folder, offered, ", args: [contract], files: ^contract/")

    assert 1 == done.returncode
    assert "contract/people.yaml:4:49: error[SLA020]" in done.stdout
