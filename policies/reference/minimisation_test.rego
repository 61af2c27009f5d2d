package test.reference

import data.writ

masked(who, server, tool) := {[field.rule, field.category, field.strategy] | some field in decision.mask_fields} if {
	decision := writ.decision with input as of(server, who, tool, {})
}

test_free_text_is_not_shown[name] if {
	cases := {"filesystem": "read_text_file", "memory": "read_graph"}
	some name, tool in cases
	masked(staff, name, tool) == {["reference.mask_fields.free_text", "user.content", "redact"]}
}

test_an_agent_for_somebody_sees_no_names if {
	agent := {"kind": "human-via-agent", "groups": ["staff"]}
	["reference.mask_fields.names", "user.name", "hash"] in masked(agent, "memory", "search_nodes")
}

test_what_holds_nothing_is_not_masked if {
	masked(staff, "filesystem", "list_directory") == set()
}
