package test.gdpr

import data.test.writ as given
import data.writ

declared(asked, pinned) := object.union(asked, {"tool": {"declared": {}, "fingerprint": "f", "pinned": pinned}})

test_a_changed_tool_is_neither_called_nor_listed[name] if {
	some name, asked in {
		"call": given.call(support, "customers.lookup", {"id": "C-1001"}),
		"listing": given.listing(support, "customers.lookup"),
	}
	decision := writ.decision with input as declared(asked, "changed")
	decision.effect == "deny"
	decision.rules == ["gdpr.deny.changed_tool"]
}

test_one_that_is_as_pinned_or_new_is_called[pinned] if {
	some pinned in ["yes", "new"]
	asked := given.call(support, "customers.lookup", {"id": "C-1001"})
	decision := writ.decision with input as declared(asked, pinned)
	decision.effect == "allow"
}

# Also where somebody approved the call before the change.
test_no_approval_helps if {
	asked := given.approved(export, {"o-1": ["group:privacy-officer"]})
	decision := writ.decision with input as declared(asked, "changed")
	decision.effect == "deny"
}
