package test.gdpr_tickets

import data.test.writ as given
import data.writ
import data.writ.result

test_a_search_says_what_it_looks_for[name] if {
	some name, [wanted, effect] in {
		"nothing": [{}, "deny"],
		"empty query": [{"query": ""}, "deny"],
		"null": [{"query": null, "status": null}, "deny"],
		"query": [{"query": "shelf"}, "allow"],
		"status": [{"status": "open"}, "allow"],
	}
	decision := writ.decision with input as given.to(given.call(support, "tickets.search", wanted), "tickets")
	decision.effect == effect
	{"gdpr_tickets.deny.unbounded_search" | effect == "deny"} == {rule | some rule in decision.rules; startswith(rule, "gdpr_tickets.deny.")}
}

test_one_answer_has_twenty_requesters_at_most[name] if {
	some name, [people, rules] in {"twenty": [20, []], "more": [21, ["gdpr_tickets.deny.bulk"]]}
	asked := given.answered(call(support, "tickets.search"), {"subjects": numbers.range(1, people)})
	decision := result.decision with input as asked
	decision.rules == rules
}

masks(asked) := {[field.rule, field.strategy, field.path] | some field in decision.mask_fields} if {
	decision := writ.decision with input as asked
}

contact := {
	["gdpr_tickets.mask_fields.contact", "partial", "$.ticket.requester.email"],
	["gdpr_tickets.mask_fields.contact", "partial", "$.ticket.requester.phone"],
}

test_a_person_reads_texts_without_contact_data if {
	masks(call(support, "tickets.get")) == contact
}

test_an_agent_is_not_shown_texts if {
	masks(call(agent, "tickets.get")) == contact | {
		["gdpr_tickets.mask_fields.agent_texts", "redact", "$.ticket.subject"],
		["gdpr_tickets.mask_fields.agent_texts", "redact", "$.ticket.messages[*].text"],
	}
}

test_a_job_sees_pseudonyms if {
	masks(call(job, "tickets.queue")) == {["gdpr_tickets.mask_fields.pseudonyms", "hash", "$.tickets[*].requester_id"]}
}

test_a_person_sees_who_waits if {
	masks(call(support, "tickets.queue")) == set()
}

test_what_no_path_names_is_looked_for_where_people_write[tool] if {
	some tool, looked_for in {"tickets.search": true, "tickets.get": true, "tickets.stats": false}
	decision := writ.decision with input as given.to(given.call(support, tool, {"query": "x"}), "tickets")
	decision.effect == "allow"
	found := {field.rule | some field in decision.mask_fields; field.detect}
	found == {rule |
		looked_for
		some rule in ["gdpr_tickets.mask_fields.contact_found", "gdpr_tickets.mask_fields.free_text"]
	}
}
