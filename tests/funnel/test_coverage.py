"""For which days an event is in the data: nothing is zero only because it was not recorded yet."""

from __future__ import annotations

from datetime import date

from checker.funnel import open_funnel
from tests.funnel.sources import agreement


def covered(folder, **more):
    source = {
        "timezone": "America/Sao_Paulo",
        "files": {"lead": {"path": "leads.csv"}, "deal": {"path": "deals.csv"}},
        "leads": {"from": "lead", "id": "id", "join": {"deal": {"on": {"lead": "id"}}}},
        "events": {
            "became_lead": "created",
            "became_mql": "mql",
            "handed_off": "handed",
            "first_personal_contact": "contact",
            "lost": "lost",
            "became_won": "won",
            "decided": {"same_as": "handed_off"},
            "outcome_written": "outcome",
        },
    }
    with open_funnel(agreement(source | more), folder) as funnel:
        return {
            event: (days.first.isoformat(), days.last.isoformat(), days.declared)
            for event, days in funnel.coverage.items()
        }, funnel


def write(folder) -> None:
    (folder / "leads.csv").write_text(
        "id,created,mql,handed,contact,lost\n"
        "L1,2027-01-01 23:30,2027-01-05 10:00,2027-01-06 10:00,2027-01-07 10:00,\n"
        "L2,2027-02-01 10:00,2027-02-03 10:00,2027-02-03 11:00,,\n"
        "L3,2027-03-01 10:00,,,,\n"
    )
    (folder / "deals.csv").write_text("lead,won,outcome\nL1,2027-02-20,\nL2,2027-03-05,\n")


def test_found_from_the_data(tmp_path):
    """A stage and the handoff by their own dates, everything else by all dates of its file."""
    write(tmp_path)
    found, _ = covered(tmp_path)

    assert {
        "became_lead": ("2027-01-01", "2027-03-01", False),
        "became_mql": ("2027-01-05", "2027-02-03", False),
        "handed_off": ("2027-01-06", "2027-02-03", False),
        "first_personal_contact": ("2027-01-01", "2027-03-01", False),
        "lost": ("2027-01-01", "2027-03-01", False),
        "became_won": ("2027-02-20", "2027-03-05", False),
        "outcome_written": ("2027-02-20", "2027-03-05", False),
        "decided": ("2027-01-01", "2027-03-01", False),
    } == found


def test_declared(tmp_path):
    """What the source says stands, also for an event that is read off another one."""
    write(tmp_path)
    found, funnel = covered(
        tmp_path, coverage={"became_mql": "2026-12-01 to 2027-03-31", "handed_off": "2027-01-01 to 2027-03-31"}
    )

    assert ("2026-12-01", "2027-03-31", True) == found["became_mql"]
    assert ("2027-01-01", "2027-03-31", True) == found["handed_off"]
    assert ("2027-01-01", "2027-03-31", True) == found["decided"]
    assert date(2027, 1, 1) == funnel.coverage["became_lead"].first


def test_an_event_that_never_happened(tmp_path):
    """A stage that nobody reached is covered for no day; the last stamp is that of all events."""
    write(tmp_path)
    (tmp_path / "deals.csv").write_text("lead,won,outcome\n")
    found, funnel = covered(tmp_path)

    assert "became_won" not in found
    assert "outcome_written" not in found
    assert (0, None, None, 0) == (
        funnel.events["became_won"].count,
        funnel.events["became_won"].first,
        funnel.events["became_won"].last,
        funnel.events["became_won"].days_only,
    )
    assert funnel.events["became_lead"].last == funnel.last_stamp
