"""Agreements as text: from YAML to values with places, and the traps of the notation."""

from checker.text.document import Document
from checker.text.folder import parse, read
from checker.text.scalars import Value

__all__ = ["Document", "Value", "parse", "read"]
