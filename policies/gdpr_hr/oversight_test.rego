package test.gdpr_hr

import data.test.writ as given
import data.writ

file := call(privacy_officer, "employees.export", {"id": "E-2001"})

health_file := given.stating(call(medical, "health.export", {"id": "E-2001"}), "essential.service")

test_a_file_waits_for_the_personnel_office if {
	decision := writ.decision with input as file
	decision.effect == "require-approval"
	decision.rules == ["gdpr_hr.allow.privacy_requests", "gdpr_hr.require_approval.file_export"]
}

test_who_agrees_to_a_file[name] if {
	some name, [people, effect] in {
		"personnel office": [{"h-1": ["group:hr"]}, "allow"],
		"privacy officer": [{"p-2": ["group:privacy-officer"]}, "require-approval"],
		"the caller": [{"u-1": ["group:hr"]}, "require-approval"],
	}
	decision := writ.decision with input as given.approved(file, people)
	decision.effect == effect
}

test_two_people_agree_to_a_health_file[name] if {
	some name, [people, effect] in {
		"nobody": [{}, "require-approval"],
		"one": [{"m-1": ["group:medical"]}, "require-approval"],
		"one and the caller": [{"m-1": ["group:medical"], "u-1": ["group:medical"]}, "require-approval"],
		"one of each": [{"m-1": ["group:medical"], "p-1": ["group:privacy-officer"]}, "allow"],
		"personnel office": [{"h-1": ["group:hr"], "h-2": ["group:hr"]}, "require-approval"],
	}
	decision := writ.decision with input as given.approved(health_file, people)
	decision.effect == effect
}

test_a_health_file_is_given_out_by_medicine_alone if {
	decision := writ.decision with input as health_file
	decision.rules == ["gdpr_hr.allow.medical_export", "gdpr_hr.require_approval.health_export"]
	refused := object.union(health_file, {"identity": {"groups": ["privacy-officer"]}})
	other := writ.decision with input as refused
	other.rules == ["gdpr_hr.deny.health_data"]
}
