# METADATA
# title: Personal data of employees under the GDPR
# description: >-
#   Who may look into the personnel office, for which purpose, from where, and what they see of it. Health data is for
#   occupational medicine alone.
# custom:
#   servers: [hr]
#   owner: Privacy office
#   regulation: GDPR
package policies.gdpr_hr
