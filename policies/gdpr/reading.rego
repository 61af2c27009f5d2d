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

# A value has one strategy, wherever it stands: of two on one value the stronger counts.
contact_strategy := "partial"

# METADATA
# title: Contact data is shown in part
# description: Enough of it to confirm an address or number the customer names, not enough to learn one.
# custom:
#   article: 25(2)
mask_fields["contact"] := {
	"categories": ["user.contact"],
	"except": ["user.contact.address"],
	"strategy": contact_strategy,
} if {
	tells_contact
	not caller.through_agent
}

# METADATA
# title: Contact data in free text is shown in part, too
# description: People write it into notes, and servers into what they say beside the record.
# custom:
#   article: 25(2)
mask_fields["contact_found"] := {
	"detect": ["user.contact.email", "user.contact.phone_number"],
	"strategy": contact_strategy,
} if {
	tells_contact
	not caller.through_agent
}

# METADATA
# title: Addresses are not shown
# description: Support confirms an order without one.
# custom:
#   article: 25(2)
mask_fields["address"] := {"categories": ["user.contact.address"], "strategy": "redact"} if tells_contact

# METADATA
# title: What else free text says of a person is not shown
# description: >-
#   Bank accounts, dates of birth, ids and addresses, wherever they stand. Names are shown, as they are in the record. Of
#   health and the like nothing is found: mask notes that may hold it by their path.
# custom:
#   article: 25(2)
mask_fields["free_text"] := {
	"detect": ["user"],
	"except": ["user.name", "user.contact.email", "user.contact.phone_number"],
	"strategy": "redact",
} if {
	tells_contact
}

# METADATA
# title: Agents see tokens for e-mail addresses
# description: >-
#   An agent writes to the customer by the token, for an hour, and its model never has the address.
# custom:
#   article: 25(1), 25(2)
mask_fields["agent_email"] := {
	"categories": ["user.contact.email"],
	"strategy": "tokenise",
	"options": {"purpose": "customer-support", "expires": "1h"},
} if {
	tells_contact
	caller.through_agent
}

# METADATA
# title: Agents see tokens for e-mail addresses in free text, too
# custom:
#   article: 25(1), 25(2)
mask_fields["agent_email_found"] := {
	"detect": ["user.contact.email"],
	"strategy": "tokenise",
	"options": {"purpose": "customer-support", "expires": "1h"},
} if {
	tells_contact
	caller.through_agent
}

# METADATA
# title: Agents see no other contact data
# description: They ring nobody.
# custom:
#   article: 25(2)
mask_fields["agent_contact"] := {
	"categories": ["user.contact"],
	"except": ["user.contact.email", "user.contact.address"],
	"strategy": "redact",
} if {
	tells_contact
	caller.through_agent
}

# METADATA
# title: Agents see no telephone numbers in free text
# custom:
#   article: 25(2)
mask_fields["agent_phone_found"] := {"detect": ["user.contact.phone_number"], "strategy": "redact"} if {
	tells_contact
	caller.through_agent
}

tells_contact if {
	tool.does("read")
	tool.holds("user.contact")
}

tells_contact if {
	tool.does("send")
	tool.holds("user.contact")
}
