"""What holds of any two texts: nothing comes of nothing, order and notation are no change, swapping sides mirrors."""

from __future__ import annotations

import random
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from checker.agreement import build
from checker.agreement.sections import BESIDE, section_names
from checker.change import Change
from checker.changes.catalogue import kind_of
from checker.review.diff import changes_between
from checker.rules.catalogue import rules
from checker.text import Document, parse, read
from tests.reference import FOLDER
from tests.rules.examples import document

KEEP_ORDER = ("stages", "personas", "working_time")
"""Sections whose order says something."""
SETS = {"who", "topics", "records", "values", "with", "made_by", "does", "does_not", "compares_on", "also", "outcomes"}
"""Lists whose order says nothing."""
seeds = st.integers(0, 10_000)


@pytest.fixture(scope="module")
def reference() -> Document:
    return read(FOLDER)


def test_nothing_changes_in_the_reference_agreement_itself(reference: Document) -> None:
    assert () == changes_between(reference, reference)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_nothing_changes_in_any_example_of_a_rule(rule: Any, tmp_path: Path) -> None:
    """However wrong an agreement is, it is the same as itself."""
    for example in (rule.bad, rule.good):
        text = document(example, tmp_path)

        assert not is_agreement(text) or changes_between(text, text) == ()


def is_agreement(text: Document) -> bool:
    """Whether there is anything of an agreement in it; what is not one cannot be compared."""
    return any(name in text.values or (name,) in text.unread for name in section_names())


def written(values: dict[str, Any], remarks: random.Random | None = None) -> str:
    """Values as YAML in another style than people write it; with remarks after some lines."""
    from io import StringIO

    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    writer.width = 4000
    stream = StringIO()
    writer.dump(values, stream)
    lines = stream.getvalue().splitlines()
    if remarks is not None:
        lines = [piece for line in lines for piece in ((line, "# a remark") if remarks.random() < 0.2 else (line,))]
    return "\n".join(lines) + "\n"


def plain(value: Any) -> Any:
    """A value as the writer takes it: yes and no, numbers and texts that would be read as something else in quotes."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value if isinstance(value, (bool, int, str)) else str(value)


def shuffled(value: Any, chance: random.Random, path: tuple[str, ...] = ()) -> Any:
    """The same in another order, wherever the order means nothing."""
    if isinstance(value, dict):
        keys = list(value)
        if not (len(path) == 1 and path[0] in KEEP_ORDER):
            chance.shuffle(keys)
        return {key: shuffled(value[key], chance, (*path, str(key))) for key in keys}
    if isinstance(value, list):
        items = [shuffled(item, chance, path) for item in value]
        if path and path[-1] in SETS:
            chance.shuffle(items)
        return items
    return value


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_another_order_other_files_and_remarks_are_no_change(seed: int) -> None:
    """The reference agreement written again: shuffled, cut into other files, with remarks."""
    chance = random.Random(seed)
    before = read(FOLDER)
    values = shuffled(plain(before.values), chance)
    keys = list(values)
    cut = chance.randrange(1, len(keys))
    texts = [written({key: values[key] for key in part}, chance) for part in (keys[:cut], keys[cut:])]
    after = _read_apart(texts)

    assert () == after.problems
    assert [] == [(change.kind, change.what) for change in changes_between(before, after)]


def _read_apart(texts: list[str]) -> Document:
    from checker.text.file import read_text

    return Document([read_text(text, f"part{number}.yaml") for number, text in enumerate(texts)])


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a text below its sections."""
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [] if len(path) < 2 else [path]
    for key, item in below:
        found += leaves(item, (*path, key))
    return found


def without(values: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    """A text in which one key or entry is missing."""
    copy = deepcopy(values)
    place: Any = copy
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return copy


ALL_LEAVES = [path for path in leaves(read(FOLDER).values) if path[0] not in BESIDE]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ALL_LEAVES))
def test_whatever_is_taken_out_is_a_change_and_its_mirror_puts_it_back(path: tuple[Any, ...]) -> None:
    """No key of the reference agreement can go without being told, and what it is for each side mirrors."""
    values = read(FOLDER).values
    fewer = without(values, path)
    before, after = (parse(written(plain(side))) for side in (values, fewer))
    if build(after.values).broken:
        return
    there, back = (changes_between(*pair) for pair in ((before, after), (after, before)))

    assert there or _says_nothing(path)
    assert sorted(map(_mirrored, there)) == sorted(map(_verdict, back))


def _says_nothing(path: tuple[Any, ...]) -> bool:
    """What can go without changing anything: what holds where nothing is said, and a condition another one implies."""
    return (path[-1] == "each_action") or (
        path[0] in ("stages", "groups", "ranking", "handoff")
        and path[-1]
        not in (
            "name",
            "means",
            "why",
        )
    )


def _mirrored(change: Change) -> tuple[str, ...]:
    kind = kind_of(change.kind)
    assert kind is not None
    sides = change.sides.mirrored
    return kind.mirror, change.what, sides.marketing, sides.sales


def _verdict(change: Change) -> tuple[str, ...]:
    return change.kind, change.what, change.sides.marketing, change.sides.sales


EXAMPLES = [example for rule in rules() for example in (rule.bad, rule.good) if "# agreement.yaml" not in example]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(EXAMPLES), st.sampled_from(EXAMPLES))
def test_any_two_texts_can_be_compared_either_way(tmp_path: Path, first: str, second: str) -> None:
    """However wrong they are: what comes of one way comes of the other, as the mirror of its kind and verdict."""
    one, two = document(first, tmp_path), document(second, tmp_path)
    if not (is_agreement(one) and is_agreement(two)):
        return
    there, back = changes_between(one, two), changes_between(two, one)

    assert sorted(_mirrored(change)[::2] for change in there) == sorted(_verdict(change)[::2] for change in back)
    assert sorted(_mirrored(change)[3] for change in there) == sorted(_verdict(change)[3] for change in back)
