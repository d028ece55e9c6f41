# Marks around prompts and commands (OSC 133), the directory (OSC 7) and a title, from zsh.
#
# Read before the user's own files, whose hooks then follow ours; at the first prompt ours moves to
# the end, since a hook of theirs may build the prompt anew each time.

__gputerm_precmd() {
    local -i code=$?
    builtin emulate -L zsh -o no_aliases
    local place=$PWD
    __gputerm_escape place
    builtin print -rn -- $'\e]133;D;'$code$'\a\e]7;file://'$HOST$place$'\a' > $TTY
    builtin print -rn -- $'\e]2;'${${(%):-%~}//[[:cntrl:]]/ }$'\a' > $TTY
    if [[ ${precmd_functions[-1]} != __gputerm_precmd ]]; then
        precmd_functions=(${precmd_functions:#__gputerm_precmd} __gputerm_precmd)
        builtin print -rn -- $'\e]133;A;cl=line\a' > $TTY
    fi
    # Without this option %{ would be shown.
    if [[ -o prompt_percent && $PS1 != *'133;B'* ]]; then
        PS1=$'%{\e]133;A;cl=line\a%}'$PS1$'%{\e]133;B\a%}'
    fi
    builtin return code
}

__gputerm_preexec() {
    builtin emulate -L zsh -o no_aliases
    local command=$1 title=${1//[[:cntrl:]]/ }
    __gputerm_escape command
    builtin print -rn -- $'\e]2;'${title[1,200]}$'\a\e]133;C;cmdline_url='$command$'\a' > $TTY
}

# Percent encoding of what would end a field or a sequence, in the variable of that name.
__gputerm_escape() {
    local text=${(P)1}
    text=${text//\%/%25}
    text=${text//;/%3B}
    text=${text//$'\n'/%0A}
    text=${text//\?/%3F}
    text=${text//\#/%23}
    builtin : ${(P)1::=${text//[[:cntrl:]]/ }}
}

typeset -ga precmd_functions preexec_functions
precmd_functions+=(__gputerm_precmd)
preexec_functions+=(__gputerm_preexec)
