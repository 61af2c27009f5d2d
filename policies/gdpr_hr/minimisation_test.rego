package test.gdpr_hr

import data.test.writ as given
import data.writ
import data.writ.result

test_a_search_says_what_it_looks_for[name] if {
	some name, [arguments, effect] in {
		"nothing": [{}, "deny"],
		"empty query": [{"query": ""}, "deny"],
		"null": [{"query": null, "department": null}, "deny"],
		"another argument": [{"limit": 100}, "deny"],
		"query": [{"query": "lindholt"}, "allow"],
		"department": [{"department": "Office"}, "allow"],
	}
	decision := writ.decision with input as call(personnel, "employees.search", arguments)
	decision.effect == effect
	{"gdpr_hr.deny.unbounded_search" | effect == "deny"} == {rule | some rule in decision.rules; startswith(rule, "gdpr_hr.deny.")}
}

test_one_answer_has_ten_people_at_most[name] if {
	some name, [people, rules] in {"ten": [10, []], "eleven": [11, ["gdpr_hr.deny.bulk"]]}
	asked := call(personnel, "employees.search", {"query": "a"})
	decision := result.decision with input as given.answered(asked, {"subjects": numbers.range(1, people)})
	decision.rules == rules
}

test_figures_are_about_five_people_at_least[name] if {
	some name, [groups, rules] in {
		"five": [[5, 6], []],
		"four": [[6, 4], ["gdpr_hr.deny.small_groups"]],
		"none": [[], []],
	}
	asked := call(given.program([]), "absence.stats", {})
	decision := result.decision with input as given.answered(asked, {"groups": groups})
	decision.rules == rules
}

test_what_is_masked_and_by_which_rule if {
	decision := writ.decision with input as lookup(medical)
	masked := {[field.rule, field.strategy, field.path] | some field in decision.mask_fields}
	masked == {
		["gdpr_hr.mask_fields.contact", "partial", "$.employees[*].email"],
		["gdpr_hr.mask_fields.contact", "partial", "$.employees[*].phone"],
		["gdpr_hr.mask_fields.payroll", "redact", "$.employees[*].bank_account"],
		["gdpr_hr.mask_fields.payroll", "redact", "$.employees[*].date_of_birth"],
		["gdpr_hr.mask_fields.payroll", "redact", "$.employees[*].national_id"],
		["gdpr_hr.mask_fields.payroll", "redact", "$.employees[*].salary"],
	}
}

test_what_no_path_names_is_looked_for_where_people_write[tool] if {
	some tool, looked_for in {"employees.lookup": true, "employees.search": false, "absence.stats": false}
	decision := writ.decision with input as call(personnel, tool, {"query": "x"})
	decision.effect == "allow"
	found := {field.rule | some field in decision.mask_fields; field.detect}
	found == {rule |
		looked_for
		some rule in ["gdpr_hr.mask_fields.contact_found", "gdpr_hr.mask_fields.free_text"]
	}
}
