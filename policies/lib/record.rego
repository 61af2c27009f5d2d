# METADATA
# title: What is to be kept of a call, and under which terms
# scope: package
package writ.record

# METADATA
# title: The obligation has no key that means nothing
well_formed(obligation) if {
	is_object(obligation)
	every key, _ in obligation { known(key) }
}

known("purpose")

known("legal_basis")

known("data_categories")

known("retention")

known("record")

# METADATA
# title: The obligation with everything filled in that its author left out
obligation(id, given) := {
	"rule": id,
	"purpose": object.get(given, "purpose", null),
	"legal_basis": object.get(given, "legal_basis", null),
	"data_categories": object.get(given, "data_categories", []),
	"retention": object.get(given, "retention", null),
	"record": object.get(given, "record", "masked"),
}
