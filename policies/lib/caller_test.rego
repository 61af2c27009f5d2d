package test.writ

import data.writ.caller

test_a_group_is_known_by_its_name_where_none_is_mapped if {
	agent := reading_as(["support"])
	caller.in_group("support") with input as agent with data.groups as {}
	not caller.in_group("medical") with input as agent with data.groups as {}
}

test_a_mapped_group_is_known_by_its_id_alone if {
	agent := reading_as(["id-1"])
	impostor := reading_as(["support"])
	caller.in_group("support") with input as agent with data.groups as {"support": "id-1"}
	not caller.in_group("support") with input as impostor with data.groups as {"support": "id-1"}
}

test_nobody_is_in_a_group_of_a_caller_without_groups if {
	not caller.in_group("support") with input as {"identity": {}} with data.groups as {}
	not caller.in_group("support") with input as {} with data.groups as {}
}

test_people_and_programs_are_told_apart[kind] if {
	some kind, [person, program, through_agent] in {
		"human": [1, 0, 0],
		"human-via-agent": [1, 0, 1],
		"workload": [0, 1, 0],
		"agent": [0, 1, 0],
		"anonymous": [0, 0, 0],
	}
	person == count([1 | caller.person with input as {"identity": {"kind": kind}}])
	program == count([1 | caller.program with input as {"identity": {"kind": kind}}])
	through_agent == count([1 | caller.through_agent with input as {"identity": {"kind": kind}}])
}

reading_as(groups) := call(human(groups), "read", {})
