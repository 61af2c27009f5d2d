# METADATA
# title: The server does not learn who asks for whom
# custom:
#   servers: [inbound]
package policies.inbound

# METADATA
# title: Every method
allow["everything"] if input.call.method != ""

# METADATA
# title: Addresses as tokens
mask_fields["address"] := {"path": "$.email", "on": "arguments", "strategy": "hash"}
