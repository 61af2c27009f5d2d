package test.gdpr_hr

import data.test.writ as given
import data.writ

restricted(asked) := object.union(asked, {"subjects": {"restricted": true}})

test_an_employee_under_restriction_is_not_shown[name] if {
	some name, asked in {"record": lookup(personnel), "notes": notes(medical)}
	decision := writ.decision with input as restricted(asked)
	decision.rules == ["gdpr_hr.deny.restricted"]
}

test_the_employee_still_gets_the_file if {
	decision := writ.decision with input as restricted(call(privacy_officer, "employees.export", {"id": "E-2001"}))
	decision.effect == "require-approval"
}

test_lists_know_no_subject if {
	decision := writ.decision with input as restricted(given.to(given.listing(personnel, "employees.lookup"), "hr"))
	decision.effect == "allow"
}
