// Command cases compiles every case of OPA's own conformance suite (v1/test/cases of the OPA this module pins) to
// WebAssembly, and writes them to standard output as they are done: for each a line of JSON and then its module, `bytes`
// long. test/oracle/opa-cases runs them.
//
//	go run ./cases [part of an area's name]
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/test/cases"
	"github.com/open-policy-agent/opa/v1/test/cases/testdata"
	"github.com/open-policy-agent/opa/v1/util"
)

// A compiled case. Documents are JSON in a string, so that a reader may keep their numbers as they are written.
type compiled struct {
	Area          string  `json:"area"`
	Note          string  `json:"note"`
	Data          string  `json:"data"`
	Input         *string `json:"input"`
	WantDefined   *bool   `json:"want_defined"`
	WantResult    *string `json:"want_result"`
	WantErrorCode *string `json:"want_error_code"`
	WantError     *string `json:"want_error"`
	SortBindings  bool    `json:"sort_bindings"`
	IgnoreLocals  bool    `json:"ignore_generated_vars"`
	StrictError   bool    `json:"strict_error"`
	Bytes         int     `json:"bytes"`
	// Refused is what the compiler said.
	Refused string `json:"refused,omitempty"`
}

type source struct {
	cases.TestCase
	area string
}

func load(area string) ([]source, error) {
	var loaded []source
	err := fs.WalkDir(testdata.V1, "v1", func(name string, entry fs.DirEntry, err error) error {
		of := path.Base(path.Dir(name))
		if err != nil || entry.IsDir() || !strings.Contains(of, area) {
			return err
		}
		text, err := testdata.V1.ReadFile(name)
		if err != nil {
			return err
		}
		var set cases.Set
		if err := util.Unmarshal(text, &set); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for _, each := range set.Cases {
			loaded = append(loaded, source{each, of})
		}
		return nil
	})
	return loaded, err
}

func compile(c source) (*compiled, []byte, error) {
	result := &compiled{
		Area: c.area, Note: c.Note, Data: "{}",
		WantDefined: c.WantDefined, WantErrorCode: c.WantErrorCode, WantError: c.WantError,
		SortBindings: c.SortBindings, IgnoreLocals: c.IgnoreGeneratedVars, StrictError: c.StrictError,
	}
	var failed error
	text := func(value any) string {
		bytes, err := json.Marshal(value)
		failed = errors.Join(failed, err)
		return string(bytes)
	}
	if c.Data != nil {
		result.Data = text(*c.Data)
	}
	if c.WantResult != nil {
		want := text(*c.WantResult)
		result.WantResult = &want
	}
	if c.InputTerm != nil {
		term, err := ast.ParseTerm(*c.InputTerm)
		if err != nil {
			return nil, nil, err
		}
		input := term.String()
		result.Input = &input
	} else if c.Input != nil {
		input := text(*c.Input)
		result.Input = &input
	}

	options := []func(*rego.Rego){
		rego.Query(c.Query),
		rego.SetRegoVersion(ast.RegoV1),
		rego.Capabilities(ast.CapabilitiesForThisVersion(ast.CapabilitiesExperimentalKeywords(c.ExperimentalKeywords))),
	}
	for index, module := range c.Modules {
		options = append(options, rego.Module(fmt.Sprintf("module-%d.rego", index), module))
	}
	module, err := rego.New(options...).Compile(context.Background())
	if err != nil {
		result.Refused = err.Error()
		return result, nil, failed
	}
	result.Bytes = len(module.Bytes)
	return result, module.Bytes, failed
}

func run(area string) error {
	all, err := load(area)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	work := make(chan source)
	var mutex sync.Mutex
	var failed error
	var group sync.WaitGroup
	for range runtime.NumCPU() {
		group.Go(func() {
			for each := range work {
				result, module, err := compile(each)
				mutex.Lock()
				if err == nil {
					err = json.NewEncoder(out).Encode(result)
					_, _ = out.Write(module) // out keeps its error until Flush
				}
				failed = errors.Join(failed, err)
				mutex.Unlock()
			}
		})
	}
	for _, each := range all {
		work <- each
	}
	close(work)
	group.Wait()
	return errors.Join(failed, out.Flush())
}

func main() {
	area := ""
	if len(os.Args) > 1 {
		area = os.Args[1]
	}
	if err := run(area); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
