# gputerm starts zsh with ZDOTDIR here. zsh is given back the user's, and reads all other files there.

if [[ -n ${GPUTERM_USER_ZDOTDIR+set} ]]; then
    export ZDOTDIR="$GPUTERM_USER_ZDOTDIR"
    builtin unset GPUTERM_USER_ZDOTDIR
else
    builtin unset ZDOTDIR
fi
if [[ -o interactive ]]; then
    builtin source "${${(%):-%x}:A:h}/gputerm.zsh"
fi
if [[ -r ${ZDOTDIR:-$HOME}/.zshenv ]]; then
    builtin source "${ZDOTDIR:-$HOME}/.zshenv"
fi
