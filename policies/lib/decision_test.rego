package test.writ

import data.writ

# Packs made up here: `decided(input, rules)` is the decision where a pack `p` alone says `rules`.
decided(input_, rules) := decision if {
	decision := writ.decision with input as input_
		with data.policies as {"p": rules}
		with data.build as built({})
		with data.catalogue as catalogue
}

built(reads) := {
	"contract": 1,
	"packs": {"*": ["p"]},
	"result_packs": {"*": ["p"]},
	"reads": reads,
	"rules": {"p.deny.titled": {"title": "A title", "at": "p.rego:1"}},
	"tools": {"crm": {"read": {
		"categories": ["user.contact.email", "user.name"],
		"fields": {
			"user": [["user.contact.email", "$.email"], ["user.name", "$.name"]],
			"user.contact": [["user.contact.email", "$.email"]],
			"user.contact.email": [["user.contact.email", "$.email"]],
			"user.name": [["user.name", "$.name"]],
		},
	}}},
}

catalogue := {"crm": {"read": {"action": "read", "holds": {"user.contact.email": ["$.email"], "user.name": ["$.name"]}}}}

reading := call(human([]), "read", {})

granted := {"allow": {"x": true}}

approvers := {"approvers": ["group:officers"]}

test_no_pack_is_a_refusal if {
	decided(reading, {}) == {
		"effect": "deny",
		"rules": ["writ.no_grant"],
		"reasons": [{"rule": "writ.no_grant", "message": "No rule grants this."}],
		"mask_fields": [],
		"detokenise": [],
		"withhold": [],
		"approval": {"requirements": []},
		"obligations": [],
	}
}

test_a_grant_allows if {
	decided(reading, granted) == {
		"effect": "allow",
		"rules": ["p.allow.x"],
		"reasons": [],
		"mask_fields": [],
		"detokenise": [],
		"withhold": [],
		"approval": {"requirements": []},
		"obligations": [],
	}
}

test_a_grant_may_say_why if {
	decided(reading, {"allow": {"x": "on call", "a": true}}).reasons == [{"rule": "p.allow.x", "message": "on call"}]
}

test_only_true_and_messages_grant[name] if {
	some name, value in {
		"false": false,
		"null": null,
		"number": 1,
		"empty message": "",
		"empty set": set(),
		"set": {"m"},
		"array": ["m"],
		"nested rule": {"deeper": true},
	}
	decided(reading, {"allow": {"x": value}}).rules == ["writ.no_grant"]
}

test_a_kind_that_is_one_value_grants_nothing[name] if {
	some name, value in {"true": true, "set": {"m"}, "message": "m"}
	decided(reading, {"allow": value}).effect == "deny"
}

test_a_denial_beats_grants_and_approval if {
	d := decided(reading, {"allow": {"x": true}, "deny": {"y": "no"}, "require_approval": {"z": approvers}})
	d.effect == "deny"
	d.rules == ["p.deny.y"]
	d.approval.requirements == []
}

test_a_denial_is_told_by_its_message_or_title[name] if {
	some name, [rule, value, message] in {
		"message": ["x", "no", "no"],
		"message of an object": ["x", {"message": "no"}, "no"],
		"title": ["titled", true, "A title"],
		"title for an empty message": ["titled", "", "A title"],
		"neither": ["x", true, "The policy refuses this."],
		"a number": ["x", 0, "The policy refuses this."],
		"null": ["x", null, "The policy refuses this."],
	}
	d := decided(reading, {"allow": {"x": true}, "deny": {rule: value}})
	d.effect == "deny"
	d.reasons == [{"rule": $"p.deny.{rule}", "message": message}]
}

test_a_denial_may_have_several_messages_sorted if {
	decided(reading, {"deny": {"x": {"b", "a"}}}).reasons == [
		{"rule": "p.deny.x", "message": "a"},
		{"rule": "p.deny.x", "message": "b"},
	]
}

test_a_denial_that_did_not_fire_refuses_nothing[name] if {
	some name, value in {"false": false, "empty set": set()}
	decided(reading, {"allow": {"x": true}, "deny": {"y": value}}).effect == "allow"
}

test_a_restricting_kind_that_is_one_value_refuses[name] if {
	some name, [kind, value] in {
		"deny": ["deny", true],
		"deny with messages": ["deny", {"m"}],
		"deny that did not fire": ["deny", set()],
		"approval": ["require_approval", true],
		"masks": ["mask_fields", {"m"}],
		"obligations": ["obligations", "keep"],
	}
	decided(reading, object.union(granted, {kind: value})).effect == "deny"
}

test_all_denials_are_told_in_order if {
	decided(reading, {"deny": {"b": true, "a": true, "c": true}}).rules == ["p.deny.a", "p.deny.b", "p.deny.c"]
}

test_an_unknown_tool_is_denied_whatever_grants_it if {
	d := decided(call(human([]), "write", {}), granted)
	d.effect == "deny"
	d.rules == ["writ.uncatalogued"]
}

test_a_call_without_a_tool_is_denied if {
	decided(message(human([]), "tools/call"), granted).rules == ["writ.uncatalogued"]
}

test_a_tool_the_build_made_no_index_of_is_denied if {
	d := writ.decision with input as reading
		with data.policies as {"p": granted}
		with data.build as object.remove(built({}), ["tools"])
		with data.catalogue as catalogue
	d.rules == ["writ.uncatalogued"]
}

test_nothing_is_granted_without_data_of_the_build if {
	d := writ.decision with input as reading with data.policies as {"p": granted} with data.build as {}
	d.effect == "deny"
}

test_packs_of_other_servers_are_not_asked if {
	d := writ.decision with input as reading
		with data.policies as {"p": granted, "q": {"deny": {"x": true}}}
		with data.build as object.union(built({}), {"packs": {"*": ["p", "q"], "crm": ["p"]}})
		with data.catalogue as catalogue
	d.effect == "allow"
}

test_a_pack_may_grant_a_method if {
	decided(message(human([]), "resources/read"), granted).effect == "allow"
}

test_a_pack_may_deny_what_a_session_needs if {
	decided(message(human([]), "tools/list"), {"deny": {"x": true}}).rules == ["p.deny.x"]
}

test_a_listing_asks_for_no_approval_mask_or_record if {
	d := decided(listing(human([]), "read"), {
		"allow": {"x": true},
		"require_approval": {"x": approvers},
		"mask_fields": {"x": {"categories": ["user"], "strategy": "redact"}},
		"obligations": {"x": {}},
	})
	d == {
		"effect": "allow",
		"rules": ["p.allow.x"],
		"reasons": [],
		"mask_fields": [],
		"detokenise": [],
		"withhold": [],
		"approval": {"requirements": []},
		"obligations": [],
	}
}

test_a_denial_by_arguments_is_silent_in_a_listing[name] if {
	some name, [asked_, effect] in {"listing": [listing(human([]), "read"), "allow"], "call": [reading, "deny"]}
	d := writ.decision with input as asked_
		with data.policies as {"p": object.union(granted, {"deny": {"x": true}})}
		with data.build as built({"p.deny.x": "arguments"})
		with data.catalogue as catalogue
	d.effect == effect
}

test_a_denial_that_reads_the_result_is_asked_before_the_call_too[name] if {
	some name, [asked_, effect] in {"listing": [listing(human([]), "read"), "allow"], "call": [reading, "deny"]}
	d := writ.decision with input as asked_
		with data.policies as {"p": object.union(granted, {"deny": {"x": true}})}
		with data.build as built({"p.deny.x": "result"})
		with data.catalogue as catalogue
	d.effect == effect
}

test_a_mask_by_the_result_is_silent_before_the_call if {
	masks := {"x": {"categories": ["user"], "strategy": "redact"}}
	d := writ.decision with input as reading
		with data.policies as {"p": object.union(granted, {"mask_fields": masks})}
		with data.build as built({"p.mask_fields.x": "result"})
		with data.catalogue as catalogue
	d.effect == "allow"
	d.mask_fields == []
}
