# METADATA
# title: A server that asks its clients and tells them things
# custom:
#   servers: [desk, annex]
package policies.desk

# METADATA
# title: Every method of a client
allow["everything"] if input.call.method != ""

# METADATA
# title: The server may use the client's model, and ask the person
allow["questions"] if {
	input.call.direction == "to-client"
	input.call.method in {"sampling/createMessage", "elicitation/create"}
}

# METADATA
# title: No passwords
deny["passwords"] := "no passwords" if {
	input.call.direction == "to-client"
	input.call.method == "elicitation/create"
	contains(lower(input.call.arguments.message), "password")
}

# METADATA
# title: Answers hold no secrets
deny["secrets"] := "no secrets" if {
	input.call.direction == "to-server"
	input.call.method == "elicitation/create"
	input.call.arguments.content.secret
}

# METADATA
# title: Nothing of this tool
deny["shut"] := "shut" if input.call.tool == "shut"

# METADATA
# title: Some prompts are hidden
deny["hidden_prompt"] := "hidden" if startswith(input.call.prompt, "hidden")

# METADATA
# title: Some resources are hidden
deny["hidden_resource"] := "hidden" if startswith(input.call.uri, "desk://hidden/")

# METADATA
# title: No chatter
deny["chatter"] := "chatter" if {
	input.call.method == "notifications/message"
	input.call.direction == "to-client"
	input.call.arguments.level == "debug"
}

# METADATA
# title: No names of people
mask_fields["names"] := {"categories": ["user.name"], "strategy": "redact"}

# METADATA
# title: The client's model learns no names
mask_fields["sampled"] := {"path": "$.messages[*].content.name", "on": "arguments", "strategy": "redact"} if {
	input.call.method == "sampling/createMessage"
	input.call.direction == "to-client"
}

# METADATA
# title: The person is not told who it is about
mask_fields["asked"] := {"path": "$.about", "on": "arguments", "strategy": "redact"} if {
	input.call.method == "elicitation/create"
	input.call.direction == "to-client"
}

# METADATA
# title: The server does not learn addresses from answers
mask_fields["answered"] := {"path": "$.content.email", "on": "arguments", "strategy": "hash"} if {
	input.call.method == "elicitation/create"
	input.call.direction == "to-server"
}

# METADATA
# title: Logs hold no addresses
mask_fields["logged"] := {"path": "$.data.email", "on": "arguments", "strategy": "redact"} if {
	input.call.method == "notifications/message"
	input.call.direction == "to-client"
}
