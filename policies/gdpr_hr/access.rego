package policies.gdpr_hr

import data.writ.caller
import data.writ.tool

# METADATA
# title: The personnel office reads personnel records
# description: An employer has to pay, insure and place people. Health notes are refused by rules of their own.
# custom:
#   article: 6(1)(b), 88
#   legal_basis: Contract
#   purpose: employment
allow["hr_read"] if {
	caller.person
	caller.in_group("hr")
	readable
}

# METADATA
# title: Occupational medicine reads whom it treats
# description: A medical officer finds the employee, with what the work is, and reads the notes on their health.
# custom:
#   article: 9(2)(h), 9(3)
#   legal_basis: Legal obligations
#   special_category_basis: Health or social care (with a basis in law)
#   purpose: essential.service
allow["medical_read"] if {
	caller.person
	caller.in_group("medical")
	readable
}

# METADATA
# title: Occupational medicine answers requests for a health file
# custom:
#   article: "15"
#   legal_basis: Legal obligations
#   purpose: essential.legal_obligation
allow["medical_export"] if {
	caller.person
	caller.in_group("medical")
	tool.does("export")
	tool.holds("user.health_and_medical")
}

# METADATA
# title: The privacy officer looks an employee up and answers their request
# custom:
#   article: 12(2), 15, 20
#   legal_basis: Legal obligations
#   purpose: essential.legal_obligation
allow["privacy_requests"] if {
	caller.person
	caller.in_group("privacy-officer")
	answers_requests
}

# METADATA
# title: Programs see figures
# description: A job that plans shifts counts days of absence and needs nobody's record for it.
# custom:
#   article: 5(1)(c)
#   legal_basis: Legitimate interests
#   purpose: employment
allow["program_figures"] if {
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

readable if tool.does("read")

readable if tool.does("aggregate")

answers_requests if readable

answers_requests if tool.does("export")
