# METADATA
# title: From masks as authors write them to one place, category or pattern each
# scope: package
package writ.mask

import data.writ.tool

# METADATA
# title: The mask has a form that means something
# description: >-
#   What else an element must be is looked at once more where it is read: the decision's schema knows the form of a
#   category, the engine every option and what an expression may be.
well_formed(mask) if {
	mask.strategy
	types := form(mask)
	every key, value in mask { types[key] == type_name(value) }
	not idle(mask)
}

# By the one place that a mask names, what else it may say: what does not go with that would be lost. Only the form that is
# needed is made.
form(mask) := of_categories if {
	mask.categories
} else := of_detectors if {
	mask.detect
} else := of_path if {
	mask.path
} else := of_paths if {
	mask.paths
} else := of_pattern if {
	mask.pattern
}

of_categories := {"strategy": "string", "on": "string", "options": "object", "categories": "array", "except": "array"}

of_detectors := {"strategy": "string", "on": "string", "options": "object", "detect": "array", "except": "array"}

of_path := {"strategy": "string", "on": "string", "options": "object", "path": "string"}

of_paths := {"strategy": "string", "on": "string", "options": "object", "paths": "array"}

of_pattern := {"strategy": "string", "on": "string", "options": "object", "pattern": "string", "category": "string"}

# Nothing is of such a category, so nothing would be hidden.
idle(mask) if {
	some wanted in mask.categories
	not is_string(wanted)
}

idle(mask) if mask.detect == []

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
} else := [{
	"rule": id,
	"on": object.get(mask, "on", "result"),
	"detect": wanted,
	"category": null,
	"strategy": mask.strategy,
	"options": options(mask),
} |
	some wanted in mask.detect
] if {
	mask.detect
} else := [{
	"rule": id,
	"on": object.get(mask, "on", "result"),
	"pattern": mask.pattern,
	"category": object.get(mask, "category", null),
	"strategy": mask.strategy,
	"options": object.get(mask, "options", {}),
}] if {
	mask.pattern
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
options(mask) := object.union(object.get(mask, "options", {}), {"except": mask.except}) if {
	mask.except
} else := object.get(mask, "options", {})

excepted(mask, held) if {
	some exception in mask.except
	some [category_, _] in tool.fields(exception)
	category_ == held
}
