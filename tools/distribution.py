"""`make dist`: the wheel and the sdist, made from what git knows, the same bytes each time.

    python -m tools.distribution [FOLDER]      dist/ by default

The tree is copied without what is ignored or made, into a folder of its own; the time in the archives is that of the
last commit (SOURCE_DATE_EPOCH, https://reproducible-builds.org/specs/source-date-epoch), else that of the environment.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]


class NoIndex(Exception):
    """What builds packages cannot be installed: no package index can be reached."""


def builder(folder: Path) -> Path:
    """An environment that holds what builds the package, as pyproject.toml names it; its Python. Raises NoIndex."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return environment(folder, *project["build-system"]["requires"])


def environment(folder: Path, *requirements: str) -> Path:
    """A fresh environment with some packages, of the versions that are pinned; its Python. Raises NoIndex."""
    venv.create(folder, with_pip=True, clear=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    pinned = ("--constraint", str(ROOT / "constraints.txt"))
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *pinned, *requirements]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoIndex(done.stderr.strip())
    return python


def build(python: Path, to: Path, moment: int | None = None) -> list[Path]:
    """Builds both archives into a folder with that Python; where they are. `moment` is the time that they bear."""
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        tree = Path(name) / "tree"
        _copy(tree)
        subprocess.run(
            [str(python), "-m", "hatchling", "build", "--target", "wheel", "--target", "sdist", "--directory", str(to)],
            cwd=tree,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(_moment() if moment is None else moment)},
            capture_output=True,
            check=True,
        )
    return sorted([*to.glob("*.whl"), *to.glob("*.tar.gz")])


def _copy(tree: Path) -> None:
    """What git knows, or would know, as it stands now."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for file in filter(None, listed.split("\0")):
        if (ROOT / file).is_file():
            (tree / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, tree / file)


def _moment() -> int:
    """Seconds since 1970 of the last commit, or what the environment says."""
    if written := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(written)
    last = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True)
    return int(last.stdout)


def main(to: str = "dist") -> int:
    """Builds, and prints a digest a file."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            python = builder(Path(folder) / "builder")
        except NoIndex as error:
            print(f"what builds the package cannot be installed: {error}", file=sys.stderr)
            return 1
        for file in build(python, ROOT / to):
            print(sha256(file.read_bytes()).hexdigest(), file.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
