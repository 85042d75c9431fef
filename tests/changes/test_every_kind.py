"""Every kind's examples: what changes between them is that kind and nothing else; the other way round, its mirror."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.change import Change, Sides
from checker.changes.catalogue import kind_of, kinds
from checker.changes.kind import Kind
from checker.review.diff import changes_between
from tests.rules.examples import document

every_kind = pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.slug)


def changes(old: str, new: str, folder: Path) -> tuple[Change, ...]:
    return changes_between(document(old, folder), document(new, folder))


@every_kind
def test_the_example_shows_the_kind_and_nothing_else(kind: Kind, tmp_path: Path) -> None:
    assert [kind.slug] == [change.kind for change in changes(kind.old, kind.new, tmp_path)]


@every_kind
def test_the_other_way_round_it_is_its_mirror(kind: Kind, tmp_path: Path) -> None:
    """The kind, and what it is for each of the two sides."""
    there, back = changes(kind.old, kind.new, tmp_path), changes(kind.new, kind.old, tmp_path)

    assert [kind.mirror] == [change.kind for change in back]
    assert [_mirrored(change) for change in there] == [change.sides for change in back]


def _mirrored(change: Change) -> Sides:
    return change.sides.mirrored


@every_kind
def test_nothing_changes_from_an_example_to_itself(kind: Kind, tmp_path: Path) -> None:
    assert () == changes(kind.new, kind.new, tmp_path)


@every_kind
def test_a_kind_has_a_mirror_or_a_reason_to_be_its_own(kind: Kind) -> None:
    mirror = kind_of(kind.mirror)

    assert mirror is not None
    assert kind.slug == mirror.mirror
    assert (kind.mirror == kind.slug) is bool(kind.alike)


@every_kind
def test_a_kind_has_a_page(kind: Kind) -> None:
    assert len(kind.explanation.split()) > 8
    assert kind.name[0].isupper()


def test_no_two_kinds_have_one_name() -> None:
    slugs = [kind.slug for kind in kinds()]

    assert sorted(set(slugs)) == sorted(slugs)
