package test.writ

masked(mask) := decided(reading, object.union(granted, {"mask_fields": {"x": mask}}))

email := {
	"rule": "p.mask_fields.x",
	"on": "result",
	"path": "$.email",
	"category": "user.contact.email",
	"strategy": "redact",
	"options": {},
}

name := object.union(email, {"path": "$.name", "category": "user.name"})

test_a_mask_covers_the_category_and_those_below[wanted] if {
	some wanted, fields in {
		"user": [email, name],
		"user.contact": [email],
		"user.contact.email": [email],
		"user.name": [name],
	}
	masked({"categories": [wanted], "strategy": "redact"}).mask_fields == fields
}

test_a_category_the_tool_does_not_hold_masks_nothing[wanted] if {
	some wanted in ["user.contact.email.private", "user.cont", "user.financial", ""]
	d := masked({"categories": [wanted], "strategy": "redact"})
	d.effect == "allow"
	d.mask_fields == []
}

test_an_exception_is_left_out[name_] if {
	some name_, [exceptions, fields] in {
		"one": [["user.contact"], [name]],
		"all": [["user"], []],
		"none": [[], [email, name]],
		"not held": [["user.financial"], [email, name]],
	}
	masked({"categories": ["user"], "except": exceptions, "strategy": "redact"}).mask_fields == fields
}

test_explicit_paths_have_no_category if {
	at := {
		"rule": "p.mask_fields.x",
		"on": "both",
		"path": "$.a",
		"category": null,
		"strategy": "partial",
		"options": {"keep": 2},
	}
	masked({"path": "$.a", "strategy": "partial", "on": "both", "options": {"keep": 2}}).mask_fields == [at]
	masked({"paths": ["$.b", "$.a"], "strategy": "partial", "on": "both", "options": {"keep": 2}}).mask_fields == [
		object.union(at, {"path": "$.b"}),
		at,
	]
}

test_what_detectors_look_for_is_an_element_a_category if {
	found := {
		"rule": "p.mask_fields.x",
		"on": "result",
		"detect": "user.contact",
		"category": null,
		"strategy": "redact",
		"options": {},
	}
	masked({"detect": ["user.contact", "user.name"], "strategy": "redact"}).mask_fields == [
		found,
		object.union(found, {"detect": "user.name"}),
	]
}

# A category the catalogue does not give the tool is looked for all the same.
test_what_detectors_leave_out_goes_to_them_with_the_options if {
	mask := {
		"detect": ["user"],
		"except": ["user.name"],
		"strategy": "tokenise",
		"options": {"purpose": "support"},
		"on": "both",
	}
	masked(mask).mask_fields == [{
		"rule": "p.mask_fields.x",
		"on": "both",
		"detect": "user",
		"category": null,
		"strategy": "tokenise",
		"options": {"purpose": "support", "except": ["user.name"]},
	}]
}

test_a_pattern_has_the_category_its_author_gives_it[name_] if {
	some name_, [given, category] in {"category": [{"category": "user.unique_id"}, "user.unique_id"], "none": [{}, null]}
	masked(object.union({"pattern": "CASE-[0-9]+", "strategy": "hash"}, given)).mask_fields == [{
		"rule": "p.mask_fields.x",
		"on": "result",
		"pattern": "CASE-[0-9]+",
		"category": category,
		"strategy": "hash",
		"options": {},
	}]
}

test_masks_come_in_the_order_of_their_rules if {
	d := decided(reading, object.union(granted, {"mask_fields": {
		"b": {"path": "$.b", "strategy": "drop"},
		"a": {"path": "$.a", "strategy": "null"},
	}}))
	[m.rule | some m in d.mask_fields] == ["p.mask_fields.a", "p.mask_fields.b"]
}

# A mask that hides nothing because of a slip would show what its author meant to hide.
test_a_malformed_mask_refuses[slip] if {
	some slip, mask in {
		"true": true,
		"message": "hide it",
		"no strategy": {"categories": ["user"]},
		"strategy of another type": {"categories": ["user"], "strategy": ["redact"]},
		"nowhere": {"strategy": "redact"},
		"categories and paths": {"categories": ["user"], "paths": ["$.a"], "strategy": "redact"},
		"mistyped key": {"categoriez": ["user"], "strategy": "redact"},
		"mistyped key beside a right one": {"categories": ["user"], "strategy": "redact", "excpt": ["user"]},
		"category not in a list": {"categories": "user", "strategy": "redact"},
		"categories in a set": {"categories": {"user"}, "strategy": "redact"},
		"category of another type": {"categories": [["user"]], "strategy": "redact"},
		"path in a list": {"path": ["$.a"], "strategy": "redact"},
		"paths of another type": {"paths": "$.a", "strategy": "redact"},
		"exception not in a list": {"categories": ["user"], "except": "user.name", "strategy": "redact"},
		"options of another type": {"categories": ["user"], "options": "keep", "strategy": "redact"},
		"detect and categories": {"categories": ["user"], "detect": ["user"], "strategy": "redact"},
		"detect and a pattern": {"detect": ["user"], "pattern": "x", "strategy": "redact"},
		"detect not in a list": {"detect": "user", "strategy": "redact"},
		"detect nothing": {"detect": [], "strategy": "redact"},
		"pattern in a list": {"pattern": ["x"], "strategy": "redact"},
		"pattern with exceptions": {"pattern": "x", "except": ["user"], "strategy": "redact"},
		"category of a path": {"path": "$.a", "category": "user.name", "strategy": "redact"},
	}
	d := masked(mask)
	d.effect == "deny"
	d.rules == ["writ.malformed"]
	d.reasons == [{"rule": "writ.malformed", "message": "p.mask_fields.x is no mask."}]
	d.mask_fields == []
}

test_a_mask_that_did_not_fire_masks_nothing if {
	d := masked(false)
	d.effect == "allow"
	d.mask_fields == []
}
