package test.gdpr

import data.test.writ as given
import data.writ

case_worker := given.human(["subject-rights"])

export := given.call(case_worker, "customers.export", {"id": "C-1001"})

erasure := given.call(case_worker, "customers.delete", {"id": "C-1001"})

test_an_export_waits_for_the_privacy_officer if {
	decision := writ.decision with input as export
	decision == {
		"effect": "require-approval",
		"rules": ["gdpr.allow.subject_rights", "gdpr.require_approval.export_delete"],
		"reasons": [{
			"rule": "gdpr.require_approval.export_delete",
			"message": "The privacy officer agrees to every export and erasure",
		}],
		"mask_fields": [],
		"detokenise": [],
		"withhold": [],
		"approval": {"requirements": [{
			"rule": "gdpr.require_approval.export_delete",
			"approvers": ["group:privacy-officer"],
			"quorum": 1,
			"pending_for": "8h",
			"grant_for": "15m",
			"uses": 1,
			"reason_required": true,
		}]},
		"obligations": [{
			"rule": "gdpr.obligations.subject_rights",
			"purpose": "essential.legal_obligation",
			"legal_basis": "Legal obligations",
			"data_categories": [],
			"retention": "P3Y",
			"record": "metadata",
		}],
	}
}

test_erasure_waits_for_the_privacy_officer if {
	decision := writ.decision with input as erasure
	decision.effect == "require-approval"
}

test_with_approval_the_export_goes_out_whole if {
	decision := writ.decision with input as given.approved(export, {"o-1": ["group:privacy-officer"]})
	decision.effect == "allow"
	decision.rules == ["gdpr.allow.subject_rights"]
	decision.mask_fields == []
}

test_nobody_else_approves[name] if {
	some name, people in {
		"the case worker": {"u-1": ["group:privacy-officer"]},
		"a colleague": {"c-1": ["group:subject-rights"]},
		"somebody in no group": {"c-1": []},
	}
	decision := writ.decision with input as given.approved(erasure, people)
	decision.effect == "require-approval"
}

test_approval_grants_nothing_to_others[group] if {
	some group in ["support", "medical", "privacy-officer"]
	asked := given.call(given.human([group]), "customers.delete", {"id": "C-1001"})
	decision := writ.decision with input as given.approved(asked, {"o-1": ["group:privacy-officer"]})
	decision.rules == ["writ.no_grant"]
}

test_case_workers_find_the_customer_with_contact_data_masked if {
	decision := writ.decision with input as given.call(case_worker, "customers.search", {"query": "lindqvist"})
	decision.rules == ["gdpr.allow.subject_search"]
	[field.path | some field in decision.mask_fields] == ["$.customers[*].email"]
}

test_case_workers_read_no_whole_customer if {
	decision := writ.decision with input as given.call(case_worker, "customers.lookup", {"id": "C-1001"})
	decision.rules == ["writ.no_grant"]
}

test_tools_that_wait_for_approval_are_listed[tool] if {
	some tool in ["customers.export", "customers.delete"]
	decision := writ.decision with input as given.listing(case_worker, tool)
	decision.effect == "allow"
}
