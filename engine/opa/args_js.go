package main

import (
	"os"
	"syscall/js"
)

// Go's wasm_exec.js caps arguments and environment at 12 KiB together, which a build with a few hundred entrypoints
// exceeds, so runner.ts hands the arguments over as a global instead.
func init() {
	args := js.Global().Get("opaArguments")
	for i := range args.Length() {
		os.Args = append(os.Args, args.Index(i).String())
	}
}
