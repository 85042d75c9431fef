"""What the columns of known systems' exports mean: a file of data a system, and what is made of it."""

from checker.funnel.presets.expansion import written_out
from checker.funnel.presets.recognition import known_headings, recognised

__all__ = ["known_headings", "recognised", "written_out"]
