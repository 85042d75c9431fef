"""A git repository in a folder of a test."""

from __future__ import annotations

import subprocess
from pathlib import Path


class Repository:
    """Commits what stands in a folder. Nothing of the user's own settings has a say."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        """Runs git; raises CalledProcessError where it fails."""
        settings = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false")
        command = ["git", *settings, *arguments]
        return subprocess.run(command, cwd=self.folder, check=True, capture_output=True, text=True).stdout

    def write(self, name: str, text: str) -> Path:
        """Writes a file of the working copy."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def commit(self, **files: str) -> str:
        """Writes files (`sla__people` is sla/people.yaml), commits all that stands there, and gives the commit."""
        for name, text in files.items():
            self.write(name.replace("__", "/") + ".yaml", text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "x")
        return self.git("rev-parse", "HEAD").strip()
