"""The engines that there are, by their names on the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from checker.funnel.duckdb_engine import DuckdbEngine
from checker.funnel.engine import Engine

DUCKDB, SPARK = "duckdb", "spark"


def engine_named(name: str) -> Engine:
    """Opens an engine. Raises MissingExtra where it is not installed, UnwritableOutput where there is no room for
    temporary files, KeyError for a name that no engine has.
    """
    return _ENGINES[name]()


def _spark() -> Engine:
    from checker.funnel.spark_engine import SparkEngine

    return SparkEngine()


_ENGINES: Mapping[str, Callable[[], Engine]] = {DUCKDB: DuckdbEngine, SPARK: _spark}
