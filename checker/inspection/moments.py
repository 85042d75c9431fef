"""What has to be said of the moments in a column so that they are read right, and of the time zone of them all."""

from __future__ import annotations

from collections import Counter
from typing import Any

from checker.agreement import Agreement
from checker.inspection.columns import ExportColumn
from checker.inspection.dates import DateReading, Order
from checker.inspection.export_file import ExportFile
from checker.inspection.zones import Midnights, find_midnights
from checker.message import Message, Written, say, say_counted

_NOBODY_SAYS = "UTC"
Said = list[tuple[Message, bool]]
"""What is to be said, and whether it is a doubt."""


class Moments:
    """The moments of one proposal; what is found of one column helps with the others."""

    def __init__(self, agreement: Agreement | None, timezone: str | None) -> None:
        self.given = timezone
        self.of_agreement = _zone_of(agreement)
        self.proved: Counter[str] = Counter()
        self.needs_zone = False

    def of_column(self, file: ExportFile, column: ExportColumn) -> tuple[dict[str, Any], Said]:
        """The keys of an event that say how its column is written, and what is to be said of it."""
        reading = column.dates
        assert reading is not None, "only columns of dates hold moments"
        keys: dict[str, Any] = {}
        said: Said = []
        if column.sql_type != "VARCHAR":
            self.needs_zone = self.needs_zone or reading.has_time
            return keys, said
        if reading.format is not None:
            keys["format"] = self._format(file, column, reading, said)
        if reading.unfit:
            said.append((_unfit(column, file, reading), True))
        if not reading.has_time:
            return keys, said
        if reading.is_utc:
            keys["timezone"] = "UTC"
        elif not reading.names_zone:
            self.needs_zone = True
        known = [zone for zone in (self.given, self.of_agreement) if zone]
        midnights = find_midnights(reading.moments, column.counts, known)
        if midnights is not None and not reading.names_zone:
            self._midnights(midnights, keys, said)
        return keys, said

    def zone(self) -> str:
        """The time zone of moments that name none: given, proved by the data, the agreement's, else UTC."""
        proved = self.proved.most_common(1)
        return self.given or (proved[0][0] if proved else None) or self.of_agreement or _NOBODY_SAYS

    def said(self) -> Said:
        """What is to be said of the time zone."""
        if self.given:
            return []
        if self.proved:
            return [(say("where the midnights below are midnights"), False)]
        if self.of_agreement:
            return [(say("the agreement's: are the moments of these files on its clocks?"), self.needs_zone)]
        if self.needs_zone:
            return [(say("no file says on which clocks its moments are: yours, such as {zone}?",
                         zone=Written("Europe/Warsaw")), True)]  # fmt: skip
        return [(say("none of the moments needs it: each names its own, or is a day"), False)]

    # ------------------------------------------------------------ one column

    def _format(self, file: ExportFile, column: ExportColumn, reading: DateReading, said: Said) -> str:
        assert reading.format is not None
        if not reading.other_orders:
            return reading.format
        example = Written(next(iter(reading.moments)))
        proved = _proved_order(file, column)
        if proved is not None and proved in (reading.order, *reading.other_orders):
            said.append((say("no value proves what comes first in {example}; elsewhere in this file it is the {part}",
                             example=example, part=_PARTS[proved]), True))  # fmt: skip
            return _reordered(reading.format, reading.order, proved)
        said.append((say("day or month first in {example}? no value proves it", example=example), True))
        return reading.format

    def _midnights(self, midnights: Midnights, keys: dict[str, Any], said: Said) -> None:
        keys["midnight"] = "is a date"
        if midnights.zone is None:
            said.append((say("{count} of {of} moments are midnights: days without a time", count=midnights.count,
                             of=midnights.of), midnights.count < midnights.of))  # fmt: skip
            return
        keys["timezone"] = "UTC"
        self.proved[midnights.zone] += midnights.count
        hours = " / ".join(f"{hour:02}:00" for hour in midnights.hours)
        said.append((
            say(
                "{count} of {of} moments are at {hours}, which is midnight in {zone}: days, written in UTC",
                count=midnights.count,
                of=midnights.of,
                hours=Written(hours),
                zone=Written(midnights.zone),
            ),
            True,
        ))  # fmt: skip


_PARTS = {"dmy": say("day"), "mdy": say("month"), "ymd": say("year")}


def _zone_of(agreement: Agreement | None) -> str | None:
    calendars = (agreement.sections.working_time or {}) if agreement is not None else {}
    return next((calendar.timezone for calendar in calendars.values()), None)


def _proved_order(file: ExportFile, column: ExportColumn) -> Order | None:
    """The order that some other column of the file proves."""
    for other in file.dates:
        reading = other.dates
        if other is not column and reading is not None and reading.format and not reading.other_orders:
            return reading.order
    return None


def _reordered(written: str, order: Order, wanted: Order) -> str:
    letters = {"d": "%d", "m": "%m", "y": "%y" if "%y" in written else "%Y"}
    sign = written[2]
    old, new = (sign.join(letters[letter] for letter in each) for each in (order, wanted))
    return written.replace(old, new, 1)


def _unfit(column: ExportColumn, file: ExportFile, reading: DateReading) -> Message:
    value = next(iter(reading.unfit))
    line = file.whole.lines[list(column.cells).index(value)]
    return say_counted(
        "{count} cell is written otherwise, as in line {line}: {value}",
        "{count} cells are written otherwise, as in line {line}: {value}",
        count=sum(reading.unfit.values()),
        line=str(line),
        value=Written(value[:40]),
    )
