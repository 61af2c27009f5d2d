# METADATA
# title: Everything passes
# description: >-
#   For everyone and every method, behind `open` alone and behind `crm` together with the pack for customer data, whose
#   masks are then the only thing that shows.
# custom:
#   servers: [open, crm]
package policies.everything

# METADATA
# title: Whatever a client sends
allow["sent"] if {
	input.call.method != ""
	input.call.direction == "to-server"
}

# METADATA
# title: Whatever a server tells or asks
allow["told"] if {
	input.call.method != ""
	input.call.direction == "to-client"
}
