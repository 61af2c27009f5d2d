# METADATA
# title: Everything passes, personal data by partial
# custom:
#   servers: [partial]
package policies.partial

# METADATA
# title: Every method
allow["everything"] if input.call.method != ""

# METADATA
# title: The server may ask the person and use the model
allow["questions"] if {
	input.call.direction == "to-client"
	input.call.method in {"sampling/createMessage", "elicitation/create"}
}

# METADATA
# title: Nobody's data, wherever it stands; nothing is masked in lists
mask_fields["anybody"] := {"detect": ["user"], "strategy": "partial", "on": "both"} if {
	not opening
}

opening if input.call.method in {"initialize", "tools/list"}
