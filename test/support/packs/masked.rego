# METADATA
# title: Everything passes, people masked
# custom:
#   servers: [masked]
package policies.masked

# METADATA
# title: Every method
allow["everything"] if input.call.method != ""

# METADATA
# title: Addresses in part
mask_fields["contact"] := {"categories": ["user.contact"], "strategy": "partial"}

# METADATA
# title: No names
mask_fields["names"] := {"categories": ["user.name"], "strategy": "redact"}
