package test.writ

import data.writ.tool

test_a_tool_is_known_by_the_catalogue if {
	asked := reading
	index := built({})
	tool.does("read") with input as asked with data.catalogue as catalogue with data.build as index
	not tool.does("delete") with input as asked with data.catalogue as catalogue with data.build as index
	tool.personal with input as asked with data.catalogue as catalogue with data.build as index
	categories := tool.categories with input as asked with data.catalogue as catalogue with data.build as index
	categories == ["user.contact.email", "user.name"]
}

test_a_category_is_held_with_all_above_it[category] if {
	some category, held in {
		"user": 1,
		"user.contact": 1,
		"user.contact.email": 1,
		"user.contact.email.work": 0,
		"user.con": 0,
		"user.financial": 0,
	}
	held == count([1 |
		tool.holds(category) with input as reading with data.catalogue as catalogue with data.build as built({})
	])
}

# A rule that grants by what a tool does must not grant a message that only names a tool.
test_nothing_is_known_of_a_tool_outside_its_call[name_] if {
	some name_, call_ in {
		"another method": {"method": "resources/read"},
		"to the client": {"direction": "to-client"},
		"another tool": {"tool": "write"},
	}
	asked := object.union(reading, {"call": call_})
	index := built({})
	not tool.does("read") with input as asked with data.catalogue as catalogue with data.build as index
	not tool.holds("user") with input as asked with data.catalogue as catalogue with data.build as index
	not tool.entry with input as asked with data.catalogue as catalogue with data.build as index
}
