"""Which system a file comes from: told by its headings, whatever names the system writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from checker.funnel.presets import recognised
from checker.funnel.presets.preset import STAGE, SYSTEMS, Preset, Way, plain, preset

HEADINGS = [
    (("hubspot", "contact"), ["Record ID", "First Name", "Lifecycle Stage", "Original Source"]),
    (("hubspot", "contact"), ["hs_object_id", "email", "lifecyclestage", "hs_analytics_source"]),
    (("hubspot", "contact"), ["_fivetran_synced", "id", "property_email", "property_hs_merged_object_ids"]),
    (("hubspot", "contact"), ["Record ID", "Email", "Became a Marketing Qualified Lead Date"]),
    (("hubspot", "contact"), ["ID do registro", "Fase do ciclo de vida"]),
    (("hubspot", "deal"), ["Record ID", "Deal Name", "Deal Stage", "Close Date", "Original Source"]),
    (("hubspot", "deal"), ["hs_object_id", "dealname", "dealstage", "hs_analytics_source", "hubspot_owner_id"]),
    (("hubspot", "deal"), ["deal_id", "deal_pipeline_stage_id", "property_dealname"]),
    (("salesforce", "lead"), ["Id", "Status", "LeadSource", "IsConverted", "CreatedDate"]),
    (("salesforce", "lead"), ["Lead ID", "Lead Status", "Create Date", "Lead Owner"]),
    (("salesforce", "lead"), ["id", "lead_source", "converted_opportunity_id", "is_converted"]),
    (("salesforce", "opportunity"), ["Id", "Name", "StageName", "Amount", "CloseDate", "IsWon", "LeadSource"]),
    (("salesforce", "opportunity"), ["Opportunity ID", "Opportunity Name", "Stage", "Won", "Close Date"]),
    (("salesforce", "lead_history"), ["Id", "LeadId", "Field", "OldValue", "NewValue", "CreatedDate"]),
    (("salesforce", "opportunity_history"), ["Id", "OpportunityId", "StageName", "Amount", "CloseDate", "CreatedDate"]),
    (("salesforce", "opportunity_history"), ["OpportunityId", "Field", "OldValue", "NewValue", "CreatedDate"]),
    (("salesforce", "task"), ["Id", "WhoId", "Subject", "Status", "ActivityDate", "TaskSubtype"]),
    (("rd_station", "lead"), ["Email", "Nome", "Celular", "Celular", "Data da primeira conversão", "Tags"]),
    (("rd_station", "lead"), ["E-mail", "Estágio no funil", "Data da última oportunidade"]),
    (None, ["Lead", "Source", "Size", "MQL since"]),
    (None, ["id", "status", "created_at"]),
    (None, []),
]


@pytest.mark.parametrize(("expected", "headings"), HEADINGS)
def test_a_file_is_recognised_by_its_headings_in_any_spelling_and_order(expected, headings):
    actual = [recognised(headings), recognised(headings[::-1]), recognised([name.upper() for name in headings])]

    assert [expected, expected, expected] == actual


KINDS = [(system, kind) for system in SYSTEMS for kind in preset(system).files]


@pytest.mark.parametrize(("system", "kind"), KINDS)
@pytest.mark.parametrize("which", [0, -1])
def test_every_kind_of_file_is_recognised_by_all_that_is_known_of_it(system, kind, which):
    """With the first, and with the last of the headings of each column."""
    columns = preset(system).files[kind].columns.values()
    headings = [spelled[which].replace(STAGE, "Lead") for spelled in columns]

    assert (system, kind) == recognised(headings)


def ways_of(known: Preset) -> Iterator[Way]:
    for ways in (*known.leads.values(), *known.events.values()):
        yield from ways
    for stage in known.stages:
        yield from stage.ways
    yield from known.entered.before_pipeline
    yield from known.entered.from_pipeline


def columns_of(way: Way) -> Iterator[str]:
    if isinstance(way, str):
        yield way
    elif "same_as" not in way:
        yield way["column"]
        yield from way.get("when", {})
        yield from way.get("set", {}).values()


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_preset_asks_for_columns_that_it_knows(system):
    known = preset(system)
    asked = {column for way in ways_of(known) for column in columns_of(way)}
    asked |= {f"{kind}.{own}" for kind, file in known.files.items() for own in file.join or {}}
    asked |= {of_lead for file in known.files.values() for of_lead in (file.join or {}).values()}
    there = {f"{kind}.{name}" for kind, file in known.files.items() for name in file.columns}

    assert set() == {column.removeprefix("id") for column in asked if column not in there}


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_two_stages_of_a_system_have_a_name_in_common(system):
    known = preset(system)
    names = Counter(letters for stage in known.stages for letters in {plain(name) for name in stage.called})
    ids = Counter(name for stage in known.stages for name in stage.usual)
    roles = Counter(stage.is_ for stage in known.stages if stage.is_ is not None)

    assert {1} == {*names.values(), *ids.values(), *roles.values()}


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_cell_is_two_channels(system):
    channels = preset(system).channels.values()
    cells = Counter(letters for cells in channels for letters in {cell.casefold() for cell in cells})

    assert {1} == set(cells.values())
