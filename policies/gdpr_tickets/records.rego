package policies.gdpr_tickets

import data.writ.tool

# METADATA
# title: What was seen is kept masked, on the basis and for the time of its purpose
# custom:
#   article: 5(1)(e), 30
obligations["reading"] := {
	"purpose": purpose,
	"legal_basis": basis.legal_basis,
	"retention": basis.retention,
	"record": "masked",
} if {
	tool.personal
}

# METADATA
# title: Of what was sent, shared or erased the fact is kept for three years, not the text
# custom:
#   article: 5(2), 30
obligations["acting"] := {
	"purpose": purpose,
	"legal_basis": basis.legal_basis,
	"retention": "P3Y",
	"record": "metadata",
} if {
	worked_with
	not tool.personal
}
