"""What people install: the same bytes each time, and all that the tutorial asks of it where nothing else is."""

from __future__ import annotations

import os
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import IN_CI, ROOT
from tests.docs.code_blocks import follow, type_in
from tools.distribution import NoIndex, build, builder, environment

MOMENT = 1_800_000_000


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[list[Path]]:
    """Both archives, built twice at different times in different folders."""
    folder = tmp_path_factory.mktemp("builds")
    python = _or_skip(lambda: builder(folder / "builder"))
    return [build(python, folder / name, MOMENT) for name in ("first", "second")]


@pytest.fixture(scope="module")
def installed(built: list[list[Path]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the wheel, and what it asks for, alone."""
    wheel = next(file for file in built[0] if file.suffix == ".whl")
    return _or_skip(lambda: environment(tmp_path_factory.mktemp("empty") / "env", f"{wheel}[all]"))


def _or_skip(make: Callable[[], Path]) -> Path:
    try:
        return make()
    except NoIndex as error:
        reason = f"no package index can be reached: {error}"
        if IN_CI:
            pytest.fail(reason)
        pytest.skip(reason)


def test_two_builds_are_the_same(built: list[list[Path]]) -> None:
    first, second = ({file.name: sha256(file.read_bytes()).hexdigest() for file in files} for files in built)

    assert first == second
    assert [".gz", ".whl"] == sorted(Path(name).suffix for name in first)


def test_the_wheel_holds_the_package_and_no_more(built: list[list[Path]]) -> None:
    wheel = next(file for file in built[0] if file.suffix == ".whl")
    names = zipfile.ZipFile(wheel).namelist()

    assert {"checker"} == {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert {"checker/py.typed", "checker/samples/agreement/agreement.yaml"} <= set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any("__pycache__" in name or name.endswith(".po~") for name in names)


def test_the_sdist_can_be_tested(built: list[list[Path]]) -> None:
    """It holds the tests, the documentation and what builds it."""
    sdist = next(file for file in built[0] if file.name.endswith(".tar.gz"))
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert {"pyproject.toml", "Makefile", "tests/conftest.py", "docs/tutorial.md", "sla/agreement.yaml"} <= names
    assert not any(name.startswith((".git/", ".venv/", "build/")) for name in names)


def test_the_tutorial_goes_as_it_tells_with_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    follow(ROOT / "docs" / "tutorial.md", tmp_path, installed)


def test_a_new_agreement_from_an_empty_folder_to_its_pages(installed: Path, tmp_path: Path) -> None:
    """`sla init`, an edit, `sla validate`, `sla check` on an export, `mkdocs build`."""

    def typed(command: str, *codes: int) -> str:
        done = type_in(tmp_path / "ours" if (tmp_path / "ours").is_dir() else tmp_path, command, installed)
        assert done.returncode in codes, f"{command}\n{done.stdout}"
        return done.stdout

    (tmp_path / "leads.csv").write_text(_export(), encoding="utf-8")
    typed("sla init ours --from leads.csv --timezone Europe/Warsaw --country PL --currency EUR --name Ours", 0)
    agreement = tmp_path / "ours" / "sla"
    files = sorted(agreement.glob("*.yaml"))
    text = next(file for file in files if "agreement: Ours" in file.read_text(encoding="utf-8"))
    text.write_text(text.read_text(encoding="utf-8").replace("agreement: Ours", "agreement: Ours, edited"), "utf-8")

    assert "Ours, edited" in typed("sla check --data lead=../leads.csv", 0, 1, 3) + typed("sla changelog", 0, 3)
    typed("sla validate", 0)
    typed("mkdocs build --strict", 0)
    assert " - Ours</title>" in (tmp_path / "ours" / "site" / "index.html").read_text(encoding="utf-8")


def _export() -> str:
    rows = [
        f"L{n},Google,2027-0{1 + n % 3}-{1 + n % 27:02d} 08:00:00,2027-0{1 + n % 3}-{1 + n % 27:02d} 10:00:00,"
        f"2027-0{1 + n % 3}-{1 + n % 27:02d} 11:00:00"
        for n in range(60)
    ]
    return "\n".join(["Lead ID,Lead source,Create date,Became MQL date,First contact date", *rows]) + "\n"


def test_the_wheel_brings_no_more_than_it_says(installed: Path) -> None:
    """`sla` runs without the tests' packages: none of them is installed."""
    asked = "import importlib.util as u; print([n for n in ('pytest', 'hypothesis', 'playwright') if u.find_spec(n)])"
    done = subprocess.run([str(installed), "-c", asked], capture_output=True, text=True, check=True, env=_bare())

    assert "[]" == done.stdout.strip()


def _bare() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
