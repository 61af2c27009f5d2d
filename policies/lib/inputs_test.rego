# METADATA
# title: Messages to ask policies about in tests
package test.writ

human(groups) := {"kind": "human", "groups": groups}

program(groups) := {"kind": "workload", "groups": groups}

# A call of a tool of the server crm.
call(who, tool, arguments) := asked(who, {
	"id": "01JD0000000000000000000000",
	"method": "tools/call",
	"direction": "to-server",
	"listing": false,
	"tool": tool,
	"arguments": arguments,
	"hash": "sha256:0000000000000000000000000000000000000000000000000000000000000000",
})

# The prospective call that decides whether a tool is listed.
listing(who, tool) := asked(who, {
	"id": "01JD0000000000000000000000",
	"method": "tools/call",
	"direction": "to-server",
	"listing": true,
	"tool": tool,
})

# Any other message.
message(who, method) := towards("to-server", who, method)

towards(direction, who, method) := asked(who, {
	"id": "01JD0000000000000000000000",
	"method": method,
	"direction": direction,
	"listing": false,
})

# What a server asks or tells the client of a caller.
to_client(who, method, arguments) := object.union(
	towards("to-client", who, method),
	{"call": {"arguments": arguments}},
)

# What the client answers to a request of a server.
answer(who, method, arguments) := object.union(
	towards("to-server", who, method),
	{"call": {"arguments": arguments}},
)

# The same message to another server.
to(input_, server) := object.union(input_, {"server": {"name": server}})

# The same message with its purpose stated.
stating(input_, purpose) := object.union(input_, {"purpose": purpose})

# The same message once these people have approved it: ids with what each is a member of.
approved(input_, people) := object.union(input_, {"approval": {
	"id": "a-1",
	"at": "2026-11-22T16:40:00.000Z",
	"approved_by": [{"id": id, "at": "2026-11-22T16:40:00.000Z", "memberships": memberships} |
		some id, memberships in people
	],
}})

# The message together with facts of its result, for the second look.
answered(input_, facts) := object.union(input_, {"result": {
	"is_error": false,
	"bytes": 512,
	"mime_types": [],
	"facts": facts,
}})

asked(who, call_) := {
	"contract": 1,
	"now": "2026-11-22T16:39:00.000Z",
	"server": {"name": "crm", "labels": {"region": "eu"}},
	"call": call_,
	"tool": null,
	"identity": object.union(
		{
			"id": "u-1",
			"tenant": "default",
			"roles": [],
			"scopes": [],
			"client": null,
			"actor": null,
			"claims": {},
		},
		who,
	),
	"client": {"name": null, "version": null, "protocol_version": null, "address": null},
	"session": {"id": null},
	"subjects": {"restricted": false},
	"purpose": null,
	"approval": null,
	"result": null,
	"gateway": {"name": "edge-1", "environment": "test"},
}
