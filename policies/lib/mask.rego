# METADATA
# title: From masks as authors write them to one place, category or pattern each
# scope: package
package writ.mask

import data.writ.category
import data.writ.tool

# METADATA
# title: The mask has a form that means something
well_formed(mask) if {
	mask.strategy
	count([place | some place in ["categories", "path", "paths", "detect", "pattern"]; mask[place]]) == 1
	every key, value in mask { right(key, value) }
	not contradictory(mask)
}

right("strategy", value) if is_string(value)

right("categories", value) if strings(value)

right("except", value) if strings(value)

right("paths", value) if strings(value)

right("path", value) if is_string(value)

right("detect", value) if category.some_of(value)

right("pattern", value) if finds(value)

right("category", value) if category.is_one(value)

right("on", value) if is_string(value)

right("options", value) if is_object(value)

strings(value) if {
	is_array(value)
	every item in value { is_string(item) }
}

# A pattern that finds the empty text finds it everywhere, and hides nothing by it.
finds(pattern) if {
	regex.is_valid(pattern)
	not regex.match(pattern, "")
}

# What a key says of a mask that it does not go with would be lost: a category is that of what a pattern finds, an exception
# one from categories, and what detectors leave out is said once.
contradictory(mask) if {
	mask.category
	not mask.pattern
}

contradictory(mask) if {
	mask.pattern
	mask.except
}

contradictory(mask) if {
	mask.detect
	exceptions := mask.except
	not category.all_of(exceptions)
}

contradictory(mask) if {
	mask.detect
	mask.options.except
}

# METADATA
# title: The mask over the catalogue, one element a path, category or pattern
# description: >-
#   The last form fits no decision, so that a mask which could not be read refuses the call instead of hiding nothing.
fields(id, mask) := [element(id, mask, held, path) |
	some wanted in mask.categories
	some [held, path] in tool.fields(wanted)
	not excepted(mask, held)
] if {
	mask.categories
} else := [element(id, mask, null, path) | some path in mask.paths] if {
	mask.paths
} else := [element(id, mask, null, mask.path)] if {
	mask.path
} else := [object.union(searched(id, mask), {"detect": wanted, "category": null}) | some wanted in mask.detect] if {
	mask.detect
} else := [object.union(searched(id, mask), {"pattern": mask.pattern, "category": named})] if {
	mask.pattern
	named := object.get(mask, "category", null)
} else := [{"rule": id}]

element(id, mask, held, path) := {
	"rule": id,
	"on": object.get(mask, "on", "result"),
	"path": path,
	"category": held,
	"strategy": mask.strategy,
	"options": object.get(mask, "options", {}),
}

# What is looked for wherever it stands.
searched(id, mask) := {
	"rule": id,
	"on": object.get(mask, "on", "result"),
	"strategy": mask.strategy,
	"options": options(mask),
}

options(mask) := object.union(object.get(mask, "options", {}), {"except": mask.except}) if {
	mask.except
} else := object.get(mask, "options", {})

excepted(mask, held) if {
	some exception in mask.except
	some [category_, _] in tool.fields(exception)
	category_ == held
}
