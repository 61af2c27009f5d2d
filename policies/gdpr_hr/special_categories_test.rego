package test.gdpr_hr

import data.test.writ as given
import data.writ

test_a_medical_officer_reads_notes_whole if {
	decision := writ.decision with input as notes(medical)
	decision.rules == ["gdpr_hr.allow.medical_read"]
	decision.mask_fields == []
}

test_nobody_else_reads_notes[group] if {
	some group in ["hr", "privacy-officer", "support"]
	decision := writ.decision with input as notes(person([group]))
	decision.rules == ["gdpr_hr.deny.health_data"]
}

test_notes_need_a_purpose_with_a_basis_of_its_own[name] if {
	cases := {"none": null, "employment": "employment", "training": "train_ai_system", "empty": ""}
	some name, purpose in cases
	decision := writ.decision with input as given.stating(notes(medical), purpose)
	decision.effect == "deny"
	"gdpr_hr.deny.health_purpose" in decision.rules
}

test_notes_do_not_go_through_agents if {
	agent := object.union(medical, {"kind": "human-via-agent", "actor": {"sub": "agent-1"}})
	decision := writ.decision with input as notes(agent)
	decision.rules == ["gdpr_hr.deny.health_agent"]
}

test_agents_still_look_employees_up if {
	agent := object.union(personnel, {"kind": "human-via-agent", "actor": {"sub": "agent-1"}})
	decision := writ.decision with input as lookup(agent)
	decision.rules == ["gdpr_hr.allow.hr_read"]
}
