package test.writ

import data.writ.result

looked_at(input_, rules, reads) := decision if {
	decision := result.decision with input as input_
		with data.policies as {"p": rules}
		with data.build as built(reads)
		with data.catalogue as catalogue
}

shown := {
	"effect": "allow",
	"rules": [],
	"reasons": [],
	"mask_fields": [],
	"detokenise": [],
	"withhold": [],
	"approval": {"requirements": []},
	"obligations": [],
}

test_a_result_nothing_is_said_about_is_shown if {
	looked_at(answered(reading, {}), {}, {}) == shown
}

test_only_rules_that_read_the_result_are_asked if {
	rules := {
		"deny": {"x": true},
		"mask_fields": {"x": {"categories": ["user"], "strategy": "redact"}},
		"require_approval": {"x": approvers},
		"obligations": {"x": {}},
	}
	looked_at(answered(reading, {}), rules, {"p.deny.x": "arguments"}) == shown
}

test_a_result_may_be_refused if {
	d := looked_at(answered(reading, {}), {"deny": {"x": "too much"}}, {"p.deny.x": "result"})
	d.effect == "deny"
	d.rules == ["p.deny.x"]
	d.reasons == [{"rule": "p.deny.x", "message": "too much"}]
}

test_a_result_may_be_masked_further if {
	rules := {"mask_fields": {"x": {"paths": ["$.a"], "strategy": "drop"}}}
	d := looked_at(answered(reading, {}), rules, {"p.mask_fields.x": "result"})
	d.effect == "allow"
	d.mask_fields == [{
		"rule": "p.mask_fields.x",
		"on": "result",
		"path": "$.a",
		"category": null,
		"strategy": "drop",
		"options": {},
	}]
}

test_a_malformed_mask_of_a_result_refuses if {
	rules := {"mask_fields": {"x": {"path": "$.a"}}}
	looked_at(answered(reading, {}), rules, {"p.mask_fields.x": "result"}).rules == ["writ.malformed"]
}

test_a_mask_of_arguments_comes_too_late_and_refuses[on] if {
	some on in ["arguments", "both", "elsewhere"]
	rules := {"mask_fields": {"x": {"path": "$.a", "strategy": "drop", "on": on}}}
	looked_at(answered(reading, {}), rules, {"p.mask_fields.x": "result"}).rules == ["writ.malformed"]
}

test_no_result_is_a_refusal if {
	looked_at(reading, {}, {}).rules == ["writ.no_result"]
	looked_at(object.remove(reading, ["result"]), {}, {}).rules == ["writ.no_result"]
}
