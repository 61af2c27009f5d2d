# METADATA
# title: Every pack and its helpers are checked against the schema of the input
# scope: subpackages
# schemas:
#   - input: schema.input
package policies
