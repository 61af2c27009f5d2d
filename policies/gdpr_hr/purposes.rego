package policies.gdpr_hr

import data.writ.tool

# METADATA
# title: Personal data is worked with for purposes of the register
# description: A call may state its purpose; where it does not, the register's default counts.
# custom:
#   article: 5(1)(b), 6(1)
deny["purpose"] := "The register has no such purpose for personnel data." if {
	tool.personal
	not basis
}

# The register's line for what the call is for.
basis := data.register.purposes.hr[purpose]

purpose := data.register.default_purpose.hr if {
	is_null(input.purpose)
} else := input.purpose
