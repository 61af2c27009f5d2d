package main

import (
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/dependencies"
)

// reader finds the base documents rules depend on, directly and through the rules and functions they use. It asks
// OPA's dependency analysis once a rule. `dependencies.Base` answers the same question but cuts each reference at its
// first computed part, which would lose what is read behind it.
type reader struct {
	compiler *ast.Compiler
	direct   map[*ast.Rule]dependency
}

type dependency struct {
	paths []string
	rules []*ast.Rule
}

func newReader(compiler *ast.Compiler) *reader {
	return &reader{compiler, map[*ast.Rule]dependency{}}
}

// of gives the dotted paths of all base documents behind a compiled rule.
func (r *reader) of(rule *ast.Rule) []string {
	paths, seen := map[string]bool{}, map[*ast.Rule]bool{}
	var visit func(*ast.Rule)
	visit = func(rule *ast.Rule) {
		if seen[rule] {
			return
		}
		seen[rule] = true
		found := r.dependenciesOf(rule)
		for _, path := range found.paths {
			paths[path] = true
		}
		for _, used := range found.rules {
			visit(used)
		}
	}
	visit(rule)
	return slices.Collect(maps.Keys(paths))
}

func (r *reader) dependenciesOf(rule *ast.Rule) dependency {
	if known, ok := r.direct[rule]; ok {
		return known
	}
	var found dependency
	refs, err := dependencies.All(rule)
	if err != nil {
		panic(err) // a rule is an AST element, the one thing All asks for
	}
	for _, ref := range refs {
		if !ast.RootDocumentNames.Contains(ref[0]) {
			continue
		}
		if rules := r.compiler.GetRules(ref.ConstantPrefix()); len(rules) > 0 {
			found.rules = append(found.rules, rules...)
		} else {
			found.paths = append(found.paths, dotted(ref))
		}
	}
	r.direct[rule] = found
	return found
}
