package test.gdpr

import data.test.writ as given
import data.writ

medical := given.human(["medical"])

notes(who) := given.call(who, "health.notes", {"id": "C-1001"})

test_the_medical_group_reads_health_notes if {
	decision := writ.decision with input as notes(medical)
	decision.effect == "allow"
	decision.rules == ["gdpr.allow.medical_read"]
	decision.mask_fields == []
}

test_support_does_not_read_health_notes if {
	decision := writ.decision with input as notes(support)
	decision.effect == "deny"
	decision.rules == ["gdpr.deny.health_data"]
	decision.reasons == [{"rule": "gdpr.deny.health_data", "message": "Health data is for the medical group"}]
}

test_health_notes_are_listed_to_the_medical_group_alone[group] if {
	some group, effect in {"medical": "allow", "support": "deny", "subject-rights": "deny"}
	decision := writ.decision with input as given.listing(given.human([group]), "health.notes")
	decision.effect == effect
}

test_the_medical_group_reads_nothing_else[tool] if {
	some tool in (object.keys(data.catalogue.crm) - {"health.notes"})
	decision := writ.decision with input as given.call(medical, tool, {})
	decision.effect == "deny"
}

test_a_member_of_both_groups_reads_both if {
	both := given.human(["medical", "support"])
	decision := writ.decision with input as notes(both)
	decision.rules == ["gdpr.allow.medical_read", "gdpr.allow.support_read"]
}

test_a_program_in_the_medical_group_does_not_read_health_notes if {
	decision := writ.decision with input as notes(given.program(["medical"]))
	decision.rules == ["gdpr.deny.program_personal_data"]
}
