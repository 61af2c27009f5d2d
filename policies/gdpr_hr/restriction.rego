package policies.gdpr_hr

import data.writ.tool

# METADATA
# title: Data under restriction is kept and not worked with
# description: The employee may still have it, so exports pass.
# custom:
#   article: 18(2)
deny["restricted"] := "The employee's data is under restriction." if {
	input.subjects.restricted
	tool.personal
	not tool.does("export")
}
