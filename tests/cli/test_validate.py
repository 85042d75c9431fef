"""`sla validate`: findings, formats, exit codes, and one clear error for each bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.console import Ended, in_a_process, sla
from tests.conftest import ROOT
from tests.reference import FOLDER, edited_reference

Capsys = pytest.CaptureFixture[str]
TYPO = ("people.yaml", "role: director", "rolle: director")
WARNING = ("data.yaml", "  email: {", "  fax: {is: text}\n  email: {")


def test_a_consistent_agreement_ends_with_0(capsys: Capsys) -> None:
    ended = sla(capsys, "validate", str(FOLDER))

    assert (0, "") == (ended.code, ended.err)
    assert ended.out.startswith(f"{FOLDER} is consistent: ")


def test_a_typo_in_a_key_ends_with_1_and_shows_the_line(tmp_path: Path, capsys: Capsys) -> None:
    folder = edited_reference(tmp_path, TYPO)
    ended = sla(capsys, "validate", str(folder))
    expected = f"""\
{folder}/people.yaml:4:49: error[SLA020] rolle is not a word of this format; did you mean role?

    4 |   helena: {{name: Helena Prado, team: marketing, rolle: director}}
      |                                                 ^^^^^

   why this rule: sla explain SLA020, or https://smarketing-sla.example/rules/text-and-format/#SLA020
"""

    assert (1, "") == (ended.code, ended.err)
    assert ended.out.startswith(expected)
    assert ended.out.splitlines()[-1].startswith(f"1 error, 0 warnings in {folder} (")


@pytest.mark.parametrize(
    ("edit", "limit", "expected"),
    [
        (WARNING, "error", 0),
        (WARNING, "warning", 1),
        (WARNING, "info", 1),
        (WARNING, "never", 0),
        (TYPO, "error", 1),
        (TYPO, "never", 0),
    ],
)
def test_the_limit_decides_the_exit_code(
    tmp_path: Path, capsys: Capsys, edit: tuple[str, str, str], limit: str, expected: int
) -> None:
    folder = edited_reference(tmp_path, edit)

    assert expected == sla(capsys, "validate", str(folder), "--fail-on", limit).code


def test_the_limit_info_asks_for_every_note(capsys: Capsys) -> None:
    ended = sla(capsys, "validate", str(FOLDER), "--fail-on", "info", "--format", "json")

    assert 1 == ended.code
    assert {"SLA307", "SLA609", "SLA805"} == {finding["code"] for finding in json.loads(ended.out)["findings"]}


def test_several_formats_at_once(tmp_path: Path, capsys: Capsys) -> None:
    file = tmp_path / "build" / "findings.json"
    ended = sla(capsys, "validate", str(FOLDER), "--format", f"json={file}", "--format", "text")

    assert ended.out.startswith(f"{FOLDER} is consistent")
    assert "findings/v1" == json.loads(file.read_text(encoding="utf-8"))["format"]


def test_output_is_the_file_of_the_format_without_one(tmp_path: Path, capsys: Capsys) -> None:
    ended = sla(capsys, "validate", str(FOLDER), "--output", str(tmp_path / "out.txt"))

    assert (0, "") == (ended.code, ended.out)
    assert "is consistent" in (tmp_path / "out.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--format", "xml"], "there is no format xml; known: text, json"),
        (["--format", "json="], "a file name is missing behind json="),
        (["--format", "json", "--format", "text"], "give json and text a file"),
        (["--format", "json=x.json", "--output", "y.json"], "--output is for the format without a file"),
        (["--format", "json=x.out", "--format", "sarif=./x.out"], "json and sarif want the same file x.out"),
        (["--as-of", "1 March"], "1 March is no date; write it as 2027-03-01"),
        (["--fail-on", "hint"], "--fail-on: there is no “hint” here; write error, warning"),
        (["--formt", "json"], "there is no option --formt; did you mean --format?"),
        (["--lang", "de"], "--lang: there are no words in the language “de”; write en, pt-BR, es, it or pl"),
    ],
)
def test_a_wrong_option_ends_with_2_and_says_what_is_known(capsys: Capsys, arguments: list[str], error: str) -> None:
    ended = sla(capsys, "validate", str(FOLDER), *arguments)

    assert (2, "") == (ended.code, ended.out)
    assert error in ended.err


def test_a_day_may_be_given(capsys: Capsys) -> None:
    assert 0 == sla(capsys, "validate", str(FOLDER), "--as-of", "2027-03-01").code


def test_a_file_that_is_not_there_ends_with_3(capsys: Capsys) -> None:
    ended = sla(capsys, "validate", "nowhere.yaml")

    assert (3, "", "sla: there is no file or folder nowhere.yaml\n") == ended


def test_a_folder_without_an_agreement_ends_with_3(tmp_path: Path, capsys: Capsys) -> None:
    ended = sla(capsys, "validate", str(tmp_path))

    assert (3, f"sla: the folder {tmp_path} holds no file whose name ends with .yaml\n") == (ended.code, ended.err)


def test_a_file_in_another_encoding_ends_with_3_and_says_where(tmp_path: Path, capsys: Capsys) -> None:
    file = tmp_path / "agreement.yaml"
    file.write_bytes("format: sla/v1\nagreement: Acordo de ção\n".encode("cp1252"))
    ended = sla(capsys, "validate", str(file))

    assert 3 == ended.code
    assert ended.err.startswith(f"sla: {file}:2:22: {file} is not saved as UTF-8")


def test_a_web_page_is_no_agreement(tmp_path: Path, capsys: Capsys) -> None:
    file = tmp_path / "agreement.yaml"
    file.write_text("<!DOCTYPE html>\n<html><body>Sign in</body></html>\n", encoding="utf-8")
    ended = sla(capsys, "validate", str(file))

    assert 1 == ended.code
    assert "error[SLA011]" in ended.out
    assert ended.out.splitlines()[-1].startswith("1 error, 0 warnings")


def test_a_text_that_is_not_yaml_is_findings(tmp_path: Path, capsys: Capsys) -> None:
    file = tmp_path / "agreement.yaml"
    file.write_text("format: sla/v1\nagreement: Ours\nstages:\n  lead: {team: marketing\n]\n", encoding="utf-8")
    ended = sla(capsys, "validate", str(file))

    assert (1, "") == (ended.code, ended.err)
    assert "error[SLA001]" in ended.out


def test_messages_come_in_the_language_that_is_asked_for(capsys: Capsys) -> None:
    english = sla(capsys, "validate", str(FOLDER), "--lang", "en")

    assert english == sla(capsys, "validate", str(FOLDER))


def test_the_default_is_the_folder_sla() -> None:
    ended = in_a_process("validate")

    assert (0, "") == (ended.code, ended.err)
    assert ended.out.startswith("sla is consistent: ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only where there is /dev/full")
@pytest.mark.parametrize("where", ["> /dev/full", "--output /dev/full"])
def test_a_full_disk_ends_with_3_and_one_line(where: str) -> None:
    ended = in_a_process("validate", shell=where)

    assert 3 == ended.code
    assert ["No space left on device"] == [line.rpartition(": ")[2] for line in ended.err.splitlines()]


def test_a_reader_who_leaves_early_hears_no_complaint() -> None:
    ended = in_a_process("validate", "--format", "json", shell="| true")

    assert "" == ended.err


def test_no_colour_reaches_a_file(tmp_path: Path) -> None:
    ended = in_a_process("validate", str(edited_reference(tmp_path, TYPO)))

    assert "\x1b" not in ended.out


# ---------------------------------------------------------------- proofs

WITHOUT_SOLVER = "import sys; sys.modules['z3'] = None; from checker.cli.main import main; main()"
"""Starts the command on a machine where the solver cannot be imported."""
SEVEN_LOSSES = (
    "stages.yaml",
    "  lost: {when: {last_visit: at least 30 days}, points: 10}\n",
    "  lost:\n"
    + "".join(f"    - {{when: {{last_visit: at least {days} days}}, points: 1}}\n" for days in range(30, 37)),
)


TOO_FEW_POINTS = (
    "stages.yaml",
    "      - points: at least 30\n",
    "      - points: at least 30\n      - points: less than 20\n",
)
NO_REST = (
    "stages.yaml",
    "  - {otherwise: yes, rank: cold",
    "  - {when: {phone: known}, rank: cool}\n  - {when: {phone: not known}, rank: cold",
)
"""A ranking that leaves nobody out, as only the solver can tell."""


def without_solver(*arguments: str) -> Ended:
    command = [sys.executable, "-c", WITHOUT_SOLVER, "validate", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=60)
    return Ended(done.returncode, done.stdout, done.stderr)


def test_without_the_solver_everything_else_is_checked_and_the_skipped_proofs_are_counted(tmp_path: Path) -> None:
    folder = edited_reference(tmp_path, NO_REST)
    ended = without_solver(str(folder))

    assert (0, "") == (ended.code, ended.err)
    assert "1 skipped" in ended.out
    assert f"{folder} is consistent: " in ended.out


def test_required_proofs_fail_the_run_where_the_solver_is_missing(tmp_path: Path) -> None:
    ended = without_solver(str(edited_reference(tmp_path, NO_REST)), "--require-proofs", "--format", "json")
    [finding] = json.loads(ended.out)["findings"]

    assert (1, "") == (ended.code, ended.err)
    assert ("SLA399", "error") == (finding["code"], finding["severity"])
    assert "1 proof about criteria is required and was not made" == finding["message"]
    assert 'pip install "z3-solver"' in finding["note"]


def test_required_proofs_pass_where_all_were_made(tmp_path: Path, capsys: Capsys) -> None:
    ended = sla(capsys, "validate", str(edited_reference(tmp_path, NO_REST)), "--require-proofs", "--format", "json")
    proofs = json.loads(ended.out)["summary"]["proofs"]

    assert 0 == ended.code
    assert proofs["held"] > 30
    assert (0, 0) == (proofs["unknown"], proofs["skipped"])


@pytest.mark.parametrize(("options", "severity", "code"), [((), "warning", 0), (("--require-proofs",), "error", 1)])
def test_what_is_not_proved_is_a_warning_unless_proofs_are_required(
    tmp_path: Path, capsys: Capsys, options: tuple[str, ...], severity: str, code: int
) -> None:
    """Points that are lost for seven reasons are not tried, unless a lead is easily guessed."""
    folder = edited_reference(tmp_path, SEVEN_LOSSES, TOO_FEW_POINTS)
    ended = sla(capsys, "validate", str(folder), "--format", "json", *options)
    report = json.loads(ended.out)

    assert {("SLA399", severity)} == {(finding["code"], finding["severity"]) for finding in report["findings"]}
    assert report["summary"]["proofs"]["unknown"] > 0
    assert code == ended.code


def test_what_can_be_proved_is_judged_beside_what_cannot(tmp_path: Path, capsys: Capsys) -> None:
    both = ("stages.yaml", "      - accepted: yes\n", "      - accepted: yes\n      - accepted: no\n")
    ended = sla(
        capsys, "validate", str(edited_reference(tmp_path, SEVEN_LOSSES, TOO_FEW_POINTS, both)), "--format", "json"
    )

    assert {"SLA399", "SLA301"} == {finding["code"] for finding in json.loads(ended.out)["findings"]}
