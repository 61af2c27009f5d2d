#!/bin/sh
# Checks an audit log with the verifier of the Tessera project, which shares no code with ours:
#
#     scripts/fsck.sh <audit directory> [<vkey file>]
#
# Needs Go, and once the Go module proxy. That fsck exits 0 also where it found the log broken, so its words decide.
set -eu
directory=$(cd "$1" && pwd)
key=${2:-$directory/log.vkey}
output=$(go run github.com/transparency-dev/tessera/cmd/fsck@v1.0.4 \
  --ui=false --storage_url="file://$directory/" --public_key="$key" 2>&1) || true
printf '%s\n' "$output"
printf '%s\n' "$output" | grep -q "Successfully fsck'd log"
