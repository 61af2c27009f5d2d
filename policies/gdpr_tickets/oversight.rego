package policies.gdpr_tickets

import data.writ.tool

# METADATA
# title: A person agrees to what an agent sends
# description: Another of support than the one it acts for, who would only be agreeing with their own agent.
# custom:
#   article: 22(1), 22(3)
require_approval["agent_reply"] := {"approvers": ["group:support"], "grant_for": "15m"} if {
	input.identity.kind == "human-via-agent"
	tool.does("reply")
}

# METADATA
# title: Agents hand no tickets over
# description: Which company gets somebody's data is a person's decision from the start.
# custom:
#   article: 22(1), 28(1)
deny["agent_share"] if {
	input.identity.kind == "human-via-agent"
	tool.does("share")
}

# METADATA
# title: The privacy officer agrees to every hand-over
# custom:
#   article: 28(1), 5(2)
require_approval["share"] := {"approvers": ["group:privacy-officer"]} if tool.does("share")

# METADATA
# title: The privacy officer agrees to every purge
# description: A job that erases the wrong year cannot be undone.
# custom:
#   article: 5(1)(f), 32(1)(b)
require_approval["purge"] := {"approvers": ["group:privacy-officer"], "pending_for": "3d"} if tool.does("delete")

# METADATA
# title: A second privacy officer agrees to a restriction
# description: Nobody can answer a customer whose tickets are under restriction.
# custom:
#   article: 18(1), 5(2)
require_approval["restrict"] := {"approvers": ["group:privacy-officer"]} if tool.does("restrict")
