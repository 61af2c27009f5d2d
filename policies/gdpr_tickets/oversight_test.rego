package test.gdpr_tickets

import data.test.writ as given
import data.writ

test_a_person_replies_on_their_own if {
	decision := writ.decision with input as call(support, "tickets.reply")
	decision.effect == "allow"
}

test_an_agent_waits_for_a_person[name] if {
	some name, [people, effect] in {
		"nobody": [{}, "require-approval"],
		"a colleague": [{"s-2": ["group:support"]}, "allow"],
		"the person it acts for": [{"u-1": ["group:support"]}, "require-approval"],
		"the agent": [{"agent-1": ["group:support"]}, "require-approval"],
		"somebody else": [{"m-1": ["group:medical"]}, "require-approval"],
	}
	decision := writ.decision with input as given.approved(call(agent, "tickets.reply"), people)
	decision.effect == effect
	{"gdpr_tickets.require_approval.agent_reply" | effect != "allow"} == {requirement.rule | some requirement in decision.approval.requirements}
}

test_an_agent_hands_nothing_over_whoever_agrees if {
	asked := given.approved(call(agent, "tickets.share"), {"p-1": ["group:privacy-officer"]})
	decision := writ.decision with input as asked
	decision.rules == ["gdpr_tickets.deny.agent_share"]
}

test_the_privacy_officer_agrees[tool] if {
	some tool, [who, rule] in {
		"tickets.share": [support, "gdpr_tickets.require_approval.share"],
		"tickets.purge": [job, "gdpr_tickets.require_approval.purge"],
		"tickets.restrict": [privacy_officer, "gdpr_tickets.require_approval.restrict"],
	}
	waiting := writ.decision with input as call(who, tool)
	[requirement.rule | some requirement in waiting.approval.requirements] == [rule]
	agreed := writ.decision with input as given.approved(call(who, tool), {"p-2": ["group:privacy-officer"]})
	agreed.effect == "allow"
	own := writ.decision with input as given.approved(call(who, tool), {"u-1": ["group:privacy-officer"]})
	own.effect == "require-approval"
}
