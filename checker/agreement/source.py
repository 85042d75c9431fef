"""Where the funnel's data is, and how its columns become lead facts."""

from checker.agreement.base import Entry


class Source(Entry):
    """The `source` section."""

    model_config = {"extra": "allow"}
