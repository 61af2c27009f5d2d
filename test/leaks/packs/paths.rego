# METADATA
# title: Everything passes, customers masked by path
# custom:
#   servers: [paths]
package policies.paths

# METADATA
# title: Every method
allow["everything"] if input.call.method != ""

# METADATA
# title: What the catalogue says of customers
mask_fields["customers"] := {"categories": ["user"], "strategy": "redact"}
