package test.gdpr

import data.test.writ as given
import data.writ

support := given.human(["support"])

lookup := given.call(support, "customers.lookup", {"id": "C-1001"})

test_support_reads_a_customer_without_contact_data if {
	decision := writ.decision with input as lookup
	decision == {
		"effect": "allow",
		"rules": ["gdpr.allow.support_read"],
		"reasons": [],
		"mask_fields": [
			{
				"rule": "gdpr.mask_fields.address",
				"on": "result",
				"path": "$.customers[*].address.*",
				"category": "user.contact.address",
				"strategy": "redact",
				"options": {},
			},
			{
				"rule": "gdpr.mask_fields.contact",
				"on": "result",
				"path": "$.customers[*].email",
				"category": "user.contact.email",
				"strategy": "partial",
				"options": {},
			},
			{
				"rule": "gdpr.mask_fields.contact",
				"on": "result",
				"path": "$.customers[*].phone",
				"category": "user.contact.phone_number",
				"strategy": "partial",
				"options": {},
			},
			{
				"rule": "gdpr.mask_fields.free_text",
				"on": "result",
				"path": "$.customers[*].note",
				"category": "user.content.private",
				"strategy": "redact",
				"options": {},
			},
		],
		"detokenise": [],
		"withhold": [],
		"approval": {"requirements": []},
		"obligations": [{
			"rule": "gdpr.obligations.reading",
			"purpose": "essential.service.operations.support",
			"legal_basis": "Contract",
			"data_categories": [],
			"retention": "P1Y",
			"record": "masked",
		}],
	}
}

# Whatever of contact data and free text the catalogue knows a read tool to hold, support does not see it whole.
test_no_tool_that_support_reads_shows_contact_data[tool] if {
	some tool in ["customers.lookup", "customers.search", "customers.report", "customers.stats"]
	decision := writ.decision with input as given.call(support, tool, {"region": "EU"})
	decision.effect == "allow"
	masked := {field.path | some field in decision.mask_fields}
	private := {path |
		some category, paths in data.catalogue.crm[tool].holds
		some above in ["user.contact.", "user.content."]
		startswith($"{category}.", above)
		some path in paths
	}
	private - masked == set()
}

test_support_counts_customers_unmasked if {
	decision := writ.decision with input as given.call(support, "customers.stats", {})
	decision.effect == "allow"
	decision.mask_fields == []
}

test_support_finds_the_tools_it_may_call_listed[tool] if {
	some tool, effect in {
		"customers.lookup": "allow",
		"customers.search": "allow",
		"customers.report": "allow",
		"customers.stats": "allow",
		"customers.export": "deny",
		"customers.delete": "deny",
		"health.notes": "deny",
	}
	decision := writ.decision with input as given.listing(support, tool)
	decision.effect == effect
}

test_a_caller_in_no_group_reads_nothing[tool] if {
	some tool, _ in data.catalogue.crm
	decision := writ.decision with input as given.call(given.human([]), tool, {})
	decision.effect == "deny"
}

test_support_reads_the_crm_through_an_agent_too if {
	who := {"kind": "human-via-agent", "groups": ["support"]}
	decision := writ.decision with input as given.call(who, "customers.lookup", {})
	decision.effect == "allow"
}

test_nobody_without_a_name_reads_anything if {
	who := {"kind": "anonymous", "groups": ["support"]}
	decision := writ.decision with input as given.call(who, "customers.lookup", {})
	decision.rules == ["writ.no_grant"]
}

test_a_grant_of_tools_grants_no_other_method[method] if {
	some method in ["resources/read", "prompts/get", "sampling/createMessage", "completion/complete"]
	asked := object.union(lookup, {"call": {"method": method}})
	decision := writ.decision with input as asked
	decision.rules == ["writ.no_grant"]
}
