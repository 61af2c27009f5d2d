package policies.gdpr_tickets

import data.writ.caller
import data.writ.tool

# METADATA
# title: A search says what it looks for
# description: Without a query or a status it would give out every ticket there is.
# custom:
#   article: 5(1)(c)
deny["unbounded_search"] := "A search needs a query or a status." if {
	input.call.tool == "tickets.search"
	tool.does("read")
	not bounded
}

bounded if {
	is_string(input.call.arguments.query)
	input.call.arguments.query != ""
}

bounded if {
	is_string(input.call.arguments.status)
	input.call.arguments.status != ""
}

# METADATA
# title: No more than twenty requesters in one answer
# description: Looked at when the answer is there, so that a broad query is caught whatever it said.
# custom:
#   article: 5(1)(c)
deny["bulk"] := $"{count(input.result.facts.subjects)} requesters in one answer, at most 20." if {
	count(input.result.facts.subjects) > 20
}

# METADATA
# title: Contact data is shown in part
# description: It is taken out of the texts too, where the requester wrote it again.
# custom:
#   article: 25(2)
mask_fields["contact"] := {"categories": ["user.contact"], "strategy": "partial"} if tool.does("read")

# METADATA
# title: Agents are not shown what people wrote
# description: Texts hold health, family and whatever else people write, and no path says where. A person reads them.
# custom:
#   article: 25(2), 9(1)
mask_fields["agent_texts"] := {"categories": ["user.content"], "strategy": "redact"} if {
	input.identity.kind == "human-via-agent"
	tool.does("read")
}

# METADATA
# title: Programs see requesters under pseudonyms
# description: The same requester has the same pseudonym, so a job can count without knowing whom.
# custom:
#   article: 4(5), 25(1)
mask_fields["pseudonyms"] := {"categories": ["user.unique_id"], "strategy": "hash"} if {
	caller.program
	tool.does("monitor")
}

# METADATA
# title: Contact data in free text is shown in part, too
# custom:
#   article: 25(2)
mask_fields["contact_found"] := {
	"detect": ["user.contact.email", "user.contact.phone_number"],
	"strategy": "partial",
} if {
	searched
}

# METADATA
# title: What else free text says of a person is not shown
# description: Bank accounts, dates of birth and ids, wherever they stand. Names are shown, as they are in the record.
# custom:
#   article: 25(2)
mask_fields["free_text"] := {
	"detect": ["user"],
	"except": ["user.name", "user.contact.email", "user.contact.phone_number"],
	"strategy": "redact",
} if {
	searched
}

searched if {
	tool.does("read")
	tool.holds("user.name")
}
