package policies.gdpr_hr

import data.writ.caller
import data.writ.tool

# METADATA
# title: Health data is for occupational medicine
# custom:
#   article: 9(1), 9(3)
deny["health_data"] if {
	tool.holds("user.health_and_medical")
	not caller.in_group("medical")
}

# METADATA
# title: Health data is worked with for a purpose that has a basis for it
# description: The call says its purpose, and the register has a condition of Article 9(2) for that purpose. No default stands in.
# custom:
#   article: 9(2)
deny["health_purpose"] := "Health data needs a stated purpose with a basis under Article 9(2)." if {
	tool.holds("user.health_and_medical")
	not has_special_basis
}

has_special_basis if data.register.purposes.hr[input.purpose].special_category_basis

# METADATA
# title: Health data does not go through agents
# description: What an agent is shown goes to whoever runs its model, who is bound by no professional secrecy.
# custom:
#   article: 9(3), 32(1)
deny["health_agent"] if {
	input.identity.kind == "human-via-agent"
	tool.holds("user.health_and_medical")
}
