// Command opa is OPA's own command with one more subcommand, `analyse`, built for WebAssembly so that it runs in Node.
package main

import (
	"errors"
	"os"

	"github.com/open-policy-agent/opa/cmd"
)

func main() {
	root := cmd.Command(nil, "OPA")
	root.AddCommand(analyseCommand())
	if err := root.Execute(); err != nil {
		if exit, ok := errors.AsType[*cmd.ExitError](err); ok {
			os.Exit(exit.Exit)
		}
		os.Exit(1)
	}
}
