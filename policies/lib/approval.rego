# METADATA
# title: What a requirement of approval says, and when it is met
# scope: package
# schemas:
#   - input: schema.input
package writ.approval

import data.writ.caller

form := {
	"approvers": [],
	"quorum": 1,
	"pending_for": "8h",
	"grant_for": "15m",
	"uses": 1,
	"reason_required": true,
}

# METADATA
# title: The requirement has a form that somebody can meet
well_formed(requirement) if {
	full := object.union(form, requirement)
	count(full) == count(form)
	is_array(full.approvers)
	count(full.approvers) > 0
	every approver in full.approvers { is_string(approver) }
	is_number(full.quorum)
	full.quorum >= 1
	floor(full.quorum) == full.quorum
}

# METADATA
# title: The requirement with everything filled in that its author left out
requirement(id, given) := object.union(object.union(form, given), {"rule": id})

# METADATA
# title: Enough people other than the requester have approved
met(requirement) if {
	quorum := object.get(requirement, "quorum", form.quorum)
	quorum >= 1
	people := {id |
		some approval in input.approval.approved_by
		id := approval.id
		not requesting(id)
		some approver in requirement.approvers
		is_member(approval.memberships, approver)
	}
	count(people) >= quorum
}

requesting(id) if id == input.identity.id

requesting(id) if id == input.identity.actor.id

requesting(id) if id == input.identity.actor.sub

is_member(memberships, approver) if known_as(approver) in memberships

# A group is known by its id in the directory, as for callers.
known_as(approver) := $"group:{id}" if {
	startswith(approver, "group:")
	id := caller.group_id(trim_prefix(approver, "group:"))
} else := approver
