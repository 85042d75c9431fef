"""What is waived is published: what is reported, why it is accepted, until when, and the line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checker.site.checked import Refused, checked_pages
from checker.site.contents import SiteFiles
from checker.site.page import Page
from checker.verdict import Results
from tests.reference import edited_reference
from tests.site.hostile import ATTACKS, is_seen
from tests.site.made_up import results
from tests.site.markup import rendered

WAIVER = "# sla: waive[SLA108] until 2027-06-30 {}"


def with_fax(folder: Path, reason: str, *more: tuple[str, str, str]) -> Path:
    return edited_reference(
        folder, ("data.yaml", "  email: {", f"  fax: {{is: text}} {WAIVER.format(reason)}\n  email: {{"), *more
    )


def data_page(root: Path, judged: Results | None = None, language: str = "en") -> Page:
    file = root / "results.json"
    if judged is not None:
        file.write_text(judged.model_dump_json(), encoding="utf-8")
    return next(page for page in checked_pages(SiteFiles(root, results=file.name), language) if page.path == "data.md")


def text_of(page: Page) -> str:
    return " ".join(rendered(page.markdown).text.split())


@pytest.mark.parametrize("judged", [None, results()], ids=["without results", "with results"])
def test_what_is_waived_stands_on_the_page_about_the_data(tmp_path: Path, judged: Results | None) -> None:
    folder = with_fax(tmp_path, "the new form comes in May")
    lines = (folder / "data.yaml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text.startswith("  fax"))
    page = data_page(tmp_path, judged)
    text = text_of(page)

    assert "Accepted for a while" in text
    assert f"SLA108 the new form comes in May 30 June 2027 sla/data.yaml, line {line}" in text
    assert f'href="line:sla/data.yaml#{line}"' in page.markdown


def test_a_day_that_has_passed_at_the_cut_off_is_marked(tmp_path: Path) -> None:
    """The pages are still built: what is over is for `sla validate --as-of` to refuse."""
    folder = with_fax(tmp_path, "the new form comes in May")
    file = folder / "data.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2027-06-30", "2027-02-28"), encoding="utf-8")

    assert "this day has passed" not in text_of(data_page(tmp_path))
    assert "28 February 2027 this day has passed" in text_of(data_page(tmp_path, results()))


def test_without_waivers_there_is_no_such_section(tmp_path: Path) -> None:
    edited_reference(tmp_path)

    assert "Accepted for a while" not in text_of(data_page(tmp_path, results()))


def test_a_waived_error_does_not_keep_the_pages_back(tmp_path: Path) -> None:
    """An error without a waiver does."""
    edit = ("plan.yaml", "average_deal: R$ 30000", "average_deal: R$ 31000")
    folder = edited_reference(tmp_path, edit)
    with pytest.raises(Refused) as refused:
        data_page(tmp_path)
    for place in str(refused.value).splitlines():
        file, line, rest = place.split(":", 2)
        code = rest.split()[1]
        path = tmp_path / file
        lines = path.read_text(encoding="utf-8").splitlines()
        lines[int(line) - 1] += f" # sla: waive[{code}] until 2027-06-30 finance decides in May"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    assert "finance decides in May" in text_of(data_page(tmp_path))
    shutil.rmtree(folder)


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if is_seen(attack)])
def test_a_reason_is_only_ever_a_text(tmp_path: Path, attack: str) -> None:
    """Whatever somebody writes there, it makes no element, link or handler."""
    with_fax(tmp_path, f"why {attack} # end")
    plain = rendered(data_page(_other(tmp_path)).markdown)
    outline = rendered(data_page(tmp_path).markdown)

    assert [tag for tag, _ in plain.elements] == [tag for tag, _ in outline.elements]
    assert [sorted(attributes) for _, attributes in plain.elements] == [
        sorted(attributes) for _, attributes in outline.elements
    ]


def _other(folder: Path) -> Path:
    """The same with a plain reason."""
    other = folder / "plain"
    other.mkdir()
    with_fax(other, "why # end")
    return other
