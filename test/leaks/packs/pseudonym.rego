# METADATA
# title: Everything passes, personal data by pseudonym
# custom:
#   servers: [pseudonym]
package policies.pseudonym

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
mask_fields["anybody"] := {"detect": ["user"], "strategy": "pseudonym", "on": "both", "options": {"scope": "tenant"}} if {
	not opening
}

opening if input.call.method in {"initialize", "tools/list"}
