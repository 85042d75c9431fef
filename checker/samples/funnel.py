"""The made-up company's two exports: `leads.csv`, one row a lead, and `deals.csv`, one row an opportunity.

They hold what a real CRM's export holds: each lead that was created since 1 November 2026, and each lead of an
opportunity that was opened since then. Stamps are local, without a zone; labels are the CRM's own. `sla/source.yaml`
says how to read them. What happens in them is told in `checker.samples.story`.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from checker.samples.chance import Chance
from checker.samples.deals import opportunities
from checker.samples.fates import decide_fates
from checker.samples.files import write_whole
from checker.samples.marketing import handed_off_leads, other_leads
from checker.samples.oddities import add_oddities
from checker.samples.records import Fate, Row
from checker.samples.routing import route
from checker.samples.sales import work
from checker.samples.story import CUT_OFF, SEED
from checker.samples.unqueued import earlier_leads, prospected_leads

LEADS, DEALS = "leads.csv", "deals.csv"
FIRST_LEAD, FIRST_DEAL = 19_412, 3_107
"""Numbers of the first records: the CRM is older than the export."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows of the two exports, each in the order of its ids; all rows of one export have the same columns."""

    leads: tuple[Row, ...]
    deals: tuple[Row, ...]


def generate(seed: int = SEED) -> Sample:
    """Tell the story; the same seed gives the same rows on every machine.

    With another seed other people come at other hours, and the story's counts stay. Raises ValueError for a seed
    whose arrivals leave too few leads for a count.
    """
    chance = Chance(seed)
    handed_off = handed_off_leads(chance)
    route(chance, handed_off)
    decide_fates(chance, handed_off)
    work(chance, handed_off)
    handed_off += add_oddities(chance, handed_off)
    earlier = earlier_leads(chance)
    leads = handed_off + list(earlier) + prospected_leads(chance)
    qualified = [lead for lead in leads if lead.fate is Fate.QUALIFIED]
    deals = opportunities(chance, earlier, qualified)
    leads = sorted(leads + other_leads(chance, leads), key=lambda lead: lead.created)
    for number, lead in enumerate(leads, FIRST_LEAD):
        lead.record_id = f"L-{number}"
    for number, deal in enumerate(deals, FIRST_DEAL):
        deal.deal_id = f"D-{number}"
    return Sample(tuple(lead.row(CUT_OFF) for lead in leads), tuple(deal.row(CUT_OFF) for deal in deals))


def write(folder: Path, sample: Sample | None = None) -> list[Path]:
    """Write the two exports into a folder, which is made if need be: UTF-8, comma, a header line.

    Raises UnwritableOutput; a file that cannot be written whole is left as it was.
    """
    sample = sample or generate()
    files = {LEADS: sample.leads, DEALS: sample.deals}
    for name, rows in files.items():
        write_whole(folder / name, as_csv(rows))
    return [folder / name for name in files]


def as_csv(rows: tuple[Row, ...]) -> str:
    """The text of an export."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
