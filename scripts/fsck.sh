#!/bin/sh
# Checks an audit log with the verifier of the Tessera project, which shares no code with ours:
#
#     scripts/fsck.sh <audit directory> [<vkey file>]
#
# Needs Go and, once, the Go module proxy. On a broken log that fsck may say so and exit 0, or say so and never end: its
# words and a time limit (FSCK_TIMEOUT, for logs that take longer) decide.
set -eu
directory=$(cd "$1" && pwd)
key=${2:-$directory/log.vkey}
bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT
GOBIN=$bin go install github.com/transparency-dev/tessera/cmd/fsck@v1.0.4
output=$(timeout "${FSCK_TIMEOUT:-300}" "$bin/fsck" --ui=false --storage_url="file://$directory/" --public_key="$key" 2>&1) || true
printf '%s\n' "$output"
printf '%s\n' "$output" | grep -q "Successfully fsck'd log"
