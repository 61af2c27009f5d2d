package test.writ

obliged(obligation) := decided(reading, object.union(granted, {"obligations": {"x": obligation}}))

test_an_obligation_has_every_field if {
	obliged({}).obligations == [{
		"rule": "p.obligations.x",
		"purpose": null,
		"legal_basis": null,
		"data_categories": [],
		"retention": null,
		"record": "masked",
	}]
	obliged({"record": "full", "retention": "P1Y"}).obligations[0].record == "full"
}

test_a_denied_call_is_kept_as_obliged if {
	d := decided(reading, {"obligations": {"x": {"record": "metadata"}}})
	d.effect == "deny"
	d.obligations[0].record == "metadata"
}

test_a_malformed_obligation_refuses[slip] if {
	some slip, obligation in {"true": true, "message": "keep", "mistyped key": {"retain": "P1Y"}, "rule": {"rule": "other"}}
	obliged(obligation).rules == ["writ.malformed"]
}
