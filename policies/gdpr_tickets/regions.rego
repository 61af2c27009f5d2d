package policies.gdpr_tickets

import data.writ.tool

# METADATA
# title: Tickets are handed to partners in adequate regions alone
# description: Partners and where they are stand in the register; one that is not there gets nothing.
# custom:
#   article: 28(1), 44, 45
deny["partner_region"] := "The partner is in no region that tickets may go to." if {
	tool.does("share")
	not partner_in_reach
}

partner_in_reach if {
	region := data.register.partners[input.call.arguments.partner].region
	data.register.adequate.regions[region]
}

# METADATA
# title: A server elsewhere needs a safeguard
# description: >-
#   The labels `region` and `transfer` of the server, from the gateway's configuration, say where it stands and which
#   safeguard of Article 46 was agreed on.
# custom:
#   article: 44, 45, 46
deny["server_region"] := "The server is in a region without a decision of adequacy or a safeguard." if {
	worked_with
	not server_in_reach
}

server_in_reach if data.register.adequate.regions[input.server.labels.region]

server_in_reach if data.register.safeguards[input.server.labels.transfer]
