package policies.gdpr_hr

import data.writ.tool

# METADATA
# title: Personnel data is shown in adequate countries alone
# description: >-
#   Access from elsewhere is a transfer. The country is the claim `ctry` of the token; a caller whose token names none is
#   refused.
# custom:
#   article: 44, 45
deny["caller_country"] := "Personnel data is not shown where the caller is." if {
	tool.personal
	not caller_in_reach
}

caller_in_reach if data.register.adequate.countries[input.identity.claims.ctry]

# METADATA
# title: A server elsewhere needs a safeguard
# description: >-
#   The labels `region` and `transfer` of the server, from the gateway's configuration, say where it stands and which
#   safeguard of Article 46 was agreed on.
# custom:
#   article: 44, 45, 46
deny["server_region"] := "The server is in a region without a decision of adequacy or a safeguard." if {
	tool.personal
	not server_in_reach
}

server_in_reach if data.register.adequate.regions[input.server.labels.region]

server_in_reach if data.register.safeguards[input.server.labels.transfer]
