package test.gdpr

import data.test.writ as given
import data.writ

searching(arguments) := given.call(given.human(["support"]), "customers.search", arguments)

test_a_search_without_query_and_region_is_refused[name] if {
	cases := {
		"nothing": {},
		"empty query": {"query": ""},
		"null": {"query": null, "region": null},
		"another argument": {"limit": 100},
	}
	some name, arguments in cases
	decision := writ.decision with input as searching(arguments)
	decision.effect == "deny"
	decision.rules == ["gdpr.deny.unbounded_search"]
	decision.reasons == [{"rule": "gdpr.deny.unbounded_search", "message": "A search needs a query or a region."}]
}

test_a_search_with_either_is_allowed[name] if {
	cases := {"query": {"query": "lindqvist"}, "region": {"region": "EU"}}
	some name, arguments in cases
	decision := writ.decision with input as searching(arguments)
	decision.effect == "allow"
}

test_the_search_is_listed_all_the_same if {
	decision := writ.decision with input as given.listing(given.human(["support"]), "customers.search")
	decision.effect == "allow"
}
