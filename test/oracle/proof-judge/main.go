// Command proof-judge says of C2SP tlog-proofs whether they hold, with no code of ours: the file is read and the note's ECDSA
// line checked by transparency-dev/formats, the inclusion proof by the Go project's own tlog package.
//
//	proof-judge <vkey file> <proof>...
package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/transparency-dev/formats/log"
	fnote "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/formats/proof"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func judge(verifier note.Verifier, path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	var p proof.TLogProof
	if err := p.Unmarshal(data); err != nil {
		return "", err
	}
	checkpoint, _, _, err := log.ParseCheckpoint(p.Checkpoint, verifier.Name(), verifier)
	if err != nil {
		return "", err
	}
	hashes := make(tlog.RecordProof, len(p.Hashes))
	for i, hash := range p.Hashes {
		hashes[i] = tlog.Hash(hash)
	}
	leaf := tlog.RecordHash(p.ExtraData)
	root := tlog.Hash(checkpoint.Hash)
	if err := tlog.CheckRecord(hashes, int64(checkpoint.Size), root, int64(p.Index), leaf); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d of %d: %s", p.Index, checkpoint.Size, p.ExtraData), nil
}

func main() {
	vkey, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	verifier, err := fnote.NewVerifier(strings.TrimSpace(string(vkey)))
	if err != nil {
		panic(err)
	}
	for _, path := range os.Args[2:] {
		if entry, err := judge(verifier, path); err != nil {
			fmt.Println("refused:", err)
		} else {
			fmt.Println("holds:", entry)
		}
	}
}
