# METADATA
# title: Everything passes
# custom:
#   servers: [open]
package policies.open

# METADATA
# title: Every method
allow["everything"] if input.call.method != ""
