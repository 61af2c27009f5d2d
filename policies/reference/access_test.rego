package test.reference

import data.test.writ as given
import data.writ

staff := given.human(["staff"])

editor := given.human(["editors"])

of(server, who, tool, arguments) := given.to(given.call(who, tool, arguments), server)

test_staff_read[name] if {
	cases := {
		"echo": of("everything", staff, "echo", {"message": "hello"}),
		"folder": of("filesystem", staff, "list_directory", {"path": "/srv/files"}),
		"memory": of("memory", staff, "read_graph", {}),
	}
	some name, call in cases
	decision := writ.decision with input as call
	decision.effect == "allow"
	decision.rules == ["reference.allow.read"]
}

test_nobody_else_does[name] if {
	cases := {
		"another group": of("memory", given.human(["support"]), "read_graph", {}),
		"a program": of("memory", given.program(["staff"]), "read_graph", {}),
		"the environment": of("everything", staff, "get-env", {}),
		"writing": of("memory", staff, "create_entities", {"entities": []}),
		"a tool nobody catalogued": of("everything", staff, "trigger-long-running-operation", {}),
	}
	some name, call in cases
	decision := writ.decision with input as call
	decision.effect == "deny"
}

test_resources_of_the_server_without_personal_data[name] if {
	cases := {"everything": "allow", "filesystem": "deny", "memory": "deny"}
	some name, effect in cases
	decision := writ.decision with input as given.to(given.message(staff, "resources/read"), name)
	decision.effect == effect
}

test_editors_write_below_the_shared_folder[name] if {
	cases := {
		"file": of("filesystem", editor, "write_file", {"path": "/srv/files/shared/a.txt", "content": "a"}),
		"folder": of("filesystem", editor, "create_directory", {"path": "/srv/files/shared/a"}),
		"move": of("filesystem", editor, "move_file", {
			"source": "/srv/files/shared/a",
			"destination": "/srv/files/shared/b",
		}),
		"memory": of("memory", editor, "create_entities", {"entities": []}),
	}
	some name, call in cases
	decision := writ.decision with input as call
	decision.effect == "allow"
	decision.rules == ["reference.allow.write"]
}

test_and_nowhere_else[name] if {
	cases := {
		"beside it": {"path": "/srv/files/sharedness/a.txt"},
		"above it": {"path": "/srv/files/a.txt"},
		"up again": {"path": "/srv/files/shared/../a.txt"},
		"one of two": {"source": "/srv/files/shared/a", "destination": "/etc/a"},
		"the other of two": {"source": "/etc/a", "destination": "/srv/files/shared/a"},
		"no text": {"path": 1},
		"false": {"path": false},
		"nothing": {"destination": null},
	}
	some name, arguments in cases
	decision := writ.decision with input as of("filesystem", editor, "write_file", arguments)
	decision.effect == "deny"
	decision.rules == ["reference.deny.outside_shared"]
}

test_forgetting_waits_for_the_records_office if {
	call := of("memory", editor, "delete_entities", {"entityNames": ["Anna Lindqvist"]})
	asked := writ.decision with input as call
	asked.effect == "require-approval"
	approved := writ.decision with input as given.approved(call, {"officer": ["group:records"]})
	approved.effect == "allow"
}
