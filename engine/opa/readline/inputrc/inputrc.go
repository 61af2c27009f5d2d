// Package inputrc stands in for the key bindings of github.com/reeflective/readline: there are none.
package inputrc

// Bind is one key binding.
type Bind struct{ Action string }

// Config holds key bindings by keymap; both levels stay empty.
type Config struct{ Binds map[string]map[string]Bind }

// Set drops an option.
func (*Config) Set(string, any) error { return nil }

// Bind drops a binding.
func (*Config) Bind(string, string, string, bool) error { return nil }

// Unescape gives the sequence as it is, as no binding is ever looked up.
func Unescape(sequence string) string { return sequence }
