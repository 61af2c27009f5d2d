# METADATA
# title: Where in the arguments tokens are turned back into what they stand for
# description: >-
#   A message to the client is none of them: what a server put there as a token, the client would be shown in clear.
# scope: package
# schemas:
#   - input: schema.input
package writ.detokenise

# METADATA
# title: The value says where, and for which purpose
well_formed(given) if {
	is_object(given)
	is_string(given.purpose)
	count([place | some place in ["path", "paths"]; given[place]]) == 1
	every key, value in given { right(key, value) }
}

right("purpose", value) if value != ""

right("path", value) if is_string(value)

right("paths", value) if {
	is_array(value)
	count(value) > 0
	every path in value { is_string(path) }
}

right("categories", value) if {
	is_array(value)
	count(value) > 0
}

# METADATA
# title: One element a path and category; without categories, tokens of all
elements(id, given) := [{"rule": id, "path": path, "category": of, "purpose": given.purpose} |
	input.call.direction == "to-server"
	some path in object.get(given, "paths", [object.get(given, "path", null)])
	some of in object.get(given, "categories", [null])
]
