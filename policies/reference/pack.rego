# METADATA
# title: The reference servers of the Model Context Protocol
# description: >-
#   What may be done with server-everything, server-filesystem and server-memory. A small pack to start from, and the
#   one that fixtures recorded from those servers run against.
# custom:
#   servers: [everything, filesystem, memory]
package policies.reference
