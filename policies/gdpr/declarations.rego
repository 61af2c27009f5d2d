package policies.gdpr

# METADATA
# title: A tool that changed since it was looked at is held back
# description: >-
#   What a server says of its tool decides what a model sends there. It is hidden and refused until somebody
#   has read the change and pinned it (writ tools diff, writ tools pin).
# custom:
#   article: 5(1)(f), 32(1)
deny["changed_tool"] := "The server has changed this tool, and nobody has looked at it yet." if {
	input.tool.pinned == "changed"
}
