"""Fuzzing that follows what the code does: texts that reach new lines of `checker.text` are kept and damaged further.

    make fuzz-guided [SECONDS=60]

Needs atheris (`pip install atheris`), which is no part of the tests' environment: it has no wheel for every Python. The
texts it begins with, and those it finds, are in build/fuzz/guided; what it breaks on is written beside them.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

CORPUS = Path("build/fuzz/guided")


def main(seconds: str = "60") -> None:
    """Runs for so many seconds; ends with an error where a text raises anything but UnreadableInput."""
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        sys.exit("guided fuzzing needs a package of its own: pip install atheris")
    with atheris.instrument_imports(include=["checker.text", "checker.agreement"]):
        text = importlib.import_module("checker.text")
        build = importlib.import_module("checker.agreement").build
    errors = importlib.import_module("checker.errors")

    def one(data: bytes) -> None:
        try:
            document = text.parse(data.decode("utf-8", errors="replace"))
            build(document.values, document.problems, document.unread)
        except errors.UnreadableInput:
            pass

    CORPUS.mkdir(parents=True, exist_ok=True)
    from tests.fuzz.seeds import small_texts

    for number, seed in enumerate(small_texts()):
        (CORPUS / f"seed-{number}").write_text(seed, encoding="utf-8")
    limits = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=1024", f"-artifact_prefix={CORPUS.parent}/"]
    atheris.Setup([sys.argv[0], *limits, str(CORPUS)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:2])
