package policies.gdpr

import data.writ.caller
import data.writ.tool

# METADATA
# title: The medical group reads health data
# description: A medical officer who treats the customer reads the notes, and nothing else of the register.
# custom:
#   article: 9(2)(h)
#   legal_basis: Contract
#   special_category_basis: Health or social care (with a basis in law)
#   purpose: essential.service
allow["medical_read"] if {
	caller.person
	caller.in_group("medical")
	tool.does("read")
	tool.holds("user.health_and_medical")
}

# METADATA
# title: Health data is for the medical group
# description: Whatever else grants it, and whoever agrees.
# custom:
#   article: 9(1)
deny["health_data"] if {
	tool.holds("user.health_and_medical")
	not caller.in_group("medical")
}
