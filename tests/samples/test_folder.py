"""The example agreement: one text in files by subject, which knows every word of the exports."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

import pytest

from checker.agreement import build
from checker.samples import profiles
from checker.samples.folder import agreement_folder, write_demo
from checker.samples.records import PEOPLE
from checker.samples.routing import IF_ALL_ARE_AWAY, TURNS
from checker.text import read


@pytest.fixture(scope="module")
def agreement():
    document = read(agreement_folder())
    return build(document.values, document.problems)


@pytest.fixture(scope="module")
def source(agreement):
    return agreement.sections.source


def test_every_file_is_part_of_one_agreement_that_fits_the_format(agreement):
    """Nothing was refused, nothing is missing."""
    assert () == agreement.problems
    assert agreement.sections.source is not None
    assert "signed" == agreement.sections.status


def test_a_demo_is_the_agreement_with_its_data_beside_it(tmp_path):
    """The source section finds the files where they are written."""
    folder, data = write_demo(tmp_path)
    values: Any = read(folder).values
    files = values["source"]["files"]

    assert {"leads.csv", "deals.csv"} == {path.name for path in data.iterdir()}
    assert all((folder / file["path"]).is_file() for file in files.values())
    assert read(agreement_folder()).values == values


def test_a_demo_that_was_edited_is_kept(tmp_path):
    """Writing it again brings back what is missing, and touches nothing else."""
    folder, data = write_demo(tmp_path)
    edited, removed = folder / "targets.yaml", folder / "plan.yaml"
    edited.write_text("# mine\n")
    removed.unlink()
    (data / "leads.csv").write_text("spoiled")
    write_demo(tmp_path)

    assert "# mine\n" == edited.read_text()
    assert removed.is_file()
    assert (data / "leads.csv").read_text().startswith("Record ID,")


# ------------------------------------------------------------- words of the exports


def columns(value):
    """The columns that one value of the source section reads."""
    return [value] if isinstance(value, str) else [value.column, *(value.when or {} if hasattr(value, "when") else {})]


def test_every_column_that_the_source_section_reads_is_in_the_exports(source, sample):
    """Bare names are those of the leads, `deal.` those of the deals."""
    leads = source.leads
    values = [leads.id, leads.merged_into, leads.channel, leads.campaign, leads.owner, leads.score, leads.amount]
    values += [leads.disposition, leads.return_reason, *leads.fields.values(), *source.events.values()]
    read_columns = {column for value in values for column in columns(value)}
    there = {*sample.leads[0], *(f"deal.{column}" for column in sample.deals[0])}

    assert read_columns <= there
    assert {"Lead ID": "Record ID"} == leads.join["deal"].on
    assert {"Created at", "Automatic e-mail at", "deal.Deal ID", "deal.Deal owner"} <= there - read_columns


def test_every_label_of_a_closed_list_has_a_meaning(source, sample):
    """What a cell says is named in `values`, or `other` takes it, or it is a blank."""
    leads = source.leads
    mapped = {leads.channel.column: leads.channel, leads.campaign.column: leads.campaign}
    mapped |= {leads.owner.column: leads.owner, leads.return_reason.column: leads.return_reason}
    mapped |= {field.column: field for field in leads.fields.values() if not isinstance(field, str)}
    unknown = {
        (column, label)
        for column, value in mapped.items()
        for row in sample.leads
        for label in row[column].split("; " if value.separator else "\n")
        if label not in ("", "-", "N/A") and label not in value.values and value.other is None
    }

    assert set() == unknown


def test_every_meaning_is_one_that_the_agreement_knows(agreement, source):
    """Channels, reasons, sellers, actions and the values of fields."""
    sections, leads = agreement.sections, source.leads
    sellers = {*sections.sellers, sections.if_all_are_away}

    assert set(leads.channel.values.values()) <= set(sections.channels)
    assert set(leads.campaign.values.values()) <= set(sections.campaigns)
    assert set(leads.return_reason.values.values()) == set(sections.return_reasons)
    assert set(leads.owner.values.values()) == sellers
    assert set(leads.fields) <= set(sections.fields)
    for name, value in leads.fields.items():
        known = sections.fields[name]
        if known.is_ == "one of":
            assert {*value.values.values(), *([value.other] if value.other else [])} <= set(known.values)
        if known.is_ in ("action", "list of actions"):
            assert set(value.values.values()) == set(sections.actions)


def test_activities_count_what_the_agreement_says(agreement, source):
    """Points, and the mode that an action shows."""
    names = source.leads.fields["last_action"].values
    actions = agreement.sections.actions

    assert profiles.ACTIVITIES == {
        label: (actions[name].points, actions[name].mode == "buying") for label, name in names.items()
    }


def test_scores_are_the_sum_of_recent_activities(sample):
    """Less ten where nobody has been back for thirty days at the export; a handed-off lead keeps its score."""
    active = [row for row in sample.leads if row["Recent activity"]]

    assert {"Outbound"} == {row["Lead source"] for row in sample.leads if row not in active}
    for row in active:
        total = sum(profiles.ACTIVITIES[label][0] for label in row["Recent activity"].split("; "))
        is_lost = not row["Handed off at"] and row["Last visit"] <= "2027-05-17"

        assert str(total - 10 * is_lost) == row["Lead score"]


def test_leads_go_to_the_sellers_that_the_routing_names(agreement, sample):
    """The first line that fits wins; sellers who share a line take turns."""
    routing = agreement.sections.handoff.routing
    names = {name: person.name for name, person in agreement.sections.people.items()}
    states = {"south": ["PR", "SC", "RS"], "southeast": ["SP", "RJ", "MG", "ES"]}

    assert [["ana", "bruno"], ["caio", "dora"], "edu"] == [route.to for route in routing[1:]]
    assert {name: names[name] for name in PEOPLE} == PEOPLE
    for row in sample.leads:
        if row["Handed off at"] and not row["Merged into"]:
            region = next((region for region, known in states.items() if row["State"] in known), "elsewhere")
            able = {row["Account seller"]} if row["Account seller"] else {names[name] for name in TURNS[region]}
            assert row["Lead owner"] in {*able, names[IF_ALL_ARE_AWAY]}
    given = Counter(row["Lead owner"] for row in sample.leads if row["Handed off at"] and not row["Account seller"])
    assert abs(given["Ana Beltrão"] - given["Bruno Sá"]) <= 2


# ------------------------------------------------------------- what stands beside it


def test_agreed_exceptions_name_leads_of_the_export(agreement, sample):
    """And people of both sides."""
    ids = {row["Record ID"] for row in sample.leads}
    people = agreement.sections.people

    for exception in agreement.sections.not_counted:
        assert set(exception.leads or ()) <= ids
        assert {"marketing", "sales"} == {people[name].team for name in exception.agreed_by}
        assert exception.promise in {promise.id for promise in agreement.promises()}


def test_the_log_speaks_of_people_meetings_and_objections_that_exist(agreement):
    """In the order of the days, none of them after the export."""
    sections = agreement.sections
    for name, entries in sections.log.items():
        days = [entry.on for entry in entries]

        assert days == sorted(days), name
        assert all("2027-01-01" <= day.isoformat() <= "2027-06-16" for day in days)
        assert {entry.by for entry in entries} <= set(sections.people)
    assert {entry.what for entry in sections.log["meetings"]} <= set(sections.meetings)
    assert {entry.what for entry in sections.log["objections_heard"]} <= set(sections.objections)


def test_amounts_are_near_the_planned_deal(agreement, sample):
    """R$ 30,000 on average; no deal carries a quarter of a month."""
    won: list[Fraction] = [Fraction(deal["Amount"]) for deal in sample.deals if deal["Stage"] == "Closed won"]

    assert abs(sum(won) / len(won) - agreement.sections.plan.average_deal) < 1500
    assert min(won) > 5000
    assert max(won) < 70000
