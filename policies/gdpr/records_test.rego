package test.gdpr

import data.test.writ as given
import data.writ

test_what_is_kept_depends_on_what_was_done[tool] if {
	some tool, kept in {
		"customers.lookup": [["masked", "P1Y"]],
		"health.notes": [["masked", "P1Y"]],
		"customers.export": [["metadata", "P3Y"]],
		"customers.delete": [["metadata", "P3Y"]],
		"customers.stats": [],
	}
	decision := writ.decision with input as given.call(support, tool, {})
	[[duty.record, duty.retention] | some duty in decision.obligations] == kept
}
