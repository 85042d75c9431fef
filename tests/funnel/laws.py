"""A law that holds for one engine, asked of another one."""

from __future__ import annotations

from collections.abc import Callable


def one_case(law: Callable[..., None]) -> Callable[..., None]:
    """What a law that is tested with random cases asserts of one of them."""
    asserted: Callable[..., None] = law.hypothesis.inner_test  # type: ignore[attr-defined]
    return asserted
