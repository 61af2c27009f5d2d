# METADATA
# title: Rules about results
# custom:
#   servers: [second]
package policies.second

# METADATA
# title: Every method
allow["everything"] if input.call.method != ""

# METADATA
# title: Not many people at once
deny["bulk"] := "more than three people at once" if count(input.result.facts.subjects) > 3

# METADATA
# title: Not much at once
deny["volume"] := "more than a screen" if input.result.bytes > 2000

# METADATA
# title: Restricted people are left out
mask_fields["restricted"] := {"path": "$.people[?@.restricted == true]", "strategy": "drop"} if {
	count(input.result.facts.subjects) > 1
}
