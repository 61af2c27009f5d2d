# METADATA
# title: What detectors find of people is hidden, both ways
# custom:
#   servers: [crm]
package policies.crm

# METADATA
# title: Every method
allow["everything"] if input.call.method != ""

# METADATA
# title: The server may ask the person
allow["questions"] if {
	input.call.direction == "to-client"
	input.call.method in {"elicitation/create", "sampling/createMessage"}
}

# METADATA
# title: Addresses of people, where the catalogue has them
mask_fields["contact"] := {"categories": ["user.contact"], "strategy": "partial"}

# METADATA
# title: People, wherever they are found
mask_fields["people"] := {"detect": ["user"], "strategy": "redact"}

# METADATA
# title: Numbers of staff
mask_fields["staff"] := {"pattern": "EMP-[0-9]{4}", "category": "user.unique_id", "strategy": "redact"}

# METADATA
# title: The server learns no numbers of accounts
mask_fields["sent"] := {"detect": ["user.financial"], "strategy": "redact", "on": "arguments"}

# METADATA
# title: No sound
withhold["sound"] := {"mime_types": ["audio/*"], "action": "deny"}
