"""A real Spark on this machine, small and quick to plan, for the tests that need one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from checker.funnel.spark_engine import SparkEngine

FUNNELS = int(os.environ.get("SLA_SPARK_FUNNELS", "12"))
"""How many random funnels are put to Spark: each costs a second or more. `make spark-funnels` puts 300."""
_SETTINGS = {
    "spark.master": "local[2]",
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    # a few rows are read faster than code for them is compiled
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


@pytest.fixture(scope="session")
def spark_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a user's own settings of Spark, which are in force."""
    reason = None
    if find_spec("pyspark") is None:
        reason = 'PySpark is not installed (pip install "smarketing-sla[spark]")'
    elif shutil.which("java") is None:
        reason = "no Java on this machine (Debian, Ubuntu: apt-get install openjdk-17-jre-headless)"
    if reason is not None:
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("spark")
    written = "".join(f"{key} {value}\n" for key, value in _SETTINGS.items())
    (folder / "spark-defaults.conf").write_text(written, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(folder))
        yield folder


@pytest.fixture(scope="module")
def spark(spark_settings: Path) -> Iterator[SparkEngine]:
    """An engine that the tests of one module share."""
    with SparkEngine() as engine:
        yield engine
