package policies.gdpr_hr

import data.writ.tool

# METADATA
# title: The personnel office agrees to the export of a file
# description: A second pair of eyes sees that it goes to the right person.
# custom:
#   article: 5(2), 12(6)
require_approval["file_export"] := {"approvers": ["group:hr"]} if {
	tool.does("export")
	not tool.holds("user.health_and_medical")
}

# METADATA
# title: Two people agree to the export of a health file
# description: Of occupational medicine or the privacy office, other than whoever asks.
# custom:
#   article: 5(2), 9(3)
require_approval["health_export"] := {"approvers": ["group:medical", "group:privacy-officer"], "quorum": 2} if {
	tool.does("export")
	tool.holds("user.health_and_medical")
}
