package test.gdpr_tickets

import data.writ

test_what_is_kept_depends_on_what_was_done[tool] if {
	some tool, [who, wanted] in {
		"tickets.get": [support, [["gdpr_tickets.obligations.reading", "masked", "P1Y"]]],
		"tickets.queue": [job, [["gdpr_tickets.obligations.reading", "masked", "P1Y"]]],
		"tickets.reply": [support, [["gdpr_tickets.obligations.acting", "metadata", "P3Y"]]],
		"tickets.purge": [job, [["gdpr_tickets.obligations.acting", "metadata", "P3Y"]]],
		"tickets.stats": [support, []],
	}
	decision := writ.decision with input as call(who, tool)
	[[duty.rule, duty.record, duty.retention] | some duty in decision.obligations] == wanted
}
