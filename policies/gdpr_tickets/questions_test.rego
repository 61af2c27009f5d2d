package test.gdpr_tickets

import data.test.writ as given
import data.writ

form(properties) := {
	"message": "How shall the customer be told?",
	"requestedSchema": {"type": "object", "properties": properties},
}

ways := {"way": {"type": "string", "title": "By which way", "enum": ["letter", "telephone"]}}

asks(who, method, arguments) := given.to(given.to_client(who, method, arguments), "tickets")

test_the_person_who_works_is_asked_and_answers[name] if {
	some name, message in {
		"asked": asks(support, "elicitation/create", form(ways)),
		"asked by name": asks(support, "elicitation/create", object.union(form(ways), {"mode": "form"})),
		"answers": given.to(given.answer(support, "elicitation/create", {"action": "accept"}), "tickets"),
	}
	decision := writ.decision with input as message
	decision.effect == "allow"
	decision.rules == ["gdpr_tickets.allow.questions"]
}

test_nobody_else_is_asked[name] if {
	some name, who in {"a job": job, "the privacy officer": privacy_officer}
	decision := writ.decision with input as asks(who, "elicitation/create", form(ways))
	decision.rules == ["writ.no_grant"]
}

test_nothing_else_is_asked_of_a_client[method] if {
	some method in ["sampling/createMessage", "roots/list", "elicitation/anything"]
	decision := writ.decision with input as asks(support, method, form(ways))
	decision.rules == ["writ.no_grant"]
}

test_no_passwords_and_no_special_categories[name] if {
	some name, arguments in {
		"by name": form({"userPassword": {"type": "string"}}),
		"by title": form({"a": {"type": "string", "title": "Your PASS-CODE"}}),
		"by description": form({"a": {"type": "string", "description": "A diagnosis, if there is one"}}),
		"by message": object.union(form(ways), {"message": "Say which religion the customer has."}),
		"without a title, by description": form({"a": {"description": "api_key"}, "b": {"title": "Way"}}),
		"a page": {"mode": "url", "message": "Go on", "url": "https://tickets.example/", "elicitationId": "e-1"},
		"a page that has a form": object.union(form(ways), {"mode": "url"}),
		"no form": {"message": "Go on"},
		"a form of another kind": {"message": "Go on", "requestedSchema": {"properties": ["password"]}},
	}
	decision := writ.decision with input as asks(support, "elicitation/create", arguments)
	decision.effect == "deny"
	decision.rules == ["gdpr_tickets.deny.sensitive_questions"]
}
