# METADATA
# title: Categories of personal data, as fideslang names them
# description: >-
#   The form alone: `writ check` knows the names. A word that a caller chose, and a rule took for a category, would find
#   nothing, and stand in the log.
# scope: package
package writ.category

# METADATA
# title: The value names a category
is_one(value) if {
	is_string(value)
	regex.match(`^(?:user|system)(?:\.[a-z_]+)*$`, value)
}

# METADATA
# title: The value is a list of categories
all_of(value) if {
	is_array(value)
	every item in value { is_one(item) }
}

# METADATA
# title: The value is a list of categories, of one at least
some_of(value) if {
	all_of(value)
	count(value) > 0
}
