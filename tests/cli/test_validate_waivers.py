"""`sla validate` with waivers: what is shown, what is counted, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.console import sla
from tests.reference import edited_reference

Capsys = pytest.CaptureFixture[str]
WAIVER = "# sla: waive[SLA108] until 2027-06-30 the new form comes in May"


def with_fax(folder: Path, remark: str) -> Path:
    return edited_reference(folder, ("data.yaml", "  email: {", f"  fax: {{is: text}} {remark}\n  email: {{"))


def test_a_waived_finding_never_fails_a_run_and_is_told_in_short(tmp_path: Path, capsys: Capsys) -> None:
    folder = with_fax(tmp_path, WAIVER)
    ended = sla(capsys, "validate", str(folder), "--fail-on", "warning")
    shown = ended.out.splitlines()[:3]

    assert 0 == ended.code
    assert [
        "1 finding is waived:",
        f"  {folder}/data.yaml:{_line(folder)}:3: warning[SLA108] nothing uses the field fax",
        "     waived until 30 June 2027: the new form comes in May",
    ] == shown
    assert ", no findings but those waived (" in ended.out.splitlines()[-1]


def _line(folder: Path) -> int:
    lines = (folder / "data.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith("  fax"))


def test_it_is_in_the_json_with_its_reason(tmp_path: Path, capsys: Capsys) -> None:
    ended = sla(capsys, "validate", str(with_fax(tmp_path, WAIVER)), "--format", "json")
    found = json.loads(ended.out)

    assert {"error": 0, "warning": 0, "info": 0, "waived": 1} == {
        key: found["summary"][key] for key in ("error", "warning", "info", "waived")
    }
    assert [{"reason": "the new form comes in May", "until": "2027-06-30"}] == [
        finding["waived"] for finding in found["findings"]
    ]


def test_a_day_later_it_counts_again(tmp_path: Path, capsys: Capsys) -> None:
    folder = with_fax(tmp_path, WAIVER.replace("2027-06-30", "2027-03-31"))
    last, next_day = (
        sla(capsys, "validate", str(folder), "--fail-on", "warning", "--as-of", day)
        for day in ("2027-03-31", "2027-04-01")
    )

    assert (0, 1) == (last.code, next_day.code)
    assert "warning[SLA733] this waiver held until 31 March 2027: SLA108 counts again" in next_day.out
    assert "0 errors, 2 warnings" in next_day.out.splitlines()[-1]


@pytest.mark.parametrize(
    ("remark", "expected"),
    [
        (
            "# sla: waive[SLA108] until 2027-06-30",
            "error[SLA730] a waiver needs a reason, for those who read it later: write it behind the date",
        ),
        (
            "# sla: waive[SLA108] the new form comes in May",
            "error[SLA730] a waiver needs the last day on which it holds, behind its brackets",
        ),
        (
            "# sla: waive[SLA108] until 2027-06-31 the new form comes in May",
            "error[SLA730] 2027-06-31 is on no calendar",
        ),
        ("# sla: waive[SLA188] until 2027-06-30 the new form comes in May", "error[SLA731] there is no rule SLA188"),
        (
            "# sla:waive[SLA108] until 2027-06-30 the new form comes in May",
            "error[SLA730] this looks like a waiver, but does not count as one",
        ),
        (
            "#sla: waiv[SLA108] until 2027-06-30 the new form comes in May",
            "error[SLA730] this looks like a waiver, but does not count as one",
        ),
        (
            "# sla: waive[SLA020] until 2027-06-30 the new form comes in May",
            "error[SLA732] SLA020 is about reading the agreement and cannot be waived: mend the line",
        ),
    ],
)
def test_a_slip_in_a_waiver_is_an_error_at_its_place(
    tmp_path: Path, capsys: Capsys, remark: str, expected: str
) -> None:
    folder = with_fax(tmp_path, remark)
    ended = sla(capsys, "validate", str(folder))
    places = [line.partition(": ")[0].rpartition(":")[0] for line in ended.out.splitlines() if expected in line]

    assert 1 == ended.code
    assert [f"{folder}/data.yaml:{_line(folder)}"] == places


def test_a_slip_in_a_waiver_is_mended(tmp_path: Path, capsys: Capsys) -> None:
    folder = with_fax(tmp_path, "#sla: waiv[SLA108] until 2027-06-30 the new form comes in May")
    ended = sla(capsys, "validate", str(folder), "--fix", "--fail-on", "warning")

    assert 0 == ended.code
    assert f"  fax: {{is: text}} {WAIVER}\n" in (folder / "data.yaml").read_text(encoding="utf-8")
