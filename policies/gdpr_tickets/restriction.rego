package policies.gdpr_tickets

import data.writ.caller

# METADATA
# title: Tickets under restriction are kept and not worked with
# description: The privacy officer reads them, to lift the restriction or to answer to a court.
# custom:
#   article: 18(2)
deny["restricted"] := "The requester's data is under restriction." if {
	input.subjects.restricted
	worked_with
	not may_see_restricted
}

may_see_restricted if {
	caller.person
	caller.in_group("privacy-officer")
}
