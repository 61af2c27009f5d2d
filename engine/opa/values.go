package main

import (
	"encoding/json"

	"github.com/open-policy-agent/opa/v1/ast"
)

// written is a value as far as the text of a rule tells it: Written of types.ts, field for field.
type written struct {
	Constant json.RawMessage `json:"constant,omitempty"`
	Array    *[]written      `json:"array,omitempty"`
	Object   *[]member       `json:"object,omitempty"`
}

type member struct {
	Key   written `json:"key"`
	Value written `json:"value"`
}

// valuesOf gives the values of a rule and of its else branches.
func valuesOf(rule *ast.Rule) (found []written) {
	for ; rule != nil; rule = rule.Else {
		if rule.Head.Value != nil { // there is none in `contains`
			found = append(found, writtenOf(rule.Head.Value))
		}
	}
	return found
}

// writtenOf leaves out what only evaluation could tell, and sets, which no kind of rule takes in its objects.
func writtenOf(term *ast.Term) written {
	var result written
	switch value := term.Value.(type) {
	case ast.Null: // which OPA would write as an object
		result.Constant = json.RawMessage("null")
	case ast.Boolean, ast.Number, ast.String:
		text, err := json.Marshal(value)
		if err != nil {
			panic(err) // a constant always has a JSON form
		}
		result.Constant = text
	case *ast.Array:
		items := make([]written, 0, value.Len())
		value.Foreach(func(item *ast.Term) { items = append(items, writtenOf(item)) })
		result.Array = &items
	case ast.Object:
		members := make([]member, 0, value.Len())
		value.Foreach(func(key, value *ast.Term) { members = append(members, member{writtenOf(key), writtenOf(value)}) })
		result.Object = &members
	}
	return result
}
