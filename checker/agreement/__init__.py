"""The agreement as a typed model; `build` makes one from the values of a text."""

from checker.agreement.agreement import BUILT_IN_FIELDS, Agreement
from checker.agreement.build import build
from checker.agreement.promise_list import Deadline, Promise
from checker.agreement.sections import BESIDE, Sections

__all__ = ["BESIDE", "BUILT_IN_FIELDS", "Agreement", "Deadline", "Promise", "Sections", "build"]
