package test.gdpr_hr

import data.test.writ as given
import data.writ

kept(asked) := [[duty.rule, duty.record, duty.purpose, duty.legal_basis, duty.retention] | some duty in decision.obligations] if {
	decision := writ.decision with input as asked
}

test_what_is_kept_stands_on_the_purpose[name] if {
	some name, [asked, wanted] in {
		"record": [lookup(personnel), [["gdpr_hr.obligations.reading", "masked", "employment", "Contract", "P3Y"]]],
		"notes": [notes(medical), [["gdpr_hr.obligations.health", "metadata", "essential.service", "Legal obligations", "P10Y"]]],
		"figures": [call(personnel, "absence.stats", {}), []],
		"no such purpose": [given.stating(lookup(personnel), "marketing"), []],
	}
	kept(asked) == wanted
}
