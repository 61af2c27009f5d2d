# METADATA
# title: From masks as authors write them to one path each
# scope: package
package writ.mask

import data.writ.tool

# METADATA
# title: The mask has a form that means something
well_formed(mask) if {
	mask.strategy
	count([place | some place in ["categories", "path", "paths"]; mask[place]]) == 1
	every key, value in mask { right(key, value) }
}

right("strategy", value) if is_string(value)

right("categories", value) if strings(value)

right("except", value) if strings(value)

right("paths", value) if strings(value)

right("path", value) if is_string(value)

right("on", value) if is_string(value)

right("options", value) if is_object(value)

strings(value) if {
	is_array(value)
	every item in value { is_string(item) }
}

# METADATA
# title: The mask over the catalogue, one element a path
# description: >-
#   The last form fits no decision, so that a mask which could not be read refuses the call instead of hiding nothing.
fields(id, mask) := [element(id, mask, category, path) |
	some wanted in mask.categories
	some [category, path] in tool.fields(wanted)
	not excepted(mask, category)
] if {
	mask.categories
} else := [element(id, mask, null, path) | some path in mask.paths] if {
	mask.paths
} else := [element(id, mask, null, mask.path)] if {
	mask.path
} else := [{"rule": id}]

element(id, mask, category, path) := {
	"rule": id,
	"on": object.get(mask, "on", "result"),
	"path": path,
	"category": category,
	"strategy": mask.strategy,
	"options": object.get(mask, "options", {}),
}

excepted(mask, category) if {
	some exception in mask.except
	some [held, _] in tool.fields(exception)
	held == category
}
