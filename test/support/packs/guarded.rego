# METADATA
# title: Some of it is refused
# custom:
#   servers: [guarded]
package policies.guarded

import data.writ.tool

# METADATA
# title: Tools that read
allow["reads"] if tool.does("read")

# METADATA
# title: Tools that delete
allow["deletes"] if tool.does("delete")

# METADATA
# title: A person agrees to what cannot be undone
require_approval["wipe"] := {
	"approvers": ["group:owners"],
	"pending_for": "8h",
	"grant_for": "15m",
} if {
	tool.does("delete")
}

# METADATA
# title: Secrets stay where they are
deny["secret"] if input.call.tool == "secret"

# METADATA
# title: Few at once
deny["many"] := "at most ten at once" if input.call.arguments.limit > 10
