#!/bin/sh
# What the picture in README.md shows: vim, a shell and the renderer's repertoire in one tmux.
#   gputerm render --size 120x34 --png docs/screenshot.png -e sh scripts/showcase.sh
set -eu
cd "$(dirname "$0")/.."
session=gputerm-showcase-$$
tmux() { command tmux -L "$session" -f /dev/null "$@"; }
sample='
printf "\033[H\033[2J"
for style in 1 3 "4:3;58;5;203" 7 9 "1;3;38;5;79"; do printf "\033[%smstyle\033[m " "$style"; done
printf "\n\n"
for row in 0 1 2 3 4 5; do
  for i in $(seq 0 43); do
    r=$((255 - i * 5)) g=$((40 + row * 40)) b=$((i * 5))
    printf "\033[48;2;%d;%d;%dm " $r $g $b
  done
  printf "\033[m\n"
done
printf "\n╭─────┬─────╮ ▁▂▃▄▅▆▇█ ░▒▓█ ⣿⣷⣯⣟\n│ box │ ═══ │ ▖▗▘▝▚▞▙▟ 🬀🬞🬭🬹 \n╰─────┴─────╯   日本語 ひらがな\n\n"
printf "na\303\257ve caf\303\251 Ελληνικά Кириллица e\314\201o\314\210\n"
cat
'
tmux new-session -d -x 120 -y 34 "vim -R -u NONE -c 'syntax on' -c 'set number nowrap nomodeline notitle laststatus=2' gputerm/app/pacer.py"
tmux set -g status-style "bg=#2a4d69,fg=#e8e8e8"
tmux set -g status-right ""
tmux set -g default-terminal "tmux-256color"
tmux set -as terminal-features ",*:RGB:usstyle"
tmux split-window -h -l 48 "sh -c '$sample'"
tmux split-window -v -l 15 "ls -C --color=always --group-directories-first . gputerm; cat"
tmux select-pane -t 0
exec tmux -L "$session" attach
