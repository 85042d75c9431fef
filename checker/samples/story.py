"""What happens in the made-up company's half-year, month by month: counts, dates and mishaps, and nothing of how.

The plan is the reference agreement's: 80 MQLs a month until March, 100 from April, 32 and then 40 opportunities,
6 to 10 customers. The export is made on Wednesday 16 June 2027 at 18:00, so that June is open: 12 of its 22
working days are gone.

| month | what happens, and what it does to the promises |
|---|---|
| 2026-11, 12 | 24 opportunities each, 6 of each are won; nobody is called MQL and there is no queue yet |
| 2027-01 | A good start, all kept. On the 25th and 26th the integration is down, and one call is logged a day late: |
| | both teams agree not to count these. |
| 2027-02 | Carnival: mql-volume missed (71 of 80), and first-response.asked, because nobody is back before noon on |
| | Ash Wednesday. One repair takes too long (bad-data-fix), five customers bring too little (revenue), and of |
| | the 30 opportunities 7 will be won: win-rate is missed when May ends. |
| 2027-03 | The audit season campaign. caio and dora, who stand in for each other, are both ill from the 15th to the |
| | 19th, and the sales director calls alone: first-response.other missed. Two returns name no reason |
| | (reason-given). Nothing is to be repaired: no data for bad-data-fix. |
| 2027-04 | The spring fair brings many leads at once, with badges without a telephone number: handoff-data missed, |
| | and accept-or-return and outcome-known, because there is more to do than anybody can. |
| 2027-05 | Ads for a competitor's name bring small shops that fit the criteria on paper: mql-quality missed. The few |
| | opportunities of February are felt: revenue missed. |
| 2027-06 | Open. The sync queue jams on the 9th and one return has no reason: handoff-speed and reason-given can no |
| | longer be kept. Few MQLs so far, decisions come late, few deals are signed: mql-volume, accept-or-return |
| | and revenue at risk. The others are on course. |

What a wide export cannot say stays unsaid: attempts one by one (persistence, come-back), when an activity was
logged (crm-up-to-date).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from checker.quantity import Month
from checker.samples.hours import at

SEED = 2027
FIRST_DAY = date(2026, 11, 1)
CUT_OFF = at(date(2027, 6, 16), 18)
"""When the export is made: nothing later is in it, and the last lead arrives in this very second."""

CHANNELS = ("organic_search", "paid_search", "email_webinars", "trade_fairs")
Counts: TypeAlias = Mapping[str, int]


def by_channel(organic_search: int, paid_search: int, email_webinars: int, trade_fairs: int) -> dict[str, int]:
    """One count a channel, in the order of the agreement."""
    return dict(zip(CHANNELS, (organic_search, paid_search, email_webinars, trade_fairs), strict=True))


@dataclass(frozen=True, slots=True)
class MonthStory:
    """How many of each. Of June: until the cut-off."""

    leads: Counts
    """Became a lead in the month, merged duplicates apart."""
    mqls: Counts = field(default_factory=dict)
    """Handed off for the first time in the month, duplicates apart."""
    sqls: Counts = field(default_factory=dict)
    """Those of `mqls` that become SQL, then or later."""
    prospected: int = 0
    """SQLs that the sellers found themselves."""
    elsewhere: int = 0
    """Those of `mqls` from states that only edu looks after: more as he learns."""
    wrongly_qualified: int = 0
    incomplete: int = 0
    """Handed off with a must-have field blank."""
    slow_handoffs: int = 0
    duplicates: int = 0
    """Handed off, and returned as duplicates: they do not count."""
    not_our_customer: int = 0
    bad_data: int = 0
    slow_repairs: int = 0
    without_reason: int = 0
    """Returns that name no reason."""
    late_asked: int = 0
    """Late first contacts of those who asked for a demo or a price, by the month of the deadline."""
    late_other: int = 0
    logged_a_day_late: int = 0
    """Of `late_other`: called in time, and written down on the evening of the next day."""
    late_decisions: int = 0
    """Decided late or never, by the month of the deadline."""
    late_outcomes: int = 0
    opened_by_hand: int = 0
    """Opportunities of leads that were never in the queue, because there was none yet."""
    opened: int = 0
    """All opportunities opened in the month."""
    won_in: Mapping[Month, int] = field(default_factory=dict)
    """Of the opportunities opened in the month: how many are won, and when, within three months."""
    won_late: Mapping[Month, int] = field(default_factory=dict)
    """The same, after more than three months."""
    revenue: int = 0
    """Won in the month, in R$."""


NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)
JANUARY, FEBRUARY, MARCH, APRIL, MAY, JUNE = (Month(2027, number) for number in range(1, 7))

MONTHS: dict[Month, MonthStory] = {
    NOVEMBER: MonthStory(
        leads=by_channel(120, 80, 80, 38),
        opened_by_hand=24,
        opened=24,
        won_in={JANUARY: 5, FEBRUARY: 1},
    ),
    DECEMBER: MonthStory(
        leads=by_channel(94, 62, 66, 33),
        opened_by_hand=24,
        opened=24,
        won_in={JANUARY: 1, FEBRUARY: 4, MARCH: 1},
    ),
    JANUARY: MonthStory(
        leads=by_channel(152, 101, 99, 52),
        mqls=by_channel(31, 21, 19, 11),
        sqls=by_channel(16, 5, 5, 6),
        prospected=10,
        elsewhere=6,
        wrongly_qualified=2,
        incomplete=3,
        slow_handoffs=1,
        duplicates=1,
        not_our_customer=4,
        bad_data=3,
        late_asked=1,
        late_other=3,
        logged_a_day_late=1,
        late_decisions=2,
        opened_by_hand=13,
        opened=32,
        won_in={MARCH: 6, APRIL: 2},
        won_late={APRIL: 1},
        revenue=187_400,
    ),
    FEBRUARY: MonthStory(
        leads=by_channel(133, 88, 86, 45),
        mqls=by_channel(27, 17, 18, 9),
        sqls=by_channel(14, 4, 5, 5),
        prospected=9,
        elsewhere=9,
        wrongly_qualified=1,
        incomplete=2,
        slow_handoffs=1,
        duplicates=1,
        not_our_customer=4,
        bad_data=3,
        slow_repairs=1,
        late_asked=3,
        late_other=2,
        late_decisions=2,
        late_outcomes=2,
        opened=30,
        won_in={MARCH: 1, APRIL: 5, MAY: 1},
        revenue=148_200,
    ),
    MARCH: MonthStory(
        leads=by_channel(155, 104, 108, 54),
        mqls=by_channel(31, 20, 22, 10),
        sqls=by_channel(16, 5, 6, 5),
        prospected=11,
        elsewhere=13,
        wrongly_qualified=2,
        incomplete=3,
        slow_handoffs=1,
        duplicates=2,
        not_our_customer=7,
        without_reason=2,
        late_asked=1,
        late_other=9,
        late_decisions=3,
        late_outcomes=2,
        opened=32,
        won_in={APRIL: 1, MAY: 5, JUNE: 2},
        revenue=251_300,
    ),
    APRIL: MonthStory(
        leads=by_channel(203, 102, 99, 108),
        mqls=by_channel(39, 21, 20, 24),
        sqls=by_channel(21, 5, 5, 13),
        prospected=11,
        elsewhere=20,
        wrongly_qualified=2,
        incomplete=9,
        slow_handoffs=1,
        duplicates=2,
        not_our_customer=6,
        bad_data=4,
        late_asked=1,
        late_other=4,
        late_decisions=9,
        late_outcomes=7,
        opened=40,
        won_in={MAY: 1, JUNE: 2},
        revenue=268_500,
    ),
    MAY: MonthStory(
        leads=by_channel(206, 108, 98, 85),
        mqls=by_channel(41, 24, 19, 17),
        sqls=by_channel(20, 5, 5, 9),
        prospected=10,
        elsewhere=20,
        wrongly_qualified=2,
        incomplete=3,
        slow_handoffs=1,
        duplicates=2,
        not_our_customer=17,
        bad_data=3,
        late_asked=1,
        late_other=4,
        late_decisions=3,
        late_outcomes=3,
        opened=40,
        revenue=209_800,
    ),
    JUNE: MonthStory(
        leads=by_channel(104, 54, 46, 50),
        mqls=by_channel(18, 9, 8, 10),
        sqls=by_channel(6, 2, 1, 2),
        prospected=5,
        elsewhere=9,
        wrongly_qualified=1,
        incomplete=1,
        slow_handoffs=4,
        duplicates=1,
        not_our_customer=2,
        bad_data=2,
        without_reason=1,
        late_other=1,
        late_decisions=3,
        late_outcomes=1,
        opened=12,
        revenue=118_600,
    ),
}

SLOW_WEEKS: tuple[tuple[date, date, float], ...] = (
    (date(2026, 12, 21), date(2027, 1, 3), 0.3),
    (date(2027, 1, 4), date(2027, 1, 8), 0.7),
    (date(2027, 2, 6), date(2027, 2, 12), 0.45),
    (date(2027, 3, 22), date(2027, 3, 28), 0.5),
)
"""First day, last day, and how much of the usual comes in: the turn of the year, Carnival, Easter."""

FAIRS: tuple[tuple[date, date], ...] = (
    (date(2026, 9, 15), date(2026, 9, 17)),
    (date(2026, 10, 20), date(2026, 10, 22)),
    (date(2026, 11, 10), date(2026, 11, 12)),
    (date(2026, 12, 1), date(2026, 12, 3)),
    (date(2027, 1, 12), date(2027, 1, 14)),
    (date(2027, 2, 2), date(2027, 2, 3)),
    (date(2027, 3, 9), date(2027, 3, 11)),
    (date(2027, 4, 6), date(2027, 4, 8)),
    (date(2027, 5, 4), date(2027, 5, 6)),
    (date(2027, 6, 1), date(2027, 6, 2)),
)
"""First and last day of each; those of April and May are the spring fair's two cities."""

WEBINARS = frozenset(
    date.fromisoformat(day)
    for day in (
        "2026-11-12",
        "2026-12-03",
        "2027-01-21",
        "2027-02-25",
        "2027-03-04",
        "2027-03-18",
        "2027-04-15",
        "2027-05-13",
        "2027-06-03",
    )
)
"""At ten in the morning, on Thursdays."""

MQLS_AT: tuple[tuple[str, datetime], ...] = (
    ("paid_search", at(date(2027, 1, 2), 11, 24, 9)),
    ("organic_search", at(date(2027, 6, 16), 15, 12, 40)),
    ("paid_search", at(date(2027, 6, 16), 17, 21, 3)),
)
"""Channel and moment of the first MQL (search ads run on Saturdays too), and of two that are not due at the end."""

OUTAGE = (at(date(2027, 1, 25), 8, 10), at(date(2027, 1, 26), 17, 40))
"""The integration hands nothing over; the daily export does, at nine on the next morning."""
JAM = date(2027, 6, 9)
"""The day in June on which the sync queue jams."""
ILL = (date(2027, 3, 15), date(2027, 3, 19))
ILL_SELLERS = ("caio", "dora")
CARNIVAL = (date(2027, 2, 6), date(2027, 2, 9))
"""Who writes then has a warm cold room, and asks for a demo."""
ASH_WEDNESDAY_NOON = at(date(2027, 2, 10), 12)
SMALL_SHOPS = (date(2027, 5, 10), date(2027, 5, 21))
"""While the ads for a competitor's name run."""
CAMPAIGN, CAMPAIGN_LEADS = "Audit season 2027", 20
"""The e-mail campaign of March, and how many of its leads are handed off."""
