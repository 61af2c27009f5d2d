package policies.gdpr_hr

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
	not tool.holds("user.health_and_medical")
}

# METADATA
# title: Of health data the fact alone is kept
# custom:
#   article: 5(1)(c), 9(1), 30
obligations["health"] := {
	"purpose": purpose,
	"legal_basis": basis.legal_basis,
	"retention": basis.retention,
	"record": "metadata",
	"data_categories": ["user.health_and_medical"],
} if {
	tool.holds("user.health_and_medical")
}
