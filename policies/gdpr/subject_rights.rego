package policies.gdpr

import data.writ.caller
import data.writ.tool

# METADATA
# title: Case workers export and erase what a customer asks for
# description: Requests of data subjects have a month, so somebody has to be able to meet them.
# custom:
#   article: 15, 17, 20
#   legal_basis: Legal obligations
#   purpose: essential.legal_obligation
allow["subject_rights"] if {
	caller.person
	caller.in_group("subject-rights")
	subject_right
}

# METADATA
# title: Case workers find the customer who asks
# description: A search shows who it is, and not the record.
# custom:
#   article: 12(2)
#   legal_basis: Legal obligations
#   purpose: essential.legal_obligation
allow["subject_search"] if {
	caller.person
	caller.in_group("subject-rights")
	input.call.tool == "customers.search"
	tool.does("read")
}

# METADATA
# title: The privacy officer agrees to every export and erasure
# description: An export to the wrong person is a breach, and an erasure cannot be undone.
# custom:
#   article: 5(2)
require_approval["export_delete"] := {
	"approvers": ["group:privacy-officer"],
	"pending_for": "8h",
	"grant_for": "15m",
} if {
	subject_right
}

subject_right if tool.does("export")

subject_right if tool.does("delete")
