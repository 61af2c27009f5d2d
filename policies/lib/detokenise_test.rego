package test.writ

import data.writ

turning := object.union(granted, {"detokenise": {"x": letter}})

letter := {"path": "$.to", "purpose": "support"}

turned(value) := decided(reading, object.union(granted, {"detokenise": {"x": value}}))

test_tokens_are_turned_back_where_a_rule_says if {
	d := turned(letter)
	d.effect == "allow"
	d.rules == ["p.allow.x"]
	d.detokenise == [{"rule": "p.detokenise.x", "path": "$.to", "category": null, "purpose": "support"}]
	d.mask_fields == []
}

test_each_path_and_category_is_an_element if {
	d := turned({"paths": ["$.to", "$.cc"], "purpose": "support", "categories": ["user.contact", "user.name"]})
	[[e.path, e.category] | some e in d.detokenise] == [
		["$.to", "user.contact"],
		["$.to", "user.name"],
		["$.cc", "user.contact"],
		["$.cc", "user.name"],
	]
}

test_what_waits_for_approval_says_which_tokens_will_be_turned_back if {
	d := decided(reading, object.union(turning, {"require_approval": {"x": approvers}}))
	d.effect == "require-approval"
	count(d.detokenise) == 1
}

test_a_refusal_turns_nothing_back if {
	decided(reading, object.union(turning, {"deny": {"x": true}})).detokenise == []
	decided(reading, {"detokenise": {"x": letter}}).effect == "deny"
	decided(reading, {"detokenise": {"x": letter}}).detokenise == []
}

test_a_listing_turns_nothing_back if {
	d := decided(listing(human([]), "read"), turning)
	d.effect == "allow"
	d.detokenise == []
}

# A server that has somebody's token must not have the client shown what it stands for.
test_what_goes_to_the_client_is_not_turned_back if {
	asking := to_client(human([]), "elicitation/create", {"to": "x"})
	rules := {"allow": {"x": true}, "detokenise": {"x": letter}}
	d := writ.decision with input as asking
		with data.policies as {"p": rules}
		with data.build as built({"p.allow.x": "to-client"})
	d.effect == "allow"
	d.detokenise == []
	decided(answer(human([]), "elicitation/create", {"to": "x"}), rules).detokenise != []
}

# The rule would be too late: by then the server has the arguments.
test_a_rule_that_reads_the_result_turns_nothing_back if {
	d := writ.decision with input as reading
		with data.policies as {"p": turning}
		with data.build as built({"p.detokenise.x": "result"})
		with data.catalogue as catalogue
	d.effect == "allow"
	d.detokenise == []
}

test_a_rule_that_reads_arguments_is_asked_of_calls if {
	d := writ.decision with input as reading
		with data.policies as {"p": turning}
		with data.build as built({"p.detokenise.x": "arguments"})
		with data.catalogue as catalogue
	count(d.detokenise) == 1
}

test_a_rule_that_did_not_fire_turns_nothing_back if {
	d := turned(false)
	d.effect == "allow"
	d.detokenise == []
}

test_what_says_not_which_tokens_refuses[slip] if {
	some slip, value in {
		"true": true,
		"message": "turn it back",
		"null": null,
		"no purpose": {"path": "$.to"},
		"no name of a purpose": {"path": "$.to", "purpose": ""},
		"purposes in a list": {"path": "$.to", "purpose": ["support"]},
		"nowhere": {"purpose": "support"},
		"no path in the list": {"paths": [], "purpose": "support"},
		"path in a list": {"path": ["$.to"], "purpose": "support"},
		"paths of another type": {"paths": "$.to", "purpose": "support"},
		"path and paths": object.union(letter, {"paths": ["$.cc"]}),
		"no category in the list": object.union(letter, {"categories": []}),
		"category not in a list": object.union(letter, {"categories": "user"}),
		"mistyped key": object.union(letter, {"category": "user"}),
	}
	d := turned(value)
	d.effect == "deny"
	d.rules == ["writ.malformed"]
	d.reasons[0].message == "p.detokenise.x does not say which tokens are turned back where."
	d.detokenise == []
}

test_a_kind_that_is_one_value_refuses[kind] if {
	some kind in ["detokenise", "withhold"]
	decided(reading, object.union(granted, {kind: true})).effect == "deny"
}
