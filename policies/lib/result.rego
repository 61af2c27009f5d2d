# METADATA
# title: The second look, at a result before it is shown
# description: Only rules that read input.result are asked, and they can only tighten what the first look allowed.
# scope: package
# schemas:
#   - input: schema.input
package writ.result

import data.writ.asked
import data.writ.mask
import data.writ.withhold

# METADATA
# title: What the gateway does with this result
decision := {
	"effect": effect,
	"rules": [id | some [id, _] in denials],
	"reasons": [{"rule": id, "message": message} |
		some [id, value] in denials
		some message in asked.messages(id, value)
	],
	"mask_fields": [field |
		effect == "allow"
		some [id, value] in masks
		some field in mask.fields(id, value)
	],
	"detokenise": [],
	"withhold": [content |
		effect == "allow"
		some [id, value] in withheld
		some content in withhold.elements(id, value)
	],
	"approval": {"requirements": []},
	"obligations": [],
}

default effect := "deny"

effect := "allow" if count(denials) == 0

denials := sort(array.concat(own_denials, [[id, value] |
	some pack in asked.result_packs
	some rule, value in asked.rules(data.policies[pack].deny)
	asked.refuses(value)
	id := $"{pack}.deny.{rule}"
	asked.second(id)
]))

own_denials := [["writ.no_result", "There is no result to look at."]] if {
	not has_result
} else := [["writ.malformed", malformed]] if {
	count(malformed) > 0
} else := []

has_result if is_object(input.result)

masks := sort([[id, value] |
	some pack in asked.result_packs
	some rule, value in asked.rules(data.policies[pack].mask_fields)
	asked.refuses(value)
	id := $"{pack}.mask_fields.{rule}"
	asked.second(id)
])

withheld := sort([[id, value] |
	some pack in asked.result_packs
	some rule, value in asked.rules(data.policies[pack].withhold)
	asked.refuses(value)
	id := $"{pack}.withhold.{rule}"
	asked.second(id)
])

malformed contains $"{id} is no mask." if {
	some [id, value] in masks
	not mask.well_formed(value)
}

malformed contains $"{id} is to mask arguments, which the server has by now." if {
	some [id, value] in masks
	object.get(value, "on", "result") != "result"
}

malformed contains $"{id} does not say which content is withheld." if {
	some [id, value] in withheld
	not withhold.well_formed(value)
}

# What a server answers would choose what is shown of it.
malformed contains $"{id} is to show what was withheld before." if {
	some [id, value] in withheld
	not withhold.tightens(value)
}
