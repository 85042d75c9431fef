"""Smarketing SLA: the marketing-sales agreement as code.

    import checker

    agreement = checker.load("sla")
    findings = checker.validate(agreement)
    results = checker.check(agreement, data="exports")
    changes = checker.diff(checker.load("sla", revision="main"), agreement)

What stands in `__all__` is the interface that programs may rely on; see docs/how-to/use-from-python.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.errors import SlaError
    from checker.interface import Loaded, check, diff, in_words, load, validate

__version__ = "0.1.0"
__all__ = ["Loaded", "SlaError", "__version__", "check", "diff", "in_words", "load", "validate"]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Imports what is asked for: `sla --help`, which imports this package, must not wait for it."""
        if name not in __all__:
            raise AttributeError(f"module 'checker' has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module("checker.errors" if name == "SlaError" else "checker.interface"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
