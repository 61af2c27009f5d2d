package test.gdpr_hr

import data.test.writ as given
import data.writ

# A person of these groups, in Germany.
person(groups) := object.union(given.human(groups), {"claims": {"ctry": "DE"}})

personnel := person(["hr"])

medical := person(["medical"])

privacy_officer := person(["privacy-officer"])

call(who, tool, arguments) := given.to(given.call(who, tool, arguments), "hr")

lookup(who) := call(who, "employees.lookup", {"id": "E-2001"})

notes(who) := given.stating(call(who, "health.notes", {"id": "E-2001"}), "essential.service")

test_who_reads_the_personnel_office[name] if {
	some name, [who, rule] in {
		"personnel office": [personnel, "gdpr_hr.allow.hr_read"],
		"occupational medicine": [medical, "gdpr_hr.allow.medical_read"],
		"privacy officer": [privacy_officer, "gdpr_hr.allow.privacy_requests"],
	}
	decision := writ.decision with input as lookup(who)
	decision.effect == "allow"
	decision.rules == [rule]
}

test_others_read_nothing[tool] if {
	some tool, _ in data.catalogue.hr
	some who in [person(["support"]), person([])]
	decision := writ.decision with input as given.stating(call(who, tool, {"query": "x"}), "essential.service")
	decision.effect == "deny"
}

test_nobody_without_a_name_reads_anything if {
	who := {"kind": "anonymous", "groups": ["hr"], "claims": {"ctry": "DE"}}
	decision := writ.decision with input as lookup(who)
	decision.rules == ["writ.no_grant"]
}

test_a_program_counts_absences if {
	decision := writ.decision with input as call(given.program([]), "absence.stats", {})
	decision.rules == ["gdpr_hr.allow.program_figures"]
}

# Also where somebody put it into a group whose people may.
test_a_program_sees_nothing_else[tool] if {
	some tool in (object.keys(data.catalogue.hr) - {"absence.stats"})
	decision := writ.decision with input as call(given.program(["hr", "medical", "privacy-officer"]), tool, {})
	"gdpr_hr.deny.program_personal_data" in decision.rules
}

# Without a purpose too: a list is asked for before anybody knows what for.
test_each_is_shown_the_tools_it_may_call[name] if {
	everyday := {"employees.search", "employees.lookup", "absence.stats"}
	some name, [who, tools] in {
		"personnel office": [personnel, everyday],
		"occupational medicine": [medical, (everyday | {"health.notes", "health.export"})],
		"privacy officer": [privacy_officer, (everyday | {"employees.export"})],
		"job": [given.program([]), {"absence.stats"}],
	}
	listed := {tool |
		some tool, _ in data.catalogue.hr
		decision := writ.decision with input as given.to(given.listing(who, tool), "hr")
		decision.effect == "allow"
	}
	listed == tools
}
