# METADATA
# title: Questions about the caller
# scope: package
# schemas:
#   - input: schema.input
package writ.caller

# METADATA
# title: The caller is in this group
# description: >-
#   Where data.groups maps the name to a directory id, only that id counts: a directory lets people make groups of
#   any name they like.
in_group(name) if group_id(name) in input.identity.groups

# METADATA
# title: The directory's id of a group, or the name where data.groups does not map it
group_id(name) := id if {
	id := data.groups[name]
} else := name

# METADATA
# title: A person asks, directly or through an agent that acts for them
person if input.identity.kind == "human"

person if input.identity.kind == "human-via-agent"

# METADATA
# title: A program asks, with nobody behind it
program if input.identity.kind == "workload"

program if input.identity.kind == "agent"

# METADATA
# title: A person asks through an agent, which sees what is answered
through_agent if input.identity.kind == "human-via-agent"
