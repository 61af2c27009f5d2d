package policies.gdpr

import data.writ.caller
import data.writ.tool

# METADATA
# title: Support reads customer records
# description: A support agent answers the customer it has on the line.
# custom:
#   article: 6(1)(b)
#   legal_basis: Contract
#   purpose: essential.service.operations.support
allow["support_read"] if {
	caller.person
	caller.in_group("support")
	readable
}

readable if tool.does("read")

readable if tool.does("aggregate")

# METADATA
# title: Contact data is shown in part
# description: Enough of it to confirm an address or number the customer names, not enough to learn one.
# custom:
#   article: 25(2)
mask_fields["contact"] := {
	"categories": ["user.contact"],
	"except": ["user.contact.address"],
	"strategy": "partial",
} if {
	tool.does("read")
}

# METADATA
# title: Addresses are not shown
# description: Support confirms an order without one.
# custom:
#   article: 25(2)
mask_fields["address"] := {"categories": ["user.contact.address"], "strategy": "redact"} if tool.does("read")

# METADATA
# title: Free text is not shown
# description: People write contact data and worse into notes, and no path says where in the text it stands.
# custom:
#   article: 25(2)
mask_fields["free_text"] := {"categories": ["user.content"], "strategy": "redact"} if tool.does("read")
