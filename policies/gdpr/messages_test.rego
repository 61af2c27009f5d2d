package test.gdpr

import data.test.writ as given
import data.writ

agent := {"kind": "human-via-agent", "groups": ["support"]}

token := "tok_email_abcdefghijklmnopqrstuvwxyz@masked.invalid"

sending(who, to) := given.call(who, "messages.send", {"to": to, "subject": "Your order", "text": "It is on its way."})

test_support_writes_to_a_customer if {
	decision := writ.decision with input as sending(support, "anna.lindqvist@example.com")
	decision.effect == "allow"
	decision.rules == ["gdpr.allow.support_message"]
	decision.detokenise == []
	[o.rule | some o in decision.obligations] == ["gdpr.obligations.message"]
	"gdpr.mask_fields.contact" in [m.rule | some m in decision.mask_fields]
}

test_an_agent_writes_by_the_token if {
	decision := writ.decision with input as sending(agent, token)
	decision.effect == "allow"
	decision.detokenise == [{
		"rule": "gdpr.detokenise.recipient",
		"path": "$.to",
		"category": "user.contact.email",
		"purpose": "customer-support",
	}]
}

test_an_agent_writes_to_nothing_but_a_token[name] if {
	some name, to in {
		"address": "anna.lindqvist@example.com",
		"token of another kind": "tok_phone_abcdefghijklmnopqrstuvwxyz",
		"token and an address": "tok_email_abcdefghijklmnopqrstuvwxyz@masked.invalid, m@example.com",
		"token at another domain": "tok_email_abcdefghijklmnopqrstuvwxyz@example.com",
		"short token": "tok_email_abc@masked.invalid",
		"list": [token],
		"nothing": "",
		"null": null,
	}
	decision := writ.decision with input as sending(agent, to)
	decision.rules == ["gdpr.deny.agent_recipient"]
	decision.detokenise == []
}

test_an_agent_that_names_nobody_is_refused if {
	decision := writ.decision with input as given.call(agent, "messages.send", {})
	decision.rules == ["gdpr.deny.agent_recipient"]
}

test_the_tool_is_listed_for_agents if {
	decision := writ.decision with input as given.listing(agent, "messages.send")
	decision.effect == "allow"
}

test_others_write_to_nobody[group] if {
	some group in ["medical", "subject-rights", "privacy-officer"]
	decision := writ.decision with input as sending(given.human([group]), "anna.lindqvist@example.com")
	decision.rules == ["writ.no_grant"]
}

test_tokens_are_made_and_turned_back_for_one_purpose if {
	read := writ.decision with input as given.call(agent, "customers.lookup", {"id": "C-1001"})
	sent := writ.decision with input as sending(agent, token)
	purposes := {m.options.purpose | some m in read.mask_fields; m.strategy == "tokenise"}
	purposes == {place.purpose | some place in sent.detokenise}
}
