# METADATA
# title: Messages that a session cannot do without
# description: >-
#   Granted to every caller who is known, unless a pack denies them. What their answers hold is decided by itself; what a
#   server says in its notifications is left out where the call they belong to is masked.
# scope: package
# schemas:
#   - input: schema.input
package writ.lifecycle

# METADATA
# title: The session needs this message
# description: False of a call of a tool before anything is looked up, as that is what most messages are.
needed if {
	input.call.method != "tools/call"
	input.identity.kind != "anonymous"
	methods[input.call.direction][input.call.method]
}

methods["to-server"] := {
	"initialize",
	"logging/setLevel",
	"notifications/cancelled",
	"notifications/initialized",
	"notifications/progress",
	"notifications/roots/list_changed",
	"ping",
	"server/discover",
	# Of Streamable HTTP: GET, whose messages are decided one by one, and DELETE.
	"session/end",
	"session/listen",
	"subscriptions/listen",
	# Items are decided one by one, as the calls they stand for.
	"prompts/list",
	"resources/list",
	"resources/templates/list",
	"tools/list",
	# The gateway lets callers reach their own tasks alone, and asks about the call which the task answers.
	"tasks/cancel",
	"tasks/get",
	"tasks/list",
	"tasks/result",
	"tasks/update",
}

methods["to-client"] := {
	"notifications/cancelled",
	"notifications/elicitation/complete",
	"notifications/message",
	"notifications/progress",
	"notifications/prompts/list_changed",
	"notifications/resources/list_changed",
	"notifications/resources/updated",
	"notifications/subscriptions/acknowledged",
	"notifications/tasks",
	"notifications/tasks/status",
	"notifications/tools/list_changed",
	"ping",
}
