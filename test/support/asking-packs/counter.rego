# METADATA
# title: A server of which little is granted
# custom:
#   servers: [counter]
package policies.counter

# METADATA
# title: Tools, and one method nobody else knows
allow["little"] if input.call.method in {"tools/call", "vendor/count"}
