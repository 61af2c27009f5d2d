package policies.gdpr_tickets

import data.writ.caller

# METADATA
# title: The ticket server may ask the person who works, and gets the answer
# description: >-
#   By a form its client shows (elicitation). What else a server may ask of a client, such as an answer of its model
#   (sampling) or its folders (roots), no rule grants.
# custom:
#   article: 6(1)(b)
#   legal_basis: Contract
#   purpose: essential.service.operations.support
allow["questions"] if {
	caller.person
	caller.in_group("support")
	input.call.method == "elicitation/create"
	input.call.direction in {"to-client", "to-server"}
}

# METADATA
# title: A server asks for no passwords and no special categories of data
# description: >-
#   Judged by the words of the form, in English: add those of your languages. A web page, which could ask for anything,
#   is no form.
# custom:
#   article: 9(1), 25(2), 32(1)(b)
deny["sensitive_questions"] := "The server's question is no form, or asks for a password or sensitive data." if {
	input.call.method == "elicitation/create"
	input.call.direction == "to-client"
	not harmless
}

harmless if {
	by_form
	is_object(input.call.arguments.requestedSchema.properties)
	every text in words { not sensitive(text) }
}

by_form if input.call.arguments.mode == "form"

# A form in versions of the protocol that know nothing else.
by_form if not input.call.arguments.mode

words contains input.call.arguments.message

words contains name if some name, _ in input.call.arguments.requestedSchema.properties

words contains field.title if some field in input.call.arguments.requestedSchema.properties

words contains field.description if some field in input.call.arguments.requestedSchema.properties

sensitive(text) if {
	some pattern in [
		`(?i)pass[ _-]?(?:word|code|phrase)|credential|secret|api[ _-]?key`,
		`(?i)health|medical|diagnos|disab|biometr|fingerprint`,
		`(?i)religio|belief|politic|ethnic|racial|trade[ _-]?union|sexual`,
	]
	regex.match(pattern, text)
}
