"""An agreement as it stood at a git revision: for what was edited since, and for comparing two versions.

Only reads, and only through git itself, so that every way to name a revision works as its users know it.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from checker.errors import UnreadableInput, WrongUsage
from checker.message import Message, Written, say
from checker.text.document import Document
from checker.text.file import read_text
from checker.text.folder import ENDING, MOST_MEGABYTES, decode, shown_path

PREFIX = "git:"
_WHICH = Written("which git")
_PARTS = re.compile(r"(?P<revision>(?:[^:{]|\{[^}]*\})+)(?::(?P<path>.*))?\Z", re.DOTALL)
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
_LINK, _FILE = "120000", ("100644", "100755")


@dataclass(frozen=True, slots=True)
class Revision:
    """A git revision, and the path in the repository that is read there; without one, that of the working files."""

    name: str
    path: str | None = None

    @classmethod
    def parse(cls, text: str) -> Revision:
        """Reads `main`, `git:main`, `v1.2:sla/` or `git:v1.2:sla/`. Raises WrongUsage."""
        parts = _PARTS.match(text.removeprefix(PREFIX))
        if parts is None:
            raise WrongUsage(
                say(
                    "{text} names no revision: write a branch, a tag or a commit, as in {example}",
                    text=Written(text or '""'),
                    example=Written("origin/main"),
                )
            )
        return cls(parts["revision"], parts["path"] or None)


class _Entry(NamedTuple):
    """What a folder of the repository holds under a name."""

    name: str
    mode: str
    kind: str
    blob: str
    size: int


def read_revision(revision: Revision, path: Path) -> Document | None:
    """The agreement at `path` (a file or folder of the working copy) as it was at a revision; None where it was not
    there yet. `revision.path` counts from the top of the repository.

    Raises WrongUsage for a revision that is not known, UnreadableInput where there is no git or no repository, or what
    stood there breaks a limit: each says what to do.
    """
    return _Repository(path).read(revision, revision.name)


def read_base(revision: Revision, path: Path) -> Document | None:
    """As `read_revision`, but where the working copy parted from that revision: what others have written on a branch
    since is nobody's edit here. Where the history does not reach back so far, the revision itself.
    """
    repository = _Repository(path)
    return repository.read(revision, repository.parted_from(revision))


class _Repository:
    """The repository that holds a path of the working copy."""

    def __init__(self, path: Path) -> None:
        """Raises UnreadableInput where there is none, or no git."""
        if not os.path.lexists(path):
            raise UnreadableInput(say("there is no file or folder {path}", path=Written(shown_path(path))))
        self._path = path
        # a link is read where it stands in the repository, not where it leads
        self._folder = path if path.is_dir() else path.absolute().parent
        done = self._git("rev-parse", "--show-toplevel", "--show-prefix")
        if done.returncode:
            raise UnreadableInput(self._no_repository(done))
        answered = done.stdout.decode("utf-8", "surrogateescape").split("\n")
        if len(answered) < 2:
            raise UnreadableInput(say("git does not answer as git does: {command} names the program", command=_WHICH))
        self._prefix = answered[1]

    def parted_from(self, revision: Revision) -> str:
        """The newest commit that both the working copy and a revision have behind them, else the revision."""
        self._check(revision)
        done = self._git("merge-base", "HEAD", revision.name)
        return (done.stdout.decode().strip() if done.returncode == 0 else "") or revision.name

    def read(self, revision: Revision, commit: str) -> Document | None:
        """What stood at a commit under the revision's path; messages call it by the revision's name."""
        self._check(revision)
        whole = self._inside(revision)
        found = self._listed(commit, whole) if whole else []
        is_file = bool(found) and found[0].kind != "tree"
        if is_file:
            entries = files = found
        else:
            entries = self._listed(commit, f"{whole}/" if whole else "") if found or not whole else []
            files = [entry for entry in entries if entry.name.endswith(ENDING) and not entry.name.startswith(".")]
        called = [
            f"{revision.name}:{whole if is_file else f'{whole}/{entry.name}'.removeprefix('/')}" for entry in files
        ]
        texts = self._texts(files, {entry.name: entry for entry in entries}, called)
        if not files and revision.path is not None:
            raise WrongUsage(
                say(
                    "there is no agreement at {path} in {revision}: the path counts from the top of the repository",
                    path=Written(whole or "."),
                    revision=Written(revision.name),
                )
            )
        read = [read_text(decode(text, name), name) for text, name in zip(texts, called, strict=True)]
        return Document(read) if read else None

    def _inside(self, revision: Revision) -> str:
        """The path from the top of the repository, without a slash at its end; empty for the top itself."""
        if revision.path is not None:
            return revision.path.removeprefix("./").strip("/").removeprefix(".")
        name = "" if self._path.is_dir() else self._path.name
        return (self._prefix + name).strip("/")

    def _texts(self, files: Sequence[_Entry], beside: Mapping[str, _Entry], called: Sequence[str]) -> list[bytes]:
        """What some files hold. A link is followed inside its folder."""
        links = [entry.blob for entry in files if entry.mode == _LINK]
        targets = dict(zip(links, self._blobs(links), strict=True))
        real = []
        for entry, name in zip(files, called, strict=True):
            if entry.mode == _LINK:
                entry = beside.get(targets[entry.blob].decode("utf-8", "replace"), entry)
            if entry.mode not in _FILE:
                raise UnreadableInput(
                    say("{path} is a link that leads out of its folder, and is not followed", path=Written(name))
                )
            if entry.size > MOST_MEGABYTES * 1024 * 1024:
                raise UnreadableInput(say("{path} is over {most} MB", path=Written(name), most=MOST_MEGABYTES))
            real.append(entry.blob)
        return self._blobs(real)

    def _blobs(self, names: Sequence[str]) -> list[bytes]:
        """What git keeps under some names."""
        if not names:
            return []
        data = self._git("cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode()).stdout
        blobs = []
        for name in names:
            head, _, data = data.partition(b"\n")
            size = head.rpartition(b" ")[2]
            if not size.isdigit():
                raise UnreadableInput(
                    say(
                        "git has no copy of {name} here: fetch everything with {command}",
                        name=Written(name),
                        command=Written("git fetch --refetch origin"),
                    )
                )
            blobs.append(data[: int(size)])
            data = data[int(size) + 1 :]
        return blobs

    def _listed(self, commit: str, path: str) -> list[_Entry]:
        """What a commit holds at a path; what the folder holds where the path ends with a slash or is empty."""
        literal = ["--", path] if path else []
        done = self._git("ls-tree", "--long", "-z", "--full-tree", commit, *literal)
        entries = []
        for line in done.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]:
            head, _, name = line.partition("\t")
            mode, kind, blob, size = head.split()
            entries.append(_Entry(name.rpartition("/")[2], mode, kind, blob, int(size) if size.isdigit() else 0))
        return entries

    def _check(self, revision: Revision) -> None:
        """Raises WrongUsage for a revision that this repository does not know."""
        name = revision.name
        done = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        if done.returncode == 0:
            return
        if self._git("rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
            raise WrongUsage(
                say(
                    "git does not know {revision} here, and only the newest commits are there: fetch the others with "
                    "{command} (in GitHub Actions {actions}, in GitLab {gitlab})",
                    revision=Written(name),
                    command=Written("git fetch --unshallow origin"),
                    actions=Written("fetch-depth: 0"),
                    gitlab=Written("GIT_DEPTH: 0"),
                )
            )
        remote, _, branch = name.partition("/")
        if branch and remote in self._git("remote").stdout.decode().split():
            raise WrongUsage(
                say(
                    "git does not know {revision} here: fetch it with {command}",
                    revision=Written(name),
                    command=Written(f"git fetch {remote} {branch}"),
                )
            )
        raise WrongUsage(
            say(
                "git does not know {revision} here: it is no branch, tag or commit; {command} lists the branches",
                revision=Written(name),
                command=Written("git branch --all"),
            )
        )

    def _no_repository(self, done: subprocess.CompletedProcess[bytes]) -> Message:
        said = done.stderr.decode("utf-8", "replace")
        path = Written(shown_path(self._path))
        if "dubious ownership" in said:
            return say(
                "{path} belongs to somebody else, so git does not read it: allow it with {command}",
                path=path,
                command=Written(f"git config --global --add safe.directory {self._folder.resolve()}"),
            )
        if "not a git repository" in said:
            return say(
                "{path} is in no git repository, so there is no other version of it: leave the revision out, or run "
                "this inside the repository",
                path=path,
            )
        return say("git cannot read {path}: {reason}", path=path, reason=Written(_last_line(done.stderr)))

    def _git(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        # inside a hook git tells its own place, which is not where this path is looked at from
        inherited = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
        environment = inherited | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
        command = ["git", "--literal-pathspecs", "-C", str(self._folder), *arguments]
        try:
            return subprocess.run(command, capture_output=True, check=False, input=given, env=environment)
        except FileNotFoundError:
            raise UnreadableInput(
                say("another version of an agreement is read with git, which is not installed here: install git")
            ) from None


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].removeprefix("fatal: ") if lines else "?"
