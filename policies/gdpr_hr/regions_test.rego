package test.gdpr_hr

import data.test.writ as given
import data.writ

test_where_the_caller_is_decides[name] if {
	some name, [claims, effect] in {
		"Germany": [{"ctry": "DE"}, "allow"],
		"elsewhere": [{"ctry": "ZZ"}, "deny"],
		"not said": [{}, "deny"],
		"not a country": [{"ctry": ["DE"]}, "deny"],
	}
	who := object.union(given.human(["hr"]), {"claims": claims})
	decision := writ.decision with input as lookup(who)
	decision.effect == effect
	{"gdpr_hr.deny.caller_country" | effect == "deny"} == {rule | some rule in decision.rules; startswith(rule, "gdpr_hr.deny.")}
}

test_where_the_server_is_decides[name] if {
	some name, [labels, effect] in {
		"EU": [{"region": "eu"}, "allow"],
		"elsewhere": [{"region": "overseas"}, "deny"],
		"elsewhere, with clauses": [{"region": "overseas", "transfer": "standard-contractual-clauses"}, "allow"],
		"elsewhere, with a promise": [{"region": "overseas", "transfer": "promise"}, "deny"],
		"not said": [{}, "deny"],
	}
	asked := object.union(object.remove(lookup(personnel), ["server"]), {"server": {"name": "hr", "labels": labels}})
	decision := writ.decision with input as asked
	decision.effect == effect
	{"gdpr_hr.deny.server_region" | effect == "deny"} == {rule | some rule in decision.rules; startswith(rule, "gdpr_hr.deny.")}
}

test_figures_may_be_seen_anywhere if {
	decision := writ.decision with input as call(given.human(["hr"]), "absence.stats", {})
	decision.effect == "allow"
}
