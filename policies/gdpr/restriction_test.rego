package test.gdpr

import data.test.writ as given
import data.writ

restricted(asked) := object.union(asked, {"subjects": {"restricted": true}})

test_a_customer_under_restriction_is_not_shown[tool] if {
	some tool in ["customers.lookup", "customers.search", "customers.report"]
	asked := given.call(support, tool, {"region": "EU"})
	decision := writ.decision with input as restricted(asked)
	decision.effect == "deny"
	decision.rules == ["gdpr.deny.restricted"]
}

test_under_restriction_the_customer_still_gets_export_and_erasure[name] if {
	some name, asked in {"export": export, "erasure": erasure}
	decision := writ.decision with input as restricted(asked)
	decision.effect == "require-approval"
}

test_figures_are_nobodys_data if {
	asked := given.call(support, "customers.stats", {})
	decision := writ.decision with input as restricted(asked)
	decision.effect == "allow"
}

test_lists_know_no_subject if {
	asked := given.listing(support, "customers.lookup")
	decision := writ.decision with input as restricted(asked)
	decision.effect == "allow"
}
