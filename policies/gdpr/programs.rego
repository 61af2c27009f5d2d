package policies.gdpr

import data.writ.caller
import data.writ.tool

# METADATA
# title: Programs see aggregates
# description: A CI job checks figures and needs nobody's record for it.
# custom:
#   article: 5(1)(c)
#   legal_basis: Legitimate interests
#   purpose: essential.service.operations
allow["program_aggregates"] if {
	caller.program
	tool.does("aggregate")
}

# METADATA
# title: Programs see no personal data
# description: Holds whatever else grants it, such as a group somebody put a workload into.
# custom:
#   article: 5(1)(c)
deny["program_personal_data"] if {
	caller.program
	tool.personal
}
