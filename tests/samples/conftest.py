"""The sample that `sla demo` writes."""

from __future__ import annotations

import pytest

from checker.samples.funnel import Sample, generate


@pytest.fixture(scope="session")
def sample() -> Sample:
    return generate()
