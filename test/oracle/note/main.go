// Command note opens a checkpoint with golang.org/x/mod/sumdb/note, and prints its text. Every vkey given must have signed.
// ECDSA keys are read by transparency-dev/formats, Ed25519 keys by x/mod itself.
package main

import (
	"fmt"
	"os"
	"strings"

	formats "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
)

func main() {
	if err := open(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func open(checkpoint string, vkeys []string) error {
	bytes, err := os.ReadFile(checkpoint)
	if err != nil {
		return err
	}
	for _, file := range vkeys {
		vkey, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		verifier, err := read(strings.TrimSpace(string(vkey)))
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		opened, err := note.Open(bytes, note.VerifierList(verifier))
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if file == vkeys[0] {
			fmt.Print(opened.Text)
		}
		fmt.Printf("signed by %s %08x\n", verifier.Name(), verifier.KeyHash())
	}
	return nil
}

func read(vkey string) (note.Verifier, error) {
	if verifier, err := note.NewVerifier(vkey); err == nil {
		return verifier, nil
	}
	return formats.NewVerifier(vkey)
}
