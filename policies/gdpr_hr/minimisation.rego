package policies.gdpr_hr

import data.writ.tool

# METADATA
# title: A search says what it looks for
# description: Without a query or a department it would give out the whole staff.
# custom:
#   article: 5(1)(c)
deny["unbounded_search"] := "A search needs a query or a department." if {
	input.call.tool == "employees.search"
	tool.does("read")
	not bounded
}

bounded if {
	is_string(input.call.arguments.query)
	input.call.arguments.query != ""
}

bounded if {
	is_string(input.call.arguments.department)
	input.call.arguments.department != ""
}

# METADATA
# title: No more than ten people in one answer
# description: Looked at when the answer is there, so that a broad query is caught whatever it said.
# custom:
#   article: 5(1)(c)
deny["bulk"] := $"{count(input.result.facts.subjects)} employees in one answer, at most 10." if {
	count(input.result.facts.subjects) > 10
}

# METADATA
# title: Figures about fewer than five people are nobody's figures
# description: A figure about two people tells each of them about the other.
# custom:
#   article: 4(1), 5(1)(c)
deny["small_groups"] := "A figure is about fewer than five people." if {
	some size in input.result.facts.groups
	size < 5
}

# METADATA
# title: Contact data is shown in part
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
# title: What payroll alone needs is not shown
# description: Bank account, pay, national number and date of birth. Exports to the employee hold them.
# custom:
#   article: 25(2), 87
mask_fields["payroll"] := {
	"categories": ["user.financial", "user.government_id", "user.demographic"],
	"strategy": "redact",
} if {
	tool.does("read")
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
	"except": ["user.name", "user.contact.email", "user.contact.phone_number", "user.contact.address"],
	"strategy": "redact",
} if {
	searched
}

searched if {
	tool.does("read")
	tool.holds("user.contact")
}
