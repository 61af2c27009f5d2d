# METADATA
# title: Questions about the tool, answered by the catalogue
# description: >-
#   All of these are undefined for anything but a call of a catalogued tool, so a grant that asks one of them never
#   grants another method.
# scope: package
# schemas:
#   - input: schema.input
package writ.tool

# METADATA
# title: The catalogue's entry for the tool
entry := data.catalogue[input.server.name][input.call.tool] if index

# METADATA
# title: What the tool does, by the catalogue
does(action) if entry.action == action

# METADATA
# title: fideslang categories the tool's answer holds, sorted
categories := index.categories

# METADATA
# title: The tool's answer holds personal data
personal if count(entry.holds) > 0

# METADATA
# title: The tool's answer holds this category or one below it
holds(category) if index.fields[category]

# METADATA
# title: Where the tool's answer holds this category or one below it
# description: Each with the category as declared and its path.
fields(category) := index.fields[category]

# The build makes of what the catalogue says each tool holds an index by category and ancestor of category. A tool
# without one is as unknown as one without an entry: rules about what it holds would be silent.
index := data.build.tools[input.server.name][input.call.tool] if {
	input.call.method == "tools/call"
	input.call.direction == "to-server"
}
