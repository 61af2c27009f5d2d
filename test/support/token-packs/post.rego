# METADATA
# title: Letters go to whom tokens stand for
# custom:
#   servers: [post]
package policies.post

# METADATA
# title: Every method
allow["everything"] if input.call.method != ""

# METADATA
# title: The server may ask the person
allow["questions"] if {
	input.call.direction == "to-client"
	input.call.method == "elicitation/create"
}

# METADATA
# title: Nothing to those who are not to be written to
deny["closed"] if input.call.arguments.to == "closed"

# METADATA
# title: A letter to who asked
detokenise["reply"] := {
	"paths": ["$.to", "$.cc[*]", "$.body", "$.link"],
	"purpose": "reply",
	"categories": ["user.contact"],
} if {
	input.call.tool in {"send", "typed"}
}

# METADATA
# title: A bill is another matter
detokenise["bill"] := {"path": "$.to", "purpose": "billing"} if input.call.tool == "bill"

# METADATA
# title: Nobody is called at an e-mail address
detokenise["phone"] := {
	"path": "$.to",
	"purpose": "reply",
	"categories": ["user.contact.phone_number"],
} if {
	input.call.tool == "call"
}
