package policies.reference

import data.writ.caller
import data.writ.tool

# METADATA
# title: Staff read
# description: Also through an agent that acts for them.
allow["read"] if {
	staff
	readable
}

# METADATA
# title: Staff read resources and prompts
# description: No catalogue speaks of these, so only a server without personal data gives them. Lists show what may be read.
allow["resources"] if {
	staff
	input.server.name == "everything"
	input.call.method in {"prompts/get", "resources/read"}
}

# METADATA
# title: Editors write
allow["write"] if {
	editor
	tool.does("write")
}

# METADATA
# title: Editors forget entities, with the agreement of the records office
allow["forget"] if {
	editor
	tool.does("delete")
}

# METADATA
# title: The records office agrees to every deletion
require_approval["forget"] := {
	"approvers": ["group:records"],
	"pending_for": "8h",
	"grant_for": "15m",
} if {
	tool.does("delete")
}

# METADATA
# title: Files are written below the shared folder alone
deny["outside_shared"] := "Write below /srv/files/shared/." if {
	input.server.name == "filesystem"
	tool.does("write")
	some path in written
	outside(path)
}

# Named one by one: where a name is computed any argument may be read, and no decision is like one made before.
written contains input.call.arguments.path

written contains input.call.arguments.source

written contains input.call.arguments.destination

outside(path) if not startswith(path, "/srv/files/shared/")

outside(path) if contains(path, "..")

staff if {
	caller.person
	caller.in_group("staff")
}

staff if editor

editor if {
	caller.person
	caller.in_group("editors")
}

readable if tool.does("compute")

readable if tool.does("list")

readable if tool.does("read")
