package test.gdpr_tickets

import data.test.writ as given
import data.writ

sharing(partner) := given.to(given.call(support, "tickets.share", {"id": "T-3001", "partner": partner}), "tickets")

test_where_the_partner_is_decides[name] if {
	some name, [partner, effect] in {
		"EU": ["repairs-eu", "require-approval"],
		"UK": ["repairs-uk", "require-approval"],
		"elsewhere": ["backoffice-overseas", "deny"],
		"unknown": ["nobody", "deny"],
		"null": [null, "deny"],
		"several": [["repairs-eu"], "deny"],
	}
	decision := writ.decision with input as sharing(partner)
	decision.effect == effect
	{"gdpr_tickets.deny.partner_region" | effect == "deny"} == {rule | some rule in decision.rules; startswith(rule, "gdpr_tickets.deny.")}
}

test_no_approval_carries_a_ticket_elsewhere if {
	asked := given.approved(sharing("backoffice-overseas"), {"p-1": ["group:privacy-officer"]})
	decision := writ.decision with input as asked
	decision.rules == ["gdpr_tickets.deny.partner_region"]
}

test_where_the_server_is_decides[name] if {
	some name, [labels, effect] in {
		"EU": [{"region": "eu"}, "allow"],
		"elsewhere": [{"region": "overseas"}, "deny"],
		"elsewhere, with clauses": [{"region": "overseas", "transfer": "standard-contractual-clauses"}, "allow"],
		"not said": [{}, "deny"],
	}
	reading := call(support, "tickets.get")
	asked := object.union(object.remove(reading, ["server"]), {"server": {"name": "tickets", "labels": labels}})
	decision := writ.decision with input as asked
	decision.effect == effect
	{"gdpr_tickets.deny.server_region" | effect == "deny"} == {rule | some rule in decision.rules; startswith(rule, "gdpr_tickets.deny.")}
}
