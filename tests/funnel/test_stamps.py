"""When something happened: hand-worked moments of every form, zone and precision."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from checker.errors import UnreadableInput
from tests.funnel.sources import leads, read, refusal

SAO_PAULO, WARSAW = "America/Sao_Paulo", "Europe/Warsaw"

MOMENTS = [
    # cell, how it is written, time zone, the instant in UTC or None, whether only the day is known (reports: São Paulo)
    ("2027-03-01 09:30:00", None, "UTC", "2027-03-01 09:30:00", False),
    ("2027-03-01T09:30:00", None, "UTC", "2027-03-01 09:30:00", False),
    ("2027-03-01 09:30", None, SAO_PAULO, "2027-03-01 12:30:00", False),
    ("2027-03-01 09:30:15.987", None, SAO_PAULO, "2027-03-01 12:30:15", False),
    ("2027-03-01T09:30:00Z", None, SAO_PAULO, "2027-03-01 09:30:00", False),
    ("2027-03-01T09:30:00z", None, SAO_PAULO, "2027-03-01 09:30:00", False),
    ("2027-03-01 09:30:00+02:00", None, SAO_PAULO, "2027-03-01 07:30:00", False),
    ("2027-03-01 09:30:00 -0330", None, SAO_PAULO, "2027-03-01 13:00:00", False),
    ("2027-03-01T09:30+05", None, SAO_PAULO, "2027-03-01 04:30:00", False),
    ("2027-03-01", None, "UTC", "2027-03-01 03:00:00", True),
    ("01/03/2027", "%d/%m/%Y", "UTC", "2027-03-01 03:00:00", True),
    ("1/3/2027", "%d/%m/%Y", "UTC", "2027-03-01 03:00:00", True),
    ("03-01-27", "%m-%d-%y", "UTC", "2027-03-01 03:00:00", True),
    ("01 Mar 2027 09:30 PM", "%d %b %Y %I:%M %p", SAO_PAULO, "2027-03-02 00:30:00", False),
    ("1 march 2027", "%d %B %Y", SAO_PAULO, "2027-03-01 03:00:00", True),
    ("20270301093000", "%Y%m%d%H%M%S", "UTC", "2027-03-01 09:30:00", False),
    ("2027-03-01 09:30:00.5", "%Y-%m-%d %H:%M:%S.%f", "UTC", "2027-03-01 09:30:00", False),
    ("01.03.2027 09:30 +0200", "%d.%m.%Y %H:%M %z", SAO_PAULO, "2027-03-01 07:30:00", False),
    ("01.03.2027 09:30Z", "%d.%m.%Y %H:%M%z", SAO_PAULO, "2027-03-01 09:30:00", False),
    # shown twice: the first; never shown: the first instant after
    ("2026-10-25 02:30:00", None, WARSAW, "2026-10-25 00:30:00", False),
    ("2027-03-28 02:30:00", None, WARSAW, "2027-03-28 01:00:00", False),
    ("2018-02-17 23:30:00", None, SAO_PAULO, "2018-02-18 01:30:00", False),
    ("2018-11-04 00:30:00", None, SAO_PAULO, "2018-11-04 03:00:00", False),
    ("2018-11-04", None, "UTC", "2018-11-04 03:00:00", True),
    # what cannot be read
    ("2027-02-29", None, "UTC", None, None),
    ("2027-2-9", None, "UTC", None, None),
    ("01/03/2027", None, "UTC", None, None),
    ("2027-03-01 24:00", None, "UTC", None, None),
    ("2027-03-01 09:60", None, "UTC", None, None),
    ("2027-03-01 09:30:00 Europe/Warsaw", None, "UTC", None, None),
    ("31/02/2027", "%d/%m/%Y", "UTC", None, None),
    ("01/03/2027 09:30", "%d/%m/%Y", "UTC", None, None),
    ("03/31/2027", "%d/%m/%Y", "UTC", None, None),
    ("tomorrow", None, "UTC", None, None),
    ("epoch", "%Y-%m-%d", "UTC", None, None),
    ("1970-01-01", None, "UTC", None, None),
    ("0027-03-01", None, "UTC", None, None),
    ("1999-12-31 23:59:59", None, "UTC", None, None),
    ("2050-01-01", None, "UTC", None, None),
]  # fmt: skip


def epoch(moment):
    return None if moment is None else int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())


def source(written_as, timezone, /, **event):
    event |= {"column": "at"} | ({"format": written_as} if written_as else {})
    return leads() | {"timezone": timezone, "events": {"became_lead": event}, "rejects": "at most 100%"}


@pytest.mark.parametrize(("written_as", "timezone"), sorted({(row[1] or "", row[2]) for row in MOMENTS}))
def test_moments_of_one_form(tmp_path, written_as, timezone):
    """Those that cannot be read reject their row, and no other."""
    rows = [row for row in MOMENTS if (row[1] or "", row[2]) == (written_as, timezone)]
    lines = [f'{number},"{row[0]}"' for number, row in enumerate(rows)]
    (tmp_path / "leads.csv").write_text("\n".join(["id,at", *lines]))
    expected = [(str(number), epoch(row[3]), row[4]) for number, row in enumerate(rows) if row[3] is not None]
    actual = read(tmp_path, source(written_as, timezone), "lead_id", "at_became_lead", "day_became_lead")

    assert expected == actual


MIDNIGHTS = [
    # cell (of the zone below), the instant in UTC, whether it is a date; midnights are those of São Paulo
    ("2018-01-10 02:00:00", "2018-01-10 02:00:00", True),
    ("2018-05-10 03:00:00", "2018-05-10 03:00:00", True),
    ("2018-05-10 02:00:00", "2018-05-10 02:00:00", False),
    ("2018-05-10 03:00:01", "2018-05-10 03:00:01", False),
    ("2018-11-04 03:00:00", "2018-11-04 03:00:00", True),
    ("2018-11-05 02:00:00", "2018-11-05 02:00:00", True),
    ("2018-11-04 02:00:00", "2018-11-04 02:00:00", False),
]


def test_midnight_is_a_date_in_the_zone_of_the_source(tmp_path):
    """Also on the day that began at one o'clock, because the clocks were put forward at midnight."""
    lines = [f"{number},{cell}" for number, (cell, *_) in enumerate(MIDNIGHTS)]
    (tmp_path / "leads.csv").write_text("\n".join(["id,at", *lines]))
    written = source(None, SAO_PAULO, timezone="UTC", midnight="is a date")

    assert [(epoch(at), day) for _, at, day in MIDNIGHTS] == read(
        tmp_path, written, "at_became_lead", "day_became_lead"
    )


def test_a_day_begins_where_the_reports_are(tmp_path):
    """A midnight of São Paulo is a day; the reports of Warsaw begin it at their own midnight."""
    (tmp_path / "leads.csv").write_text("id,at\n1,2018-05-10 03:00:00\n2,2018-05-10 04:00:00\n")
    written = source(None, SAO_PAULO, timezone="UTC", midnight="is a date")

    assert [(epoch("2018-05-09 22:00:00"), True), (epoch("2018-05-10 04:00:00"), False)] == read(
        tmp_path, written, "at_became_lead", "day_became_lead", timezone=WARSAW
    )


def test_only_rows_that_fit_have_the_event(tmp_path):
    """`when` and `unless` look at other cells of the row; a date in a row that does not fit is not even read."""
    (tmp_path / "leads.csv").write_text(
        "id,at,stage,by,paid\n"
        "1,2027-03-01,Closed won,ana,TRUE\n"
        "2,2027-03-01,closed WON,112,yes\n"
        "3,2027-03-01,Closed lost,ana,yes\n"
        "4,soon,Open,ana,yes\n"
        "5,2027-03-01,Closed won,,1\n"
        "6,2027-03-01,Closed won,ana,no\n"
        "7,2027-03-01,,ana,\n"
    )
    written = source(None, "UTC", when={"stage": ["Closed won", "Paid"], "paid": True}, unless={"by": 112})

    assert [True, False, False, False, True, False, False] == [
        at is not None for at in read(tmp_path, written, "at_became_lead")
    ]


def test_a_time_zone_is_never_guessed(tmp_path):
    """Where a cell may name none, the source has to."""
    (tmp_path / "leads.csv").write_text("id,at\n1,2027-03-01 09:30\n")
    written = {key: value for key, value in source(None, "").items() if key != "timezone"}

    assert (
        UnreadableInput,
        "in which time zone are the moments of at? add timezone: America/Sao_Paulo to the source",
    ) == refusal(tmp_path, written)


def test_dates_need_no_time_zone(tmp_path):
    """A day is a day everywhere."""
    (tmp_path / "leads.csv").write_text("id,at\n1,01/03/2027\n")
    written = {key: value for key, value in source("%d/%m/%Y", "").items() if key != "timezone"}

    assert [epoch("2027-03-01 03:00:00")] == read(tmp_path, written, "at_became_lead")


def test_a_stand_in_is_read_off_another_event(tmp_path):
    """And says so, wherever it is used."""
    (tmp_path / "leads.csv").write_text("id,at\n1,2027-03-01 09:30\n2,\n")
    written = source(None, "UTC") | {"events": {"became_lead": "at", "handed_off": {"same_as": "became_lead"}}}

    assert [(epoch("2027-03-01 09:30:00"), False), (None, None)] == read(
        tmp_path, written, "at_handed_off", "day_handed_off"
    )
