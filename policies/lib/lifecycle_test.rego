package test.writ

import data.writ
import data.writ.lifecycle

nobody := {"kind": "anonymous", "groups": []}

lifecycle_methods := {
	"to-server": {
		"initialize", "logging/setLevel", "notifications/cancelled", "notifications/initialized",
		"notifications/progress", "notifications/roots/list_changed", "ping", "prompts/list", "resources/list",
		"resources/templates/list", "server/discover", "session/end", "session/listen", "subscriptions/listen",
		"tasks/cancel", "tasks/get", "tasks/list", "tasks/result", "tasks/update", "tools/list",
	},
	"to-client": {
		"notifications/cancelled", "notifications/elicitation/complete", "notifications/message",
		"notifications/progress", "notifications/prompts/list_changed", "notifications/resources/list_changed",
		"notifications/resources/updated", "notifications/subscriptions/acknowledged", "notifications/tasks",
		"notifications/tasks/status", "notifications/tools/list_changed", "ping",
	},
}

other_methods := {
	"to-server": {
		"completion/complete", "elicitation/create", "notifications/tasks/status", "prompts/get", "resources/read",
		"resources/subscribe", "resources/unsubscribe", "roots/list", "sampling/createMessage", "tools/call",
		"tools/call ", "TOOLS/LIST", "",
	},
	"to-client": {
		"elicitation/create", "initialize", "prompts/list", "resources/read", "roots/list", "sampling/createMessage",
		"tasks/get", "tasks/result", "tools/call", "tools/list", "notifications/anything", "PING", "",
	},
}

test_what_a_session_needs_is_granted[name] if {
	some direction, methods in lifecycle_methods
	some method in methods
	name := $"{method} {direction}"
	decided(towards(direction, human([]), method), {}).rules == ["writ.allow.lifecycle"]
}

test_what_a_session_needs_is_not_granted_to_nobody[name] if {
	some direction, methods in lifecycle_methods
	some method in methods
	name := $"{method} {direction}"
	decided(towards(direction, nobody, method), {}).rules == ["writ.no_grant"]
}

test_every_other_method_is_denied[name] if {
	some direction, methods in other_methods
	some method in (methods - {"tools/call"})
	name := $"{method} {direction}"
	decided(towards(direction, human([]), method), {}).rules == ["writ.no_grant"]
}

test_a_call_of_a_tool_is_no_part_of_a_session[direction] if {
	some direction, _ in other_methods
	asked_ := towards(direction, human([]), "tools/call")
	not lifecycle.needed with input as asked_
}

test_no_direction_is_none[direction] if {
	some direction in ["", "to-Client", "to-anybody"]
	asked_ := towards(direction, human([]), "ping")
	not lifecycle.needed with input as asked_
}

# A grant for calls must not let a server ask the client for its model, its user or its folders.
test_a_grant_that_does_not_name_messages_to_the_client_grants_none[method] if {
	some method in (other_methods["to-client"] - {"tools/call"})
	decided(towards("to-client", human([]), method), granted).rules == ["writ.no_grant"]
}

test_a_grant_that_names_them_does[direction] if {
	some direction, effect in {"to-client": "allow", "to-server": "allow"}
	d := naming_clients(towards(direction, human([]), "elicitation/create"), granted)
	d.effect == effect
	d.rules == ["p.allow.x"]
}

test_such_a_grant_is_none_for_tools if {
	naming_clients(towards("to-client", human([]), "tools/call"), granted).rules == ["writ.uncatalogued"]
}

test_a_grant_of_them_may_be_for_anybody if {
	naming_clients(towards("to-client", nobody, "notifications/progress"), granted).rules == ["p.allow.x"]
}

test_a_denial_need_not_name_them[method] if {
	some method in ["ping", "notifications/message", "elicitation/create"]
	rules := object.union(granted, {"deny": {"y": true}})
	naming_clients(towards("to-client", human([]), method), rules).rules == ["p.deny.y"]
}

naming_clients(input_, rules) := decision if {
	decision := writ.decision with input as input_
		with data.policies as {"p": rules}
		with data.build as built({"p.allow.x": "to-client"})
		with data.catalogue as catalogue
}
