package test.gdpr_hr

import data.test.writ as given
import data.writ

test_personnel_data_is_for_the_purposes_of_the_register[purpose] if {
	some purpose, effect in {
		"employment": "allow",
		"essential.service": "allow",
		"essential.legal_obligation": "allow",
		"marketing": "deny",
		"train_ai_system": "deny",
		"default_purpose": "deny",
		"": "deny",
	}
	decision := writ.decision with input as given.stating(lookup(personnel), purpose)
	decision.effect == effect
	{"gdpr_hr.deny.purpose" | effect == "deny"} == {rule | some rule in decision.rules; startswith(rule, "gdpr_hr.deny.")}
}

test_without_a_purpose_the_default_counts if {
	decision := writ.decision with input as lookup(personnel)
	decision.effect == "allow"
	decision.obligations[0].purpose == "employment"
}

test_without_a_register_nothing_passes if {
	decision := writ.decision with input as lookup(personnel) with data.register as {}
	decision.effect == "deny"
	"gdpr_hr.deny.purpose" in decision.rules
}
