package policies.gdpr_tickets

import data.writ.tool

# METADATA
# title: Tickets are worked with for the purposes of the register
# description: >-
#   Declared ones, and those found compatible with them. Nobody wrote to support to train a model or to be advertised to.
#   Where a call states no purpose, the register's default counts.
# custom:
#   article: 5(1)(b), 6(4)
deny["purpose"] := "The register has no such purpose for tickets, and none it would be compatible with." if {
	worked_with
	not basis
}

worked_with if tool.entry.action != "aggregate"

# The register's line for what the call is for.
basis := data.register.purposes.tickets[purpose]

purpose := data.register.default_purpose.tickets if {
	is_null(input.purpose)
} else := input.purpose
