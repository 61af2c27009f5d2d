package test.gdpr

import data.test.writ as given
import data.writ

support := given.human(["support"])

lookup := given.call(support, "customers.lookup", {"id": "C-1001"})

contact_data := "partial"

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
				"strategy": contact_data,
				"options": {},
			},
			{
				"rule": "gdpr.mask_fields.contact",
				"on": "result",
				"path": "$.customers[*].phone",
				"category": "user.contact.phone_number",
				"strategy": contact_data,
				"options": {},
			},
			{
				"rule": "gdpr.mask_fields.contact_found",
				"on": "result",
				"detect": "user.contact.email",
				"category": null,
				"strategy": contact_data,
				"options": {},
			},
			{
				"rule": "gdpr.mask_fields.contact_found",
				"on": "result",
				"detect": "user.contact.phone_number",
				"category": null,
				"strategy": contact_data,
				"options": {},
			},
			{
				"rule": "gdpr.mask_fields.free_text",
				"on": "result",
				"detect": "user",
				"category": null,
				"strategy": "redact",
				"options": {"except": ["user.name", "user.contact.email", "user.contact.phone_number"]},
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

# Whatever of contact data the catalogue knows a read tool to hold, support does not see it whole.
test_no_tool_that_support_reads_shows_contact_data[tool] if {
	some tool in ["customers.lookup", "customers.search", "customers.report", "customers.stats"]
	decision := writ.decision with input as given.call(support, tool, {"region": "EU"})
	decision.effect == "allow"
	masked := {field.path | some field in decision.mask_fields}
	private := {path |
		some category, paths in data.catalogue.crm[tool].holds
		startswith($"{category}.", "user.contact.")
		some path in paths
	}
	private - masked == set()
}

test_no_tool_shows_an_agent_contact_data[tool] if {
	some tool in ["customers.lookup", "customers.search", "customers.report", "messages.send"]
	who := {"kind": "human-via-agent", "groups": ["support"]}
	decision := writ.decision with input as given.call(who, tool, {"region": "EU", "to": "x"})
		with data.policies.gdpr.deny as {}
	{[field.rule, field.category, field.strategy] |
		some field in decision.mask_fields
		field.path
	} - {
		["gdpr.mask_fields.agent_email", "user.contact.email", "tokenise"],
		["gdpr.mask_fields.agent_contact", "user.contact.phone_number", "redact"],
		["gdpr.mask_fields.address", "user.contact.address", "redact"],
	} == set()
	found := {[field.rule, field.detect, field.strategy] |
		some field in decision.mask_fields
		field.detect
	}
	found == {
		["gdpr.mask_fields.agent_email_found", "user.contact.email", "tokenise"],
		["gdpr.mask_fields.agent_phone_found", "user.contact.phone_number", "redact"],
		["gdpr.mask_fields.free_text", "user", "redact"],
	}
}

# Two strategies on one value may give a third: by path and by detector they must be the same.
test_what_paths_and_detectors_find_is_shown_in_one_way[kind] if {
	some kind in ["human", "human-via-agent"]
	who := {"kind": kind, "groups": ["support"]}
	decision := writ.decision with input as given.call(who, "customers.lookup", {"id": "C-1001"})
	some category in ["user.contact.email", "user.contact.phone_number"]
	by_path := {f.strategy | some f in decision.mask_fields; f.path; f.category == category}
	by_detector := {f.strategy | some f in decision.mask_fields; f.detect == category}
	by_path == by_detector
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
