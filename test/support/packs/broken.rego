# METADATA
# title: Rules that go wrong
# custom:
#   servers: [broken]
package policies.broken

# METADATA
# title: Every method
allow["everything"] if input.call.method != ""

# METADATA
# title: Never done
deny["loop"] if {
	input.call.tool == "loop"
	every a in numbers.range(1, 100000) { every b in numbers.range(1, 100000) { a * b > 0 } }
}

# METADATA
# title: Of two minds
deny["torn"] := "one reason" if input.call.tool == "torn"

deny["torn"] := "another" if input.call.tool == "torn"
