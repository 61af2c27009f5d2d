# METADATA
# title: Published servers behind published clients
# description: Most passes, some is refused by name and some by argument, and addresses of people are masked.
# custom:
#   servers: [everything, everything-sse, everything-stdio, filesystem, memory, notes]
package policies.matrix

# METADATA
# title: Staff use tools, prompts and resources
allow["staff"] if {
	input.call.method in {"tools/call", "prompts/get", "resources/read"}
	"staff" in input.identity.groups
}

# METADATA
# title: A server learns the folders of a client that has some
allow["roots"] if {
	input.call.direction == "to-client"
	input.call.method == "roots/list"
}

# METADATA
# title: Tools nobody is shown
deny["hidden"] if input.call.tool in {"get-env", "move_file", "delete_entities", "erase"}

# METADATA
# title: Secrets stay where they are
deny["secret"] := "This is about a secret" if contains(json.marshal(input.call.arguments), "secret")

# METADATA
# title: What is masked in a tool's answer is not had as a resource
deny["graph"] := "Ask for people by name" if startswith(input.call.uri, "memory:")

# METADATA
# title: Mail addresses are not shown
mask_fields["email"] := {"categories": ["user.contact.email"], "strategy": "redact"}
