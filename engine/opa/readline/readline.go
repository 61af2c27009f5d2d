// Package readline stands in for github.com/reeflective/readline, which needs a terminal and does not build for
// GOOS=js. OPA uses it for the interactive `opa run` alone. Here is just the surface OPA's REPL compiles against; an
// interactive session ends at once with ErrNoTerminal.
package readline

import (
	"errors"

	"github.com/reeflective/readline/inputrc"
)

var (
	// ErrInterrupt is what the real package returns on ctrl-c; it never happens here.
	ErrInterrupt = errors.New("interrupted")
	// ErrNoTerminal is what every Readline returns.
	ErrNoTerminal = errors.New("the interactive shell is not part of this build of OPA")
)

// Shell is the line editor as OPA's REPL configures it.
type Shell struct {
	Config          *inputrc.Config
	Prompt          Prompt
	History         History
	Completer       func(line []rune, cursor int) Completions
	AcceptMultiline func(line []rune) bool
}

// Completions are the candidates a completer offers.
type Completions struct{}

// Prompt takes the functions which render the prompt.
type Prompt struct{}

// History takes sources of earlier input.
type History struct{}

// NewShell gives a shell that can be configured but not read from.
func NewShell() *Shell { return &Shell{Config: &inputrc.Config{}} }

// Readline never reads.
func (*Shell) Readline() (string, error) { return "", ErrNoTerminal }

// CompleteValues drops the candidates.
func CompleteValues(...string) Completions { return Completions{} }

// Primary drops the prompt.
func (Prompt) Primary(func() string) {}

// Secondary drops the prompt.
func (Prompt) Secondary(func() string) {}

// Add drops the source.
func (History) Add(string, any) {}
