// Command topdown answers questions to policies with topdown, OPA's own interpreter: for each line of standard input, a
// JSON object with `entrypoint` (slash-separated) and `input`, one line of standard output, in order. It holds `result`,
// or `error` with OPA's code; neither where the document is undefined. test/oracle compares these with what Writ answers.
//
//	go run ./topdown <folder of Rego and data>
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/topdown"
)

type question struct {
	Entrypoint string          `json:"entrypoint"`
	Input      json.RawMessage `json:"input"`
}

type answer struct {
	Result any    `json:"result,omitempty"`
	Error  string `json:"error,omitempty"`
}

type interpreter struct {
	folder  string
	queries map[string]*rego.PreparedEvalQuery
}

func (i *interpreter) query(entrypoint string) (*rego.PreparedEvalQuery, error) {
	if known := i.queries[entrypoint]; known != nil {
		return known, nil
	}
	query := "data." + strings.ReplaceAll(entrypoint, "/", ".")
	prepared, err := rego.New(rego.Query(query), rego.Load([]string{i.folder}, nil)).PrepareForEval(context.Background())
	if err != nil {
		return nil, err
	}
	i.queries[entrypoint] = &prepared
	return &prepared, nil
}

func (i *interpreter) answer(line []byte) (answer, error) {
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{}, err
	}
	query, err := i.query(asked.Entrypoint)
	if err != nil {
		return answer{}, err
	}
	// Numbers keep their text, as they do on OPA's way from bytes to values.
	input, err := ast.ValueFromReader(strings.NewReader(string(asked.Input)))
	if err != nil {
		return answer{}, err
	}
	results, err := query.Eval(context.Background(), rego.EvalParsedInput(input))
	if failed, ok := errors.AsType[*topdown.Error](err); ok {
		return answer{Error: failed.Code}, nil
	}
	if err != nil || len(results) == 0 {
		return answer{}, err
	}
	return answer{Result: results[0].Expressions[0].Value}, nil
}

func run(folder string, from io.Reader, to io.Writer) error {
	answers := &interpreter{folder, map[string]*rego.PreparedEvalQuery{}}
	reader, writer := bufio.NewReaderSize(from, 1<<20), bufio.NewWriterSize(to, 1<<20)
	encoder := json.NewEncoder(writer)
	encoder.SetEscapeHTML(false)
	for {
		line, err := reader.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return writer.Flush()
		}
		if err != nil {
			return err
		}
		said, err := answers.answer(line)
		if err != nil {
			return err
		}
		if err := encoder.Encode(said); err != nil {
			return err
		}
		// Whoever waits for an answer gets it; whoever sends many lines gets many at once.
		if reader.Buffered() == 0 {
			if err := writer.Flush(); err != nil {
				return err
			}
		}
	}
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: topdown <folder of Rego and data>")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
