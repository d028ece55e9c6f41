#!/bin/sh
# Builds a project in a window of the running gputerm and tells how it went.
#
#   make-in-a-window.sh [DIRECTORY [ARGUMENTS OF MAKE...]]
#
# Leaves make.log and make.png in the current directory; the exit code is make's.
set -eu

msg() { gputerm msg "$@"; }

directory=${1:-.}
[ $# -gt 0 ] && shift

# --hold keeps the window when make has ended; the command prints the new window's id.
window=$(msg create-window --hold --title "make" --working-directory "$directory" -e make "$@")
trap 'msg close --window "$window"' EXIT

# The answer comes when make has ended, and is its exit code.
code=$(msg wait --window "$window" --exit --timeout 3600)

msg get-text --window "$window" scrollback >make.log
msg screenshot --window "$window" make.png

if [ "$code" -eq 0 ]; then
    echo "make succeeded: $(wc -l <make.log) lines in make.log"
else
    echo "make failed with $code; the first complaint:"
    msg search --window "$window" --ignore-case 'error' | head -n 1
fi
exit "$code"
