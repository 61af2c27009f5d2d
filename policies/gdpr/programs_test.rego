package test.gdpr

import data.test.writ as given
import data.writ

test_a_program_counts_customers if {
	decision := writ.decision with input as given.call(given.program([]), "customers.stats", {})
	decision.effect == "allow"
	decision.rules == ["gdpr.allow.program_aggregates"]
}

# Also where somebody put it into a group whose people may.
test_a_program_sees_nothing_else[tool] if {
	some tool in (object.keys(data.catalogue.crm) - {"customers.stats"})
	asked := given.call(given.program(["support", "medical", "subject-rights"]), tool, {"id": "C-1001"})
	decision := writ.decision with input as given.approved(asked, {"o-1": ["group:privacy-officer"]})
	decision.effect == "deny"
	"gdpr.deny.program_personal_data" in decision.rules
}

test_an_agent_on_its_own_is_a_program if {
	agent := {"kind": "agent", "groups": ["support"]}
	decision := writ.decision with input as given.call(agent, "customers.lookup", {"id": "C-1001"})
	decision.rules == ["gdpr.deny.program_personal_data"]
}

test_a_program_is_shown_one_tool if {
	listed := {tool |
		some tool, _ in data.catalogue.crm
		decision := writ.decision with input as given.listing(given.program([]), tool)
		decision.effect == "allow"
	}
	listed == {"customers.stats"}
}
