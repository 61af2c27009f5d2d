package test.writ

required(requirement) := object.union(granted, {"require_approval": {"x": requirement}})

two := {"approvers": ["group:officers", "group:board"], "quorum": 2}

test_defaults_are_filled_in if {
	decided(reading, required(approvers)).approval == {"requirements": [{
		"rule": "p.require_approval.x",
		"approvers": ["group:officers"],
		"quorum": 1,
		"pending_for": "8h",
		"grant_for": "15m",
		"uses": 1,
		"reason_required": true,
	}]}
}

test_what_waits_tells_grants_and_requirements if {
	d := decided(reading, required(approvers))
	d.effect == "require-approval"
	d.rules == ["p.allow.x", "p.require_approval.x"]
	[r.rule | some r in d.reasons] == ["p.require_approval.x"]
}

test_a_requirement_grants_nothing if {
	d := decided(reading, {"require_approval": {"x": approvers}})
	d.effect == "deny"
	d.rules == ["writ.no_grant"]
}

test_approval_by_one_of_the_approvers_is_enough_for_a_quorum_of_one if {
	d := decided(approved(reading, {"o-1": ["group:officers"]}), required(approvers))
	d.effect == "allow"
	d.rules == ["p.allow.x"]
	d.approval.requirements == []
}

test_a_quorum_counts_different_people_who_may_approve[name_] if {
	some name_, [people, effect] in {
		"nobody": [{}, "require-approval"],
		"one": [{"o-1": ["group:officers"]}, "require-approval"],
		"one in both groups": [{"o-1": ["group:officers", "group:board"]}, "require-approval"],
		"one and an outsider": [{"o-1": ["group:officers"], "s-1": ["group:support"]}, "require-approval"],
		"one and the requester": [{"o-1": ["group:officers"], "u-1": ["group:board"]}, "require-approval"],
		"two": [{"o-1": ["group:officers"], "b-1": ["group:board"]}, "allow"],
		"two of one group": [{"o-1": ["group:officers"], "o-2": ["group:officers"]}, "allow"],
	}
	decided(approved(reading, people), required(two)).effect == effect
}

test_the_same_person_twice_is_one if {
	twice := object.union(reading, {"approval": {"id": "a-1", "at": "", "approved_by": [
		{"id": "o-1", "at": "1", "memberships": ["group:officers"]},
		{"id": "o-1", "at": "2", "memberships": ["group:board"]},
	]}})
	decided(twice, required(two)).effect == "require-approval"
}

test_who_acts_for_the_requester_does_not_approve[key] if {
	some key in ["id", "sub"]
	acting := object.union(reading, {"identity": {"kind": "human-via-agent", "actor": {key: "o-1"}}})
	decided(approved(acting, {"o-1": ["group:officers"]}), required(approvers)).effect == "require-approval"
}

test_a_mapped_group_counts_by_its_directory_id_alone[name_] if {
	some name_, [membership, effect] in {
		"id": ["group:00000000-0000-0000-0000-000000000001", "allow"],
		"name": ["group:officers", "require-approval"],
	}
	input_ := approved(reading, {"o-1": [membership]})
	d := decided(input_, required(approvers)) with data.groups as {"officers": "00000000-0000-0000-0000-000000000001"}
	d.effect == effect
}

test_every_requirement_must_be_met if {
	rules := object.union(granted, {"require_approval": {
		"x": approvers,
		"y": {"approvers": ["group:board"]},
	}})
	d := decided(approved(reading, {"o-1": ["group:officers"]}), rules)
	d.effect == "require-approval"
	d.rules == ["p.allow.x", "p.require_approval.y"]
}

test_a_malformed_requirement_refuses[slip] if {
	some slip, requirement in {
		"true": true,
		"message": "ask",
		"nobody": {"approvers": []},
		"no approvers": {},
		"approver not in a list": {"approvers": "group:officers"},
		"approver of another type": {"approvers": [1]},
		"quorum of none": object.union(approvers, {"quorum": 0}),
		"negative quorum": object.union(approvers, {"quorum": -1}),
		"half a person": object.union(approvers, {"quorum": 1.5}),
		"quorum in words": object.union(approvers, {"quorum": "2"}),
		"mistyped key": object.union(approvers, {"quorom": 2}),
	}
	d := decided(approved(reading, {"o-1": ["group:officers"]}), required(requirement))
	d.effect == "deny"
	d.rules == ["writ.malformed"]
}
