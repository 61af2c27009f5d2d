package test.gdpr_tickets

import data.test.writ as given
import data.writ

support := given.human(["support"])

agent := {"kind": "human-via-agent", "groups": ["support"], "actor": {"sub": "agent-1"}}

privacy_officer := given.human(["privacy-officer"])

job := given.program([])

arguments := {"id": "T-3001", "status": "open", "partner": "repairs-eu", "before": "2025-01-01"}

call(who, tool) := given.to(given.call(who, tool, arguments), "tickets")

# Which tools a caller may call, whether or not somebody has to agree.
callable(who) := {tool |
	some tool, _ in data.catalogue.tickets
	decision := writ.decision with input as call(who, tool)
	decision.effect != "deny"
}

test_who_may_call_what[name] if {
	some name, [who, tools] in {
		"support": [
			support,
			{"tickets.search", "tickets.get", "tickets.queue", "tickets.stats", "tickets.reply", "tickets.share"},
		],
		"agent": [agent, {"tickets.search", "tickets.get", "tickets.queue", "tickets.stats", "tickets.reply"}],
		"privacy officer": [privacy_officer, {"tickets.search", "tickets.get", "tickets.stats", "tickets.restrict"}],
		"job": [job, {"tickets.queue", "tickets.stats", "tickets.purge"}],
		"others": [given.human(["medical", "hr"]), set()],
		"nobody": [{"kind": "anonymous", "groups": ["support"]}, set()],
	}
	callable(who) == tools
}

test_what_may_be_called_is_listed[name] if {
	some name, who in {"support": support, "agent": agent, "privacy officer": privacy_officer, "job": job}
	listed := {tool |
		some tool, _ in data.catalogue.tickets
		decision := writ.decision with input as given.to(given.listing(who, tool), "tickets")
		decision.effect == "allow"
	}
	listed == callable(who)
}

test_each_grant_has_its_rule[tool] if {
	some tool, [who, rule] in {
		"tickets.get": [support, "gdpr_tickets.allow.support_work"],
		"tickets.search": [privacy_officer, "gdpr_tickets.allow.privacy_work"],
		"tickets.queue": [job, "gdpr_tickets.allow.program_monitoring"],
		"tickets.purge": [job, "gdpr_tickets.allow.program_retention"],
	}
	decision := writ.decision with input as call(who, tool)
	rule in decision.rules
}

test_a_program_in_the_support_group_reads_no_tickets if {
	decision := writ.decision with input as call(given.program(["support"]), "tickets.get")
	decision.rules == ["gdpr_tickets.deny.program_reading"]
}
