package policies.gdpr_tickets

import data.writ.caller
import data.writ.tool

# METADATA
# title: Support reads and answers tickets, and hands them over
# description: In person, or through an agent within the limits below.
# custom:
#   article: 6(1)(b)
#   legal_basis: Contract
#   purpose: essential.service.operations.support
allow["support_work"] if {
	caller.person
	caller.in_group("support")
	support_work[tool.entry.action]
}

support_work := {"read": true, "aggregate": true, "monitor": true, "reply": true, "share": true}

# METADATA
# title: The privacy officer reads tickets and puts them under restriction
# description: Requests of data subjects come in as tickets.
# custom:
#   article: 12(2), 18(1)
#   legal_basis: Legal obligations
#   purpose: essential.legal_obligation
allow["privacy_work"] if {
	caller.person
	caller.in_group("privacy-officer")
	privacy_work[tool.entry.action]
}

privacy_work := {"read": true, "aggregate": true, "restrict": true}

# METADATA
# title: Programs count tickets and watch the queue
# description: The queue shows no texts, and requesters under pseudonyms.
# custom:
#   article: 5(1)(c)
#   legal_basis: Legitimate interests
#   purpose: essential.service.operations.improve
allow["program_monitoring"] if {
	caller.program
	program_work[tool.entry.action]
}

program_work := {"aggregate": true, "monitor": true}

# METADATA
# title: A job erases tickets whose time is over
# custom:
#   article: 5(1)(e), 17(1)(a)
#   legal_basis: Legal obligations
#   purpose: essential.legal_obligation
allow["program_retention"] if {
	caller.program
	tool.does("delete")
}

# METADATA
# title: Programs read no tickets
# description: Holds whatever else grants it, such as a group somebody put a workload into.
# custom:
#   article: 5(1)(c)
deny["program_reading"] if {
	caller.program
	tool.does("read")
}
