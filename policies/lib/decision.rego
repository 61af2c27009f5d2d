# METADATA
# title: The one decision
# description: >-
#   Composes what the packs under data.policies contribute. No grant is a refusal, a refusal beats everything, and a
#   requirement of approval restricts a grant and never makes one. Whatever a pack gets wrong refuses.
# scope: package
# schemas:
#   - input: schema.input
package writ

import data.writ.approval
import data.writ.asked
import data.writ.detokenise
import data.writ.lifecycle
import data.writ.mask
import data.writ.record
import data.writ.tool
import data.writ.withhold

# METADATA
# title: What the gateway does with this message
decision := {
	"effect": effect,
	"rules": [id | some [id, _] in decisive],
	"reasons": [{"rule": id, "message": message} |
		some [id, value] in decisive
		some message in messages(id, value)
	],
	"mask_fields": [field |
		effect != "deny"
		some [id, value] in masks
		some field in mask.fields(id, value)
	],
	"detokenise": [place |
		effect != "deny"
		some [id, value] in detokenised
		some place in detokenise.elements(id, value)
	],
	"withhold": [content |
		effect != "deny"
		some [id, value] in withheld
		some content in withhold.elements(id, value)
	],
	"approval": {"requirements": [approval.requirement(id, value) |
		effect == "require-approval"
		some [id, value] in unmet
	]},
	"obligations": [record.obligation(id, value) | some [id, value] in obligations],
}

# Each way to pass says all it needs, so whatever goes wrong on the way leaves the refusal.
default effect := "deny"

effect := "allow" if {
	count(denials) == 0
	count(grants) > 0
	count(unmet) == 0
}

effect := "require-approval" if {
	count(denials) == 0
	count(grants) > 0
	count(unmet) > 0
}

# What decided. Lists of rules are pairs of id and value here, sorted by id.
decisive := denials if {
	count(denials) > 0
} else := [["writ.no_grant", "No rule grants this."]] if {
	count(grants) == 0
} else := grants if {
	count(unmet) == 0
} else := sort(array.concat(grants, unmet))

# A grant that only says true needs no words: its title is in the METADATA that goes with the bundle.
messages(id, value) := [] if {
	value == true
	effect != "deny"
} else := asked.messages(id, value)

grants := [["writ.allow.lifecycle", true]] if {
	lifecycle.needed
} else := sort([[id, value] |
	some pack in asked.packs
	rules := data.policies[pack].allow
	is_object(rules)
	some rule, value in rules
	asked.grants(value)
	id := $"{pack}.allow.{rule}"
	asked.meant(id)
])

denials := sort(array.concat(own_denials, [[id, value] |
	some pack in asked.packs
	some rule, value in asked.rules(data.policies[pack].deny)
	asked.refuses(value)
	id := $"{pack}.deny.{rule}"
	asked.first(id)
]))

# What lib itself refuses.
own_denials := [["writ.uncatalogued", "The catalogue does not know this tool."]] if {
	input.call.method == "tools/call"
	not tool.entry.action
} else := [["writ.malformed", malformed]] if {
	count(malformed) > 0
} else := []

# A prospective call waits for nobody, shows nothing and leaves no record: the next kinds are not asked about it.

requirements := sort([[id, value] |
	not input.call.listing
	some pack in asked.packs
	some rule, value in asked.rules(data.policies[pack].require_approval)
	asked.refuses(value)
	id := $"{pack}.require_approval.{rule}"
])

unmet := [[id, value] |
	some [id, value] in requirements
	not approval.met(value)
]

masks := sort([[id, value] |
	not input.call.listing
	some pack in asked.packs
	some rule, value in asked.rules(data.policies[pack].mask_fields)
	asked.refuses(value)
	id := $"{pack}.mask_fields.{rule}"

	# What hides parts of a result is never too late once the result is there.
	not asked.second(id)
])

detokenised := sort([[id, value] |
	not input.call.listing
	some pack in asked.packs
	some rule, value in asked.rules(data.policies[pack].detokenise)
	asked.refuses(value)
	id := $"{pack}.detokenise.{rule}"

	# The result comes when the server has the arguments, so a rule that reads it was never meant.
	not asked.second(id)
])

withheld := sort([[id, value] |
	not input.call.listing
	some pack in asked.packs
	some rule, value in asked.rules(data.policies[pack].withhold)
	asked.refuses(value)
	id := $"{pack}.withhold.{rule}"
	not asked.second(id)
])

obligations := sort([[id, value] |
	not input.call.listing
	some pack in asked.packs
	some rule, value in asked.rules(data.policies[pack].obligations)
	asked.refuses(value)
	id := $"{pack}.obligations.{rule}"
])

# Values no kind allows. Passing over one would pass over what its author meant to restrict.
malformed contains $"{id} is no mask." if {
	some [id, value] in masks
	not mask.well_formed(value)
}

malformed contains $"{id} does not say which tokens are turned back where." if {
	some [id, value] in detokenised
	not detokenise.well_formed(value)
}

malformed contains $"{id} does not say which content is withheld." if {
	some [id, value] in withheld
	not withhold.well_formed(value)
}

malformed contains $"{id} is no requirement of approval." if {
	some [id, value] in requirements
	not approval.well_formed(value)
}

malformed contains $"{id} is no obligation." if {
	some [id, value] in obligations
	not record.well_formed(value)
}
