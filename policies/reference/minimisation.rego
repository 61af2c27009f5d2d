package policies.reference

import data.writ.tool

# METADATA
# title: Free text is not shown
# description: People write contact data and worse into files and notes, and no path says where in the text it stands.
mask_fields["free_text"] := {"categories": ["user.content"], "strategy": "redact"} if tool.does("read")

# METADATA
# title: An agent that acts for somebody tells people apart without their names
mask_fields["names"] := {"categories": ["user.name"], "strategy": "hash"} if {
	tool.does("read")
	input.identity.kind == "human-via-agent"
}
