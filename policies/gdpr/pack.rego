# METADATA
# title: Personal data of customers under the GDPR
# description: Who may work with the customer register, what they see of it, and who else has to agree.
# custom:
#   servers: [crm]
#   owner: Privacy office
#   regulation: GDPR
package policies.gdpr
