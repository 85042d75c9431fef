"""All drawings, by the name of their file."""

from __future__ import annotations

from tools.drawings.business_time import business_time
from tools.drawings.due_leads import due_leads
from tools.drawings.intervals import intervals
from tools.drawings.luck import luck


def drawings() -> dict[str, str]:
    """The name of each file in docs/pictures -> the text of its SVG."""
    return {
        "due-leads.svg": due_leads(),
        "luck.svg": luck(),
        "intervals.svg": intervals(),
        "business-time.svg": business_time(),
    }
