package main

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/types"
)

type negationTrap struct {
	File    string `json:"file"`
	Row     int    `json:"row"`
	Column  int    `json:"column"`
	Culprit string `json:"culprit"`
}

// OPA compiles `not startswith(input.x, "a")` to `__local0__ = input.x; not startswith(__local0__, "a")`. Where input.x
// is missing the first of these is undefined, so the rule is, whatever the `not` would say. The traps are read off the
// compiled bodies, that is, from what the engine will run: the generated definitions outside a negation of the
// variables inside it, where such a definition may be undefined. With `import future.keywords.not` OPA keeps the
// definitions inside, and nothing is found.
func findNegationTraps(compiler *ast.Compiler, module *ast.Module) (found []negationTrap) {
	ast.WalkBodies(module, func(body ast.Body) bool {
		hoisted := hoistedDefinitions(body)
		for _, expr := range body {
			if !expr.Negated && !expr.IsNot() {
				continue
			}
			finder := &trapFinder{compiler, hoisted}
			if culprit := finder.culprit(expr); culprit != nil {
				found = append(found, negationTrap{
					File:    expr.Location.File,
					Row:     expr.Location.Row,
					Column:  expr.Location.Col,
					Culprit: sourceText(culprit),
				})
			}
		}
		return false
	})
	return found
}

// hoistedDefinitions maps each variable that the compiler made up to the expression which binds it. A variable the
// author bound (`x := input.x`) is not among them: there the author says, outside the negation, that it must exist.
func hoistedDefinitions(body ast.Body) map[ast.Var]*ast.Expr {
	definitions := map[ast.Var]*ast.Expr{}
	for _, expr := range body {
		if !expr.Generated {
			continue
		}
		if expr.IsEquality() {
			definitions[expr.Operand(0).Value.(ast.Var)] = expr
		} else if terms, ok := expr.Terms.([]*ast.Term); ok {
			if output, ok := terms[len(terms)-1].Value.(ast.Var); ok {
				definitions[output] = expr
			}
		}
	}
	return definitions
}

type trapFinder struct {
	compiler *ast.Compiler
	hoisted  map[ast.Var]*ast.Expr
}

// culprit gives the first hoisted definition in a negation which may be undefined, nil where all are sure.
func (f *trapFinder) culprit(negation *ast.Expr) (found ast.Node) {
	visitor := ast.NewGenericVisitor(func(x any) bool {
		if variable, ok := x.(ast.Var); ok && found == nil {
			found = f.undefinedVar(variable)
		}
		return found != nil
	})
	visitor.Walk(negation)
	return found
}

func (f *trapFinder) undefinedVar(variable ast.Var) ast.Node {
	definition := f.hoisted[variable]
	switch {
	case definition == nil:
		return nil
	case definition.IsEquality():
		return f.undefinedTerm(definition.Operand(1))
	default:
		return f.undefinedCall(definition)
	}
}

func (f *trapFinder) undefinedTerm(term *ast.Term) (found ast.Node) {
	switch value := term.Value.(type) {
	case ast.Ref:
		if f.isSure(value) {
			return nil
		}
		for _, part := range value[1:] {
			if inner := f.undefinedTerm(part); inner != nil {
				return inner
			}
		}
		return term
	case ast.Var:
		return f.undefinedVar(value)
	case *ast.ArrayComprehension, *ast.SetComprehension, *ast.ObjectComprehension:
		return nil // defined, if empty
	}
	ast.WalkVars(term, func(variable ast.Var) bool {
		if found == nil {
			found = f.undefinedVar(variable)
		}
		return false
	})
	return found
}

// isSure tells whether a reference always has a value: the whole of input or data, or a rule that always has one.
func (f *trapFinder) isSure(ref ast.Ref) bool {
	return len(ref) == 1 || slices.ContainsFunc(f.compiler.GetRulesExact(ref), isTotal)
}

// isTotal tells whether a rule always has a value, or a function for all arguments: by a default, because it takes its
// elements one by one (`contains`, a variable in the head), or because it or its last `else` has no condition.
func isTotal(rule *ast.Rule) bool {
	if rule.Default || rule.Head.RuleKind() == ast.MultiValue || !rule.Head.Reference.IsGround() {
		return true
	}
	for _, argument := range rule.Head.Args {
		if _, takesAll := argument.Value.(ast.Var); !takesAll {
			return false
		}
	}
	if rule.Head.Args != nil && len(ast.NewTerm(ast.NewArray(rule.Head.Args...)).Vars()) < len(rule.Head.Args) {
		return false // f(x, x) is for equal arguments alone
	}
	last := rule
	for last.Else != nil {
		last = last.Else
	}
	return last.Body.Equal(ast.NewBody(ast.NewExpr(ast.BooleanTerm(true))))
}

// undefinedCall is for a call whose result the negation uses. A builtin is undefined on arguments it cannot take, so it
// is sure only if it takes every value of the types its arguments are known to have.
func (f *trapFinder) undefinedCall(call *ast.Expr) ast.Node {
	operands := call.Operands()
	arguments := operands[:len(operands)-1]
	for _, argument := range arguments {
		if inner := f.undefinedTerm(argument); inner != nil {
			return inner
		}
	}
	if builtin, ok := ast.BuiltinMap[call.Operator().String()]; ok {
		if totalBuiltins[builtin.Name] && f.takes(builtin, arguments) {
			return nil
		}
		return call
	}
	if f.isSure(call.Operator()) {
		return nil
	}
	return call
}

// takes tells whether every argument is of a type the builtin asks for. The compiler has refused arguments that are
// certain to be wrong, so it is enough that the type of each is known from how it is written.
func (f *trapFinder) takes(builtin *ast.Builtin, arguments []*ast.Term) bool {
	for i, declared := range builtin.Decl.FuncArgs().Args {
		if i < len(arguments) && types.Compare(declared, types.A) != 0 && !f.isTyped(arguments[i]) {
			return false
		}
	}
	return true
}

func (f *trapFinder) isTyped(term *ast.Term) bool {
	switch value := term.Value.(type) {
	case ast.Ref:
		return len(value) == 1 || isOneType(f.compiler.TypeEnv.GetByRef(value))
	case ast.Var:
		definition := f.hoisted[value]
		if definition == nil {
			return false
		}
		if definition.IsEquality() {
			return f.isTyped(definition.Operand(1))
		}
		function, ok := f.compiler.TypeEnv.GetByRef(definition.Operator()).(*types.Function)
		return ok && isOneType(function.Result())
	}
	return true
}

// isOneType tells a known type from a union of several and from `any`, which OPA both calls Any.
func isOneType(t types.Type) bool {
	_, isUnion := t.(types.Any)
	return t != nil && !isUnion
}

// totalBuiltins give a result for all values of the types they declare, whatever these hold.
var totalBuiltins = func() map[string]bool {
	total := map[string]bool{}
	for _, builtin := range []*ast.Builtin{
		ast.Equal, ast.NotEqual, ast.LessThan, ast.LessThanEq, ast.GreaterThan, ast.GreaterThanEq,
		ast.Member, ast.MemberWithKey, ast.InternalTemplateString, ast.TypeNameBuiltin, ast.JSONMarshal,
		ast.IsArray, ast.IsBoolean, ast.IsNull, ast.IsNumber, ast.IsObject, ast.IsSet, ast.IsString,
		ast.Count, ast.And, ast.Or, ast.ArrayConcat, ast.ObjectGet, ast.ObjectKeys,
		ast.Lower, ast.Upper, ast.Contains, ast.StartsWith, ast.EndsWith, ast.Split, ast.Replace, ast.StringReverse,
		ast.Trim, ast.TrimLeft, ast.TrimPrefix, ast.TrimRight, ast.TrimSuffix, ast.TrimSpace,
		ast.Plus, ast.Multiply, ast.Abs, ast.Round, ast.Ceil, ast.Floor,
	} {
		total[builtin.Name] = true
	}
	return total
}()

// sourceText gives a node as the author wrote it, on one line.
func sourceText(node ast.Node) string {
	return string(node.Loc().Text)
}
