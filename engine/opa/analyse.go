package main

import (
	"encoding/json"
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/loader"
	"github.com/open-policy-agent/opa/v1/util"
	"github.com/spf13/cobra"
)

// The types here are those of types.ts, field for field.
type analysis struct {
	Packages        []analysedPackage `json:"packages"`
	Rules           []*analysedRule   `json:"rules"`
	UnknownMetadata []unknownMetadata `json:"unknownMetadata"`
	NegationTraps   []negationTrap    `json:"negationTraps"`
}

type analysedPackage struct {
	Path        string       `json:"path"`
	File        string       `json:"file"`
	Row         int          `json:"row"`
	Annotations *annotations `json:"annotations"`
}

type analysedRule struct {
	Path        string       `json:"path"`
	Package     string       `json:"package"`
	File        string       `json:"file"`
	Row         int          `json:"row"`
	Column      int          `json:"column"`
	IsDefault   bool         `json:"isDefault"`
	Annotations *annotations `json:"annotations"`
	Reads       []string     `json:"reads"`
	Strings     []string     `json:"strings"`
	Values      []written    `json:"values"`
}

func analyseCommand() *cobra.Command {
	var capabilities string
	command := &cobra.Command{
		Use:   "analyse <path> [path [...]]",
		Short: "Print packages, rules, what they read, and negation traps as JSON",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(command *cobra.Command, paths []string) error {
			command.SilenceErrors, command.SilenceUsage = true, true
			result, err := analyse(paths, capabilities)
			if err != nil {
				return errors.Join(err, printJSON(os.Stderr, map[string]any{"errors": outputErrors(err)}))
			}
			return printJSON(os.Stdout, result)
		},
	}
	command.Flags().StringVar(&capabilities, "capabilities", "", "capabilities file")
	return command
}

func analyse(paths []string, capabilitiesFile string) (*analysis, error) {
	capabilities := ast.CapabilitiesForThisVersion()
	if capabilitiesFile != "" {
		var err error
		if capabilities, err = ast.LoadCapabilitiesFile(capabilitiesFile); err != nil {
			return nil, err
		}
	}
	loaded, err := loader.NewFileLoader().WithProcessAnnotation(true).WithCapabilities(capabilities).
		Filtered(paths, func(_ string, info os.FileInfo, _ int) bool {
			return !info.IsDir() && !strings.HasSuffix(info.Name(), ".rego")
		})
	if err != nil {
		return nil, err
	}
	// The compiler rewrites copies, so the parsed modules below are still as the author wrote them.
	parsed := loaded.ParsedModules()
	compiler := ast.NewCompiler().WithCapabilities(capabilities).SetErrorLimit(0)
	if compiler.Compile(parsed); compiler.Failed() {
		return nil, compiler.Errors
	}

	result := &analysis{
		Packages:        []analysedPackage{},
		Rules:           []*analysedRule{},
		UnknownMetadata: []unknownMetadata{},
		NegationTraps:   []negationTrap{},
	}
	reads := newReader(compiler)
	for _, file := range util.KeysSorted(parsed) {
		module := parsed[file]
		unknown, err := findUnknownMetadata(module)
		if err != nil {
			return nil, err
		}
		result.Packages = append(result.Packages, analysedPackage{
			Path:        dotted(module.Package.Path[1:]),
			File:        file,
			Row:         module.Package.Location.Row,
			Annotations: firstAnnotations(module.Annotations, "package", "subpackages"),
		})
		result.UnknownMetadata = append(result.UnknownMetadata, unknown...)
		result.NegationTraps = append(result.NegationTraps, findNegationTraps(compiler, compiler.Modules[file])...)
		result.addRules(file, module, compiler.Modules[file], reads)
	}
	for _, rule := range result.Rules {
		slices.Sort(rule.Reads)
		rule.Reads = slices.Compact(rule.Reads)
		slices.Sort(rule.Strings)
		rule.Strings = slices.Compact(rule.Strings)
	}
	return result, nil
}

// addRules joins the bodies of a rule, which may lie in several files, under its path.
func (a *analysis) addRules(file string, parsed, compiled *ast.Module, reads *reader) {
	for i, rule := range parsed.Rules {
		path := headPath(rule)
		index := slices.IndexFunc(a.Rules, func(r *analysedRule) bool { return r.Path == path })
		if index < 0 {
			index = len(a.Rules)
			a.Rules = append(a.Rules, &analysedRule{
				Path:    path,
				Package: dotted(parsed.Package.Path[1:]),
				File:    file,
				Row:     rule.Location.Row,
				Column:  rule.Location.Col,
				Reads:   []string{},
				Strings: []string{},
				Values:  []written{},
			})
		}
		joined := a.Rules[index]
		joined.IsDefault = joined.IsDefault || rule.Default
		if joined.Annotations == nil {
			joined.Annotations = firstAnnotations(rule.Annotations, "rule", "document")
		}
		joined.Reads = append(joined.Reads, reads.of(compiled.Rules[i])...)
		joined.Strings = append(joined.Strings, stringsIn(rule)...)
		joined.Values = append(joined.Values, valuesOf(rule)...)
	}
}

// stringsIn gives the string constants of a rule. Of references only the parts which cannot be written as `.name`
// count: in `data.tools["customers.lookup"]` the last is a name the author typed, `tools` is a path. The text of a
// template string is prose.
func stringsIn(rule *ast.Rule) (found []string) {
	var visitor *ast.GenericVisitor
	visitor = ast.NewGenericVisitor(func(x any) bool {
		switch x := x.(type) {
		case ast.Ref:
			for _, part := range x {
				if text, ok := part.Value.(ast.String); !ok || !ast.IsVarCompatibleString(string(text)) {
					visitor.Walk(part)
				}
			}
			return true
		case *ast.TemplateString:
			for _, part := range x.Parts {
				if expression, ok := part.(*ast.Expr); ok {
					visitor.Walk(expression)
				}
			}
			return true
		case ast.String:
			found = append(found, string(x))
		}
		return false
	})
	visitor.Walk(rule)
	return found
}

// headPath gives the path of a rule without `data`, cut behind its first variable.
func headPath(rule *ast.Rule) string {
	ref := rule.Ref()[1:]
	for i, part := range ref {
		if !part.IsGround() {
			return dotted(ref[:i+1])
		}
	}
	return dotted(ref)
}

const computed = "*"

// index is how an element of an array is named in input and data, whatever it holds: `1.0` and `1e0` name the same one.
var index = regexp.MustCompile(`^(0|[1-9][0-9]*)$`)

// dotted writes a reference as `a.b.c`. A part that is no identifier is JSON (`a."b.c".0`), and one that is computed, or
// constant but neither text nor the index of an element, is `*`.
func dotted(ref ast.Ref) string {
	parts := make([]string, len(ref))
	for i, part := range ref {
		parts[i] = computed
		switch value := part.Value.(type) {
		case ast.Var:
			if ast.RootDocumentNames.Contains(part) {
				parts[i] = string(value)
			}
		case ast.Number:
			if index.MatchString(string(value)) {
				parts[i] = string(value)
			}
		case ast.String:
			parts[i] = name(string(value))
		}
	}
	return strings.Join(parts, ".")
}

// name writes a part so that no other reader of paths can take it for several, or for a computed one. Go's own quoting
// knows escapes that JSON does not.
func name(text string) string {
	if ast.IsVarCompatibleString(text) {
		return text
	}
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	return string(quoted)
}

// outputErrors gives errors the shape of OPA's own `--format json`; the function that does so in OPA is internal.
func outputErrors(err error) []any {
	var located ast.Errors
	if errors.As(err, &located) {
		return util.Map(located, func(e *ast.Error) any { return e })
	}
	if many, ok := errors.AsType[loader.Errors](err); ok {
		var all []any
		for _, e := range many {
			all = append(all, outputErrors(e)...)
		}
		return all
	}
	if one, ok := errors.AsType[*ast.Error](err); ok {
		return []any{one}
	}
	return []any{map[string]string{"message": err.Error()}}
}

func printJSON(to *os.File, value any) error {
	encoder := json.NewEncoder(to)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}
