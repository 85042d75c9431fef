"""What the action says of a change: the whole comment, for consistent, inconsistent and purely editorial requests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from checker.finding import Severity
from checker.review.validate import validate_path
from checker.samples.funnel import write
from tests.pull_requests.request import EDIT, MORE_LEADS, GitHub, PullRequest
from tests.pull_requests.runner import git, job
from tests.reference import edited_reference

COMMENT = Path(__file__).parent / "comments" / "more-leads.md"
AS_OF: dict[str, Any] = {"as_of": "2027-03-01", "comment": "true"}

WHAT_FOLLOWS = ("targets.yaml", "2027-01 to 2027-03: 32", "2027-01 to 2027-03: 38")


@pytest.fixture
def github() -> Iterator[GitHub]:
    with GitHub() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_more_leads_than_sellers_can_take_is_the_kept_comment(tmp_path: Path, github: GitHub) -> None:
    """The whole run with the leads in the repository: comment, summary, artifact and exit code."""
    request = PullRequest(tmp_path, MORE_LEADS)
    write(request.folder / "data")
    git(request.folder, "add", "--all")
    done = request.run(api=github.address, preview="true", **AS_OF)
    [comment] = github.comments
    handed = done.used["Hand the preview over"]

    assert COMMENT.read_text(encoding="utf-8") == comment["body"]
    assert done.summary == comment["body"]
    assert 1 == done.code, done.log
    assert "agreement-preview" == handed["name"]
    assert {"comment.md", "changes.json", "findings.json", "findings.sarif"} <= {
        file.name for file in Path(handed["path"]).iterdir()
    }


def test_a_director_reads_it_in_the_order_in_which_one_decides() -> None:
    """What is promised, what it means, who has room, the two ways, the money, who is asked; details come last."""
    text = COMMENT.read_text(encoding="utf-8")
    wanted = [
        "Marketing promises 95 instead of 80 MQLs a month from January to March 2027",
        "475 leads instead of 400",
        "38 opportunities where 32 are written",
        "1.5 more customers a month from March to May 2027 where 8 are written",
        "Sellers have room, except in January 2027 (95 of 93)",
        "There are two ways to settle it",
        "1. keep 45",
        f"{EDIT}/sellers.yaml#L10): `23 a month` instead of `22 a month`",
        f"{EDIT}/sellers.yaml#L8): `32%` instead of `25%`",
        f"{EDIT}/targets.yaml#L21): `38` instead of `32`",
        "2. keep all other lines: at most 43 instead of 45",
        f"[edit this line]({EDIT}/targets.yaml#L7)",
        "No money was added, so each MQL must cost 16% less",
        "Asked to approve: Helena Prado (director of marketing) and Tomás Quintela (director of sales)",
    ]
    places = [text.find(piece) for piece in wanted]
    unfolded = re.sub(r"<details>.*?</details>", "", text, flags=re.DOTALL)

    assert -1 not in places, [piece for piece, place in zip(wanted, places, strict=True) if place < 0]
    assert sorted(places) == places
    assert [1] * len(wanted) == [unfolded.count(piece) for piece in wanted]


@pytest.mark.parametrize(
    "way",
    [
        [
            ("sellers.yaml", "22 a month", "23 a month"),
            ("targets.yaml", "2027-01 to 2027-03: 32", "2027-01 to 2027-03: 38"),
        ],
        [
            ("sellers.yaml", "ramp: [25%", "ramp: [32%"),
            ("targets.yaml", "2027-01 to 2027-03: 32", "2027-01 to 2027-03: 38"),
        ],
        [("targets.yaml", "2027-01 to 2027-03: 45", "2027-01 to 2027-03: 43")],
    ],
)
def test_each_way_that_it_names_settles_it(tmp_path: Path, way: list[tuple[str, str, str]]) -> None:
    """The oracle of the choices: written as they say, the agreement has no error."""
    edited_reference(tmp_path, MORE_LEADS, *way)

    assert 0 == validate_path(tmp_path / "sla").count(Severity.ERROR)


@pytest.mark.parametrize("kind", ["a remark", "another order", "two files of one", "a file under another name"])
def test_a_purely_editorial_request_gets_one_sentence(tmp_path: Path, github: GitHub, kind: str) -> None:
    request = PullRequest(tmp_path)
    plan = (request.folder / "sla" / "targets.yaml").read_text(encoding="utf-8")
    if kind == "a remark":
        request.add("sla/targets.yaml", "# Read with care.\n" + plan)
    elif kind == "another order":
        request.edit(
            ("people.yaml", "  camila: {name: Camila Nunes, team: marketing}\n", ""),
            ("people.yaml", "\nroles:", "  camila: {name: Camila Nunes, team: marketing}\n\nroles:"),
        )
    elif kind == "two files of one":
        head, mark, tail = plan.partition("\nopened_before_plan:")
        request.add("sla/targets.yaml", head)
        request.add("sla/opened.yaml", (mark + tail).lstrip())
    else:
        request.add("sla/goals.yaml", plan)
        request.add("sla/targets.yaml")
    done = request.run(api=github.address, **AS_OF)
    [comment] = github.comments
    sentence, mark_ = comment["body"].strip().split("\n\n")

    assert 0 == done.code, done.log
    assert "✅ **Nothing that is agreed has changed: only its order, its notation, or remarks.**" == sentence
    assert mark_.startswith("<!-- sla diff ")


def test_words_alone_ask_nothing_of_anybody(tmp_path: Path, github: GitHub) -> None:
    """And the comment that stood there is brought up to date."""
    request = PullRequest(tmp_path, MORE_LEADS)
    request.run(api=github.address, **AS_OF)
    request.edit(
        ("targets.yaml", "2027-01 to 2027-03: 45", "2027-01 to 2027-03: 30"),
        ("channels.yaml", "doubles the leads", "brings twice the leads"),
    )
    request.run(api=github.address, **AS_OF)
    [comment] = github.comments

    assert ["POST", "PATCH"] == github.writes
    assert comment["body"].startswith("✅ **Only words have changed, in 1 place: nobody owes anything else.**\n\n<!--")


def test_what_others_have_written_on_the_branch_since_is_no_part_of_it(tmp_path: Path) -> None:
    """The change is held against where it parted from the branch, whose newest commit is the request's base."""
    request = PullRequest(tmp_path, ("people.yaml", "role: director", "role: head of marketing"))
    git(request.folder, "checkout", "--quiet", "main")
    request.edit(("targets.yaml", "2027-04 to 2027-06: 40", "2027-04 to 2027-06: 41"))
    request.base = git(request.folder, "rev-parse", "HEAD")
    git(request.folder, "checkout", "--quiet", "more-leads")
    done = request.run()

    assert "Helena Prado" in done.summary
    assert "MQL" not in done.summary.partition("<details>")[0]


def test_an_agreement_that_is_new_is_told_by_its_findings(tmp_path: Path) -> None:
    """There is nothing to compare it with."""
    request = PullRequest(tmp_path)
    git(request.folder, "checkout", "--quiet", "--orphan", "empty")
    git(request.folder, "rm", "--quiet", "-r", "--cached", "sla")
    git(request.folder, "commit", "--quiet", "--allow-empty", "--message", "Nothing")
    request.base = git(request.folder, "rev-parse", "HEAD")
    git(request.folder, "add", "--all")
    git(request.folder, "commit", "--quiet", "--message", "Our agreement")
    done = request.run()

    assert 0 == done.code, done.log
    assert done.summary.startswith("✅ **sla is consistent: ")
    assert "there was no agreement at sla in" in done.log


def test_a_text_that_cannot_be_read_is_told_on_its_line(tmp_path: Path) -> None:
    done = PullRequest(tmp_path, ("sellers.yaml", "handoffs: 22 a month", "handoffs: [22 a month")).run()

    assert 1 == done.code
    assert done.summary.startswith("**What can be read on both sides has not changed.**")
    assert "/sellers.yaml#L1" in done.summary
    assert "Not compared, because they cannot be read on one side" in done.summary


def test_data_that_leads_out_of_the_repository_is_never_read(tmp_path: Path) -> None:
    """A stranger may have written where it is."""
    request = PullRequest(tmp_path, MORE_LEADS)
    write(tmp_path / "elsewhere")
    (request.folder / "data").symlink_to(tmp_path / "elsewhere")
    done = request.run(as_of="2027-03-01")

    assert "Counted on" not in done.summary


def test_data_that_cannot_be_used_is_no_failure(tmp_path: Path) -> None:
    """The change is told without it, and the log says why."""
    request = PullRequest(tmp_path, MORE_LEADS)
    (request.folder / "packed").mkdir()
    (request.folder / "packed" / "lead.csv").write_text("Nothing,Of,Use\n1,2,3\n", encoding="utf-8")
    done = request.run()

    assert done.summary.startswith("**Marketing promises 95 instead of 80 MQLs")
    assert "The change is not judged on data, for the reason above." in done.logs["Compare"]


def test_a_shallow_clone_compares_with_the_base_that_it_fetches(tmp_path: Path) -> None:
    request = PullRequest(tmp_path, MORE_LEADS)
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=more-leads", request.folder.as_uri(), "shallow")
    done = job(tmp_path / "shallow", tmp_path / "run", request.event(), preview="false").run()

    assert done.summary.startswith("**Marketing promises 95 instead of 80 MQLs")
