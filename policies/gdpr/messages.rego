package policies.gdpr

import data.writ.caller
import data.writ.tool

# METADATA
# title: Support writes to customers
# description: In person, or through an agent that knows the customer by a token.
# custom:
#   article: 6(1)(b)
#   legal_basis: Contract
#   purpose: essential.service.operations.support
allow["support_message"] if {
	caller.person
	caller.in_group("support")
	tool.does("send")
}

# METADATA
# title: A message goes to whom the token stands for
# description: The server is given the address, and the caller sees its token again in the answer.
# custom:
#   article: 25(1)
detokenise["recipient"] := {
	"path": "$.to",
	"purpose": "customer-support",
	"categories": ["user.contact.email"],
} if {
	tool.does("send")
	caller.through_agent
}

# METADATA
# title: Agents write to nobody they were not shown
# description: An address that a text talked an agent into is no token. Whose token it is, the gateway knows.
# custom:
#   article: 5(1)(f), 32(1)
deny["agent_recipient"] := "An agent writes to the token of an e-mail address it was shown." if {
	tool.does("send")
	caller.through_agent
	not to_a_token
}

to_a_token if regex.match(`^tok_email_[a-z2-7]{26}(?:@masked\.invalid)?$`, input.call.arguments.to)

# METADATA
# title: Of what was sent the fact is kept for a year, not the text
# custom:
#   article: 5(1)(e), 30
obligations["message"] := {
	"purpose": "essential.service.operations.support",
	"legal_basis": "Contract",
	"retention": "P1Y",
	"record": "metadata",
} if {
	tool.does("send")
}
