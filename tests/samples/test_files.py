"""The exports are the same bytes everywhere, and as regular as a real CRM's."""

from __future__ import annotations

import csv
import hashlib
import time
from collections import Counter

import pytest

from checker.errors import UnwritableOutput
from checker.samples.funnel import DEALS, LEADS, as_csv, generate, write

CUT_OFF = "2027-06-16 18:00:00"
PINNED = {
    LEADS: "cd16222698e202b994f732b2c3ae7186c70a4ffd07a5f8448875b88e0c5529f5",
    DEALS: "4b8ee80327bed6d315972e9e5e75105a69daa8f125b314d678331fbc566852da",
}
"""SHA-256 of the two files: they change only when the story does, never with the machine or the version of Python."""
ORDER = (
    ("Created at", "Became MQL at"),
    ("Became lead at", "Became MQL at"),
    ("Became MQL at", "Handed off at"),
    ("Handed off at", "Automatic e-mail at"),
    ("Handed off at", "First personal contact at"),
    ("Handed off at", "Decided at"),
    ("Decided at", "Returned at"),
    ("Decided at", "Became SQL at"),
    ("Returned at", "Handed off again at"),
    ("Handed off at", "Outcome written at"),
    ("Created at", "Became SQL at"),
    ("Created at", "Lost at"),
)


def test_the_same_seed_gives_the_same_bytes(sample):
    """Twice here, and once on the machine that pinned them."""
    again = generate()
    texts = {LEADS: as_csv(sample.leads), DEALS: as_csv(sample.deals)}

    assert (as_csv(again.leads), as_csv(again.deals)) == (texts[LEADS], texts[DEALS])
    assert PINNED == {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}


def test_another_seed_gives_other_people(sample):
    """The same story with other names."""
    assert as_csv(sample.leads) != as_csv(generate(3).leads)


def test_generation_takes_less_than_a_second():
    """The best of three, in the processor's own time."""

    def spent() -> float:
        start = time.process_time()
        generate()
        return time.process_time() - start

    assert min(spent() for _ in range(3)) < 1


def test_files_are_written_with_a_header_in_utf_8(sample, tmp_path):
    """One line a row, accents whole, and what is read back is what was made."""
    leads, deals = write(tmp_path / "data", sample)

    assert ["deals.csv", "leads.csv"] == sorted(path.name for path in (tmp_path / "data").iterdir())
    assert [dict(row) for row in sample.leads] == list(csv.DictReader(leads.read_text("utf-8").splitlines()))
    assert [dict(row) for row in sample.deals] == list(csv.DictReader(deals.read_text("utf-8").splitlines()))


def test_what_cannot_be_written_is_one_clear_error(sample, tmp_path):
    """A file stands where the folder should be."""
    (tmp_path / "data").write_text("in the way")

    with pytest.raises(UnwritableOutput, match="cannot be written"):
        write(tmp_path / "data", sample)
    assert "in the way" == (tmp_path / "data").read_text()


def test_ids_are_unique_and_in_the_order_of_creation(sample):
    """As a CRM numbers its records."""
    leads = [row["Record ID"] for row in sample.leads]
    deals = [row["Deal ID"] for row in sample.deals]

    assert leads == sorted(set(leads))
    assert deals == sorted(set(deals))
    assert [row["Created at"] for row in sample.leads] == sorted(row["Created at"] for row in sample.leads)


def test_a_lead_has_at_most_one_deal_and_two_deals_have_no_lead(sample):
    """The two belong to old customers, whom the export of leads leaves out."""
    of_leads = Counter(deal["Lead ID"] for deal in sample.deals)

    assert 1 == max(of_leads.values())
    assert 2 == len(set(of_leads) - {row["Record ID"] for row in sample.leads})


def test_merged_records_name_an_older_one(sample):
    """The one that is left was there first, and was itself not merged away."""
    created = {row["Record ID"]: row["Created at"] for row in sample.leads if not row["Merged into"]}
    merged = [row for row in sample.leads if row["Merged into"]]

    assert 15 == len(merged)
    assert all(created[row["Merged into"]] < row["Created at"] for row in merged)
    assert 1 == sum(bool(row["Handed off at"]) for row in merged)


def test_nothing_is_later_than_the_cut_off_and_the_last_lead_comes_in_that_second(sample):
    """So that whoever takes the last stamp as the cut-off gets the whole afternoon."""
    stamps = [row[column] for row in sample.leads for column in row if column.endswith(" at")]
    stamps += [deal["Deal created at"] for deal in sample.deals] + [deal["Close date"] for deal in sample.deals]

    assert CUT_OFF == max(stamps)
    assert CUT_OFF == sample.leads[-1]["Became lead at"]


def test_stamps_are_in_order_but_for_the_told_oddities(sample):
    """Two calls during the outage and one of another matter came before the handoff."""
    odd = Counter(
        (first, then)
        for row in sample.leads
        for first, then in ORDER
        if row[first] and row[then] and row[first] > row[then]
    )
    early = [row for row in sample.leads if "" < row["First personal contact at"] < row["Handed off at"]]

    assert {("Handed off at", "First personal contact at"): 3} == odd
    assert 1 == sum(row["First personal contact at"] < row["Became MQL at"] for row in early)


def test_two_sqls_were_written_down_after_their_opportunity(sample):
    """All others before."""
    became_sql = {row["Record ID"]: row["Became SQL at"] for row in sample.leads}
    late = [deal for deal in sample.deals if became_sql.get(deal["Lead ID"], "") > deal["Deal created at"]]

    assert 2 == len(late)


def test_only_what_happened_is_told(sample):
    """No reason without a return, no outcome without its stamp, no next step on a closed deal."""
    assert all(row["Returned at"] for row in sample.leads if row["Return reason"])
    assert all(bool(row["Outcome"]) is bool(row["Outcome written at"]) for row in sample.leads)
    assert all(row["Handed off at"] for row in sample.leads if row["Decided at"])
    assert all(
        not deal["Next step on"] and deal["Close date"]
        for deal in sample.deals
        if deal["Stage"] in ("Closed won", "Closed lost")
    )
    assert all(not deal["Close date"] for deal in sample.deals if deal["Stage"] in ("Meeting held", "Proposal sent"))


@pytest.mark.parametrize(
    ("column", "least", "most"),
    [("Phone", 0.2, 0.35), ("Job title", 0.1, 0.2), ("Cold rooms", 0.25, 0.4), ("State", 0.04, 0.12)],
)
def test_fields_are_blank_as_often_as_in_real_life(sample, column, least, most):
    """Of the leads that sales never heard of; a blank is an empty cell or what people type to get past a form."""
    cells = [row[column] for row in sample.leads if not row["Handed off at"] and row["Lead source"] != "Outbound"]
    blank = [cell for cell in cells if cell in ("", "-", "N/A")]

    assert least < len(blank) / len(cells) < most
    assert {"", "-", "N/A"} == set(blank)


def test_nobody_in_it_exists(sample):
    """Addresses lie in the domain that is reserved for examples, telephone numbers in a range of inventions."""
    assert all(row["Email"].endswith(".example") for row in sample.leads)
    assert all(" 5555-" in row["Phone"] for row in sample.leads if row["Phone"] not in ("", "-", "N/A"))


def test_search_ads_work_on_weekends_and_webinars_come_in_bursts(sample):
    """Channels have days of their own."""
    by_source = Counter((row["Lead source"], row["Became lead at"][:10]) for row in sample.leads)
    webinar_day = by_source["Webinar", "2027-03-18"] + by_source["E-mail", "2027-03-18"]
    usual_day = by_source["Webinar", "2027-03-11"] + by_source["E-mail", "2027-03-11"]
    weekend = sum(count for (source, day), count in by_source.items() if source == "Google Ads" and is_weekend(day))

    assert webinar_day > 2 * usual_day
    assert weekend / sum(count for (source, _), count in by_source.items() if source == "Google Ads") > 0.12


def is_weekend(day: str) -> bool:
    return bool(day) and time.strptime(day, "%Y-%m-%d").tm_wday > 4
