package test.gdpr_tickets

import data.test.writ as given
import data.writ

restricted(asked) := object.union(asked, {"subjects": {"restricted": true}})

test_a_ticket_under_restriction_is_not_worked_with[tool] if {
	some tool in ["tickets.get", "tickets.search", "tickets.reply", "tickets.share"]
	decision := writ.decision with input as restricted(call(support, tool))
	decision.rules == ["gdpr_tickets.deny.restricted"]
}

test_a_job_does_not_erase_it_either if {
	decision := writ.decision with input as restricted(call(job, "tickets.purge"))
	decision.rules == ["gdpr_tickets.deny.restricted"]
}

test_the_privacy_officer_reads_it if {
	decision := writ.decision with input as restricted(call(privacy_officer, "tickets.get"))
	decision.effect == "allow"
}

test_lists_know_no_subject if {
	decision := writ.decision with input as restricted(given.to(given.listing(support, "tickets.get"), "tickets"))
	decision.effect == "allow"
}
