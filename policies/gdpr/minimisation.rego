package policies.gdpr

import data.writ.tool

# METADATA
# title: A search says what it looks for
# description: Without a query or a region it would give out the register.
# custom:
#   article: 5(1)(c)
deny["unbounded_search"] := "A search needs a query or a region." if {
	input.call.tool == "customers.search"
	tool.does("read")
	not bounded
}

bounded if {
	is_string(input.call.arguments.query)
	input.call.arguments.query != ""
}

bounded if {
	is_string(input.call.arguments.region)
	input.call.arguments.region != ""
}
