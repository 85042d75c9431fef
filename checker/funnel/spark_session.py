"""A session of Spark, quiet, in which nothing of the user's is overwritten."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING

from checker.errors import MissingExtra, UnreadableInput
from checker.message import Written, say

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SHARED_FOLDER = "SLA_SHARED_FOLDER"
"""The environment variable with a folder that all of a cluster can read, for copies of what is read here."""
_REMOTE = ("SPARK_REMOTE", "SPARK_CONNECT_MODE_ENABLED")
_LOCAL = {
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.adaptive.enabled": "false",
}
"""What suits a Spark of our own on one machine; whatever the user has set is left as it is."""
_ALWAYS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "true",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.variable.substitute": "false",
    "spark.sql.parser.escapedStringLiterals": "false",
}
"""What statements rely on; set in the session alone."""
_LARGEST_HEAP = 8 << 30
_TAIL = 400


def spark_session() -> SparkSession:
    """A session of its own. Raises MissingExtra where PySpark or Java is not there, UnreadableInput where Spark or the
    cluster does not answer.
    """
    _check_there_is_spark()
    from pyspark.logger import PySparkLogger
    from pyspark.sql import SparkSession

    # it writes each failed statement to where people read: the error says what they need to know
    PySparkLogger.getLogger("SQLQueryContextLogger").disabled = True
    builder = SparkSession.builder.appName("smarketing-sla").config("spark.ui.showConsoleProgress", "false")
    is_ours = not _is_remote() and SparkSession.getActiveSession() is None
    if is_ours:
        for key, value in _settings().items():
            builder = builder.config(key, value)
    with _quiet() as log:
        try:
            session = builder.getOrCreate()
            if not _is_remote():
                session.sparkContext.setLogLevel("OFF" if is_ours else "ERROR")
                session = session.newSession()
            for key, value in _ALWAYS.items():
                session.conf.set(key, value)
            if is_ours and is_local(session):
                session.conf.set("spark.sql.shuffle.partitions", str(session.sparkContext.defaultParallelism))
        except (Exception, SystemExit) as error:
            # PySpark ends the whole process where the packages of Spark Connect are not installed
            raise _no_answer(error, log) from error
    return session


def is_local(session: SparkSession) -> bool:
    """Whether Spark runs on this machine, so that it can read what is written here."""
    return str(session.conf.get("spark.master", "") or "").startswith("local")


def copies_folder() -> Path | None:
    """Where copies for Spark are put; None for where temporary files usually are. Raises UnreadableInput where what is
    declared is no folder.
    """
    declared = os.environ.get(SHARED_FOLDER, "").strip()
    if not declared:
        return None
    if not Path(declared).is_dir():
        raise UnreadableInput(
            say(
                "the folder that {variable} names is not there: {folder}",
                variable=Written(SHARED_FOLDER),
                folder=Written(declared),
            )
        )
    return Path(declared)


def check_copies_are_shared(session: SparkSession) -> None:
    """Raises UnreadableInput where a cluster could not read a copy that is made here."""
    if not is_local(session) and not os.environ.get(SHARED_FOLDER, "").strip():
        raise UnreadableInput(
            say(
                "the cluster cannot read what is copied on this machine: set {variable} to a folder that this machine "
                "and all of the cluster share",
                variable=Written(SHARED_FOLDER),
            )
        )


# ---------------------------------------------------------------- what has to be there


def _check_there_is_spark() -> None:
    if find_spec("pyspark") is None:
        command = Written('pip install "smarketing-sla[spark]"')
        raise MissingExtra(
            say(
                "{option} needs a part that is installed separately: {command}",
                option=Written("--engine spark"),
                command=command,
            )
        )
    home = os.environ.get("JAVA_HOME", "")
    java = Path(home, "bin", "java")
    if not _is_remote() and shutil.which("java" if not home else str(java)) is None:
        raise MissingExtra(
            say(
                "{option} needs Java 17 or newer: install it ({package} on Debian and Ubuntu), or say where it is "
                "in {variable}",
                option=Written("--engine spark"),
                package=Written("openjdk-17-jre-headless"),
                variable=Written("JAVA_HOME"),
            )
        )


def _is_remote() -> bool:
    return any(os.environ.get(name) for name in _REMOTE)


def _settings() -> dict[str, str]:
    """Settings of a Spark of our own on this machine, as far as the user's configuration says nothing of them; none
    where it names a master.
    """
    home = os.environ.get("SPARK_CONF_DIR") or Path(os.environ.get("SPARK_HOME", ""), "conf")
    file = Path(home, "spark-defaults.conf")
    said = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    said += os.environ.get("PYSPARK_SUBMIT_ARGS", "")
    if "spark.master" in said or "--master" in said:
        return {}
    # the heap is laid out when Java starts
    settings = _LOCAL | {"spark.driver.memory": f"{_heap() >> 20}m"}
    return {key: value for key, value in settings.items() if key not in said}


def _heap() -> int:
    """Half of this machine's memory, in bytes, but no more than is of use."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 2 << 30
    return min(memory // 2, _LARGEST_HEAP)


@contextmanager
def _quiet() -> Iterator[IO[bytes]]:
    """Sends what Java says, now and later, to a file that nobody sees: it writes where this process does when it is
    started. Gives the file, for the reason of a failure.
    """
    with tempfile.TemporaryFile() as log:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        kept = [(number, os.dup(number)) for number in (1, 2)]
        try:
            for number, _ in kept:
                os.dup2(log.fileno(), number)
            yield log
        finally:
            for number, copy in kept:
                os.dup2(copy, number)
                os.close(copy)


def _no_answer(error: BaseException, log: IO[bytes]) -> UnreadableInput:
    log.seek(0)
    lines = [line.strip() for line in log.read().decode("utf-8", "replace").splitlines()]
    told = [line for line in lines if "Exception" in line or "Error" in line] or str(error).splitlines() or [""]
    return UnreadableInput(say("Spark does not start or answer: {reason}", reason=Written(told[0][:_TAIL])))
