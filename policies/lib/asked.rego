# METADATA
# title: Which packs are asked, which of their rules, and what a rule's value means
# scope: package
# schemas:
#   - input: schema.input
package writ.asked

# METADATA
# title: Packs that govern this server
# description: Indexed by the build from each pack's custom.servers, so packs of other servers cost nothing.
packs := names if {
	names := data.build.packs[input.server.name]
} else := data.build.packs["*"] if {
	input.server.name
}

# METADATA
# title: Packs that govern this server and have a rule that reads the result
result_packs := names if {
	names := data.build.result_packs[input.server.name]
} else := data.build.result_packs["*"] if {
	input.server.name
}

# METADATA
# title: A rule is asked before the call
# description: >-
#   One that reads the result too, as it may have a way to fire that needs none: after the call it would be too late.
#   A listing has neither arguments nor a result.
first(id) if not data.build.reads[id]

first(_) if not input.call.listing

# METADATA
# title: A rule is asked about the result if it reads the result
second(id) if data.build.reads[id] == "result"

# METADATA
# title: A grant is meant for messages of this direction
# description: >-
#   What a server asks of a client uses the caller's model, person or folders. A grant of calls by all but a method would
#   let it, so only one that names messages to the client grants them.
meant(_) if input.call.direction == "to-server"

meant(id) if data.build.reads[id] == "to-client"

# METADATA
# title: The rules of a kind that restricts
# description: A kind that is one value itself has no rules to ask; what stands for it is refused as no kind allows it.
rules(kind) := kind if {
	is_object(kind)
} else := {"*": "The policy has a kind that is not made of rules."}

# METADATA
# title: A value that grants
# description: Anything but true or a message is none, such as the object that a rule one level too deep makes.
grants(v) if v == true

grants(v) if {
	is_string(v)
	v != ""
}

# METADATA
# title: A value that refuses
# description: Anything but false and an empty set, which is what a rule has that did not fire.
refuses(v) if {
	v != false
	not silent(v)
}

silent(v) if {
	is_set(v)
	count(v) == 0
}

# METADATA
# title: What people are told of a rule
messages(id, v) := [v] if {
	is_string(v)
	v != ""
} else := said if {
	is_set(v)
	said := [m | some m in sort(v); is_string(m)]
	count(said) > 0
} else := [v.message] if {
	is_string(v.message)
} else := [data.build.rules[id].title] if {
	is_string(data.build.rules[id].title)
} else := ["The policy refuses this."]
