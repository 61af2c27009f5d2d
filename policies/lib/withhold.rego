# METADATA
# title: What becomes of content that masks cannot look into
# description: >-
#   Of all rules that match some content the strictest holds, so one that lets it pass gives way to every other: it stands
#   against the default alone, which withholds where anything is masked.
# scope: package
package writ.withhold

# METADATA
# title: The value says of which content, and what
well_formed(given) if {
	is_object(given)
	object.keys(given) == {"mime_types", "action"}
	actions[given.action]
	is_array(given.mime_types)
	count(given.mime_types) > 0
	every mime_type in given.mime_types { is_range(mime_type) }
}

actions := {"allow": true, "withhold": true, "deny": true}

# A type, all of a kind or all there is (RFC 6838 4.2). Parameters of a type tell nothing here.
is_range(value) if {
	is_string(value)
	regex.match(`^(?:\*|[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/(?:\*|[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}))$`, value)
}

# METADATA
# title: The rule hides, or refuses, and shows nothing
tightens(given) if given.action in ["withhold", "deny"]

# METADATA
# title: One element a type; types are compared in small letters
elements(id, given) := [{"rule": id, "mime_type": lower(mime_type), "action": given.action} |
	some mime_type in given.mime_types
]
