# METADATA
# title: Everything passes, addresses as tokens
# custom:
#   servers: [crm]
package policies.crm

# METADATA
# title: Every method
allow["everything"] if input.call.method != ""

# METADATA
# title: Addresses as tokens
mask_fields["contact"] := {
	"categories": ["user.contact.email"],
	"strategy": "tokenise",
	"options": {"purpose": "reply", "expires": "1h"},
}

# METADATA
# title: What the server is told as tokens
mask_fields["asked"] := {
	"path": "$.reference",
	"on": "arguments",
	"strategy": "tokenise",
	"options": {"purpose": "reply"},
} if {
	input.call.tool == "echo"
}
