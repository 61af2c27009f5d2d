package policies.gdpr

import data.writ.tool

# METADATA
# title: Data under restriction is kept and not worked with
# description: The customer may still have it or have it erased, so exports and erasures pass.
# custom:
#   article: 18(2)
deny["restricted"] := "The customer's data is under restriction." if {
	input.subjects.restricted
	tool.personal
	not subject_right
}
