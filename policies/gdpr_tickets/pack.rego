# METADATA
# title: What customers write, under the GDPR
# description: >-
#   Who may read, answer, share and erase tickets, what agents see of their texts, and where people have to look at what
#   agents and jobs do.
# custom:
#   servers: [tickets]
#   owner: Privacy office
#   regulation: GDPR
package policies.gdpr_tickets
