"""Which system a file comes from: told by its headings, whatever names the system writes."""

import pytest

from checker.funnel.presets import recognised

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
