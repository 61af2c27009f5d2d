package policies.gdpr

import data.writ.tool

# METADATA
# title: What was read is kept masked for a year
# description: Long enough to answer who saw what, and without a second copy of the data.
# custom:
#   article: 5(1)(e), 30
obligations["reading"] := {
	"purpose": "essential.service.operations.support",
	"legal_basis": "Contract",
	"retention": "P1Y",
	"record": "masked",
} if {
	tool.does("read")
	tool.personal
}

# METADATA
# title: Of exports and erasures the fact is kept for three years, not the data
# description: It shows that a request was met; what was exported or erased is not to stay here.
# custom:
#   article: 5(2), 17(3)(b)
obligations["subject_rights"] := {
	"purpose": "essential.legal_obligation",
	"legal_basis": "Legal obligations",
	"retention": "P3Y",
	"record": "metadata",
} if {
	subject_right
}
