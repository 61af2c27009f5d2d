package test.gdpr_tickets

import data.test.writ as given
import data.writ

test_tickets_are_for_declared_and_compatible_purposes[purpose] if {
	some purpose, effect in {
		"essential.service.operations.support": "allow",
		"essential.service.operations.improve": "allow",
		"essential.legal_obligation": "allow",
		"marketing.advertising": "deny",
		"train_ai_system": "deny",
		"": "deny",
	}
	decision := writ.decision with input as given.stating(call(support, "tickets.get"), purpose)
	decision.effect == effect
	{"gdpr_tickets.deny.purpose" | effect == "deny"} == {rule | some rule in decision.rules; startswith(rule, "gdpr_tickets.deny.")}
}

test_without_a_purpose_the_default_counts if {
	decision := writ.decision with input as call(support, "tickets.get")
	decision.obligations[0].purpose == "essential.service.operations.support"
}

test_what_changes_tickets_has_a_purpose_too[tool] if {
	some tool in ["tickets.reply", "tickets.share", "tickets.queue"]
	decision := writ.decision with input as given.stating(call(support, tool), "marketing")
	decision.rules == ["gdpr_tickets.deny.purpose"]
}

test_figures_are_for_whatever_purpose if {
	decision := writ.decision with input as given.stating(call(support, "tickets.stats"), "marketing")
	decision.effect == "allow"
}

test_a_session_needs_no_purpose if {
	decision := writ.decision with input as given.to(given.message(support, "tools/list"), "tickets")
	decision.rules == ["writ.allow.lifecycle"]
}

test_a_further_purpose_is_compatible_with_a_declared_one[purpose] if {
	some purpose, entry in data.register.purposes.tickets
	first := object.get(entry, "compatible_with", purpose)
	not data.register.purposes.tickets[first].compatible_with
	data.register.purposes.tickets[first].legal_basis
}
