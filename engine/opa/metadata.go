package main

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"go.yaml.in/yaml/v3"
)

type annotations struct {
	Title       *string        `json:"title"`
	Description *string        `json:"description"`
	Scope       string         `json:"scope"`
	Entrypoint  bool           `json:"entrypoint"`
	Custom      map[string]any `json:"custom"`
}

type unknownMetadata struct {
	Key  string `json:"key"`
	File string `json:"file"`
	Row  int    `json:"row"`
}

// Those of rawAnnotation in OPA's v1/ast/parser.go; the parser drops every other key in silence.
var metadataKeys = []string{
	"scope", "title", "entrypoint", "description", "organizations", "related_resources", "authors", "schemas",
	"compile", "custom", "labels",
}

// firstAnnotations gives the annotations of the first of the scopes that is there.
func firstAnnotations(all []*ast.Annotations, scopes ...string) *annotations {
	for _, scope := range scopes {
		for _, a := range all {
			if a.Scope == scope {
				custom := a.Custom
				if custom == nil {
					custom = map[string]any{}
				}
				return &annotations{optional(a.Title), optional(a.Description), a.Scope, a.Entrypoint, custom}
			}
		}
	}
	return nil
}

func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// findUnknownMetadata reads the METADATA blocks again, delimited as OPA's parser does it: comments in the first column
// on consecutive rows, up to the next METADATA.
func findUnknownMetadata(module *ast.Module) (found []unknownMetadata, err error) {
	for i, comment := range module.Comments {
		if !ast.IsMetadataComment(comment) {
			continue
		}
		var text strings.Builder
		start := comment.Location.Row + 1
		for row, next := range module.Comments[i+1:] {
			if next.Location.Col != 1 || next.Location.Row != start+row || ast.IsMetadataComment(next) {
				break
			}
			text.WriteString(strings.TrimPrefix(string(next.Text), " ") + "\n")
		}
		var document yaml.Node
		if err := yaml.Unmarshal([]byte(text.String()), &document); err != nil {
			return nil, ast.NewError(ast.ParseErr, comment.Location, "%s", err)
		}
		if len(document.Content) == 0 || document.Content[0].Kind != yaml.MappingNode {
			continue
		}
		for pair := range slices.Chunk(document.Content[0].Content, 2) {
			if key := pair[0]; !slices.Contains(metadataKeys, key.Value) {
				found = append(found, unknownMetadata{key.Value, comment.Location.File, start + key.Line - 1})
			}
		}
	}
	return found, nil
}
