# Marks around prompts and commands (OSC 133), the directory (OSC 7) and a title, from bash.
#
# Defines functions; __gputerm_install sets them to work, after the user's own files, since those
# may replace PS1 and PROMPT_COMMAND. Needs bash 5.1, in which PROMPT_COMMAND may be an array: each
# of its commands sees the last command's $? and PIPESTATUS, whatever the one before did.
# Prompts go to standard error, so marks do too: output that is redirected stays as it is.

__gputerm_install() {
    if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 501)) || [[ $- != *i* ]]; then return 0; fi
    if [[ " ${PROMPT_COMMAND[*]-} " == *__gputerm_before* ]]; then return 0; fi
    declare -g __gputerm_history=""
    # ${array[@]+…}: an unset variable is an error after set -u.
    PROMPT_COMMAND=(__gputerm_before ${PROMPT_COMMAND[@]+"${PROMPT_COMMAND[@]}"} __gputerm_after)
}

# The first command of PROMPT_COMMAND: the last command is over.
__gputerm_before() {
    local status=$? place=$PWD shown=$PWD
    if [[ $shown == "$HOME" || $shown == "$HOME"/* ]]; then shown="~${shown#"$HOME"}"; fi
    __gputerm_escape place
    builtin printf '\e]133;D;%s\a\e]7;file://%s%s\a\e]2;%s\a' \
        "$status" "${HOSTNAME-}" "$place" "${shown//[[:cntrl:]]/ }" >&2
    return "$status"
}

# The last one: prompts that are built anew each time, such as starship's, have been built by now.
__gputerm_after() {
    local status=$?
    if [[ ${PS1-} != *'133;B'* ]]; then
        PS1='\[\e]133;A;cl=line\a\]'"${PS1-}"'\[\e]133;B\a\]'
    fi
    if [[ ${PS0-} != *'133;C'* ]]; then
        # PS0 can run no function of ours when the user doesn't want prompts to be expanded.
        if builtin shopt -q promptvars; then
            PS0="${PS0-}"'$(__gputerm_started)'
        else
            PS0="${PS0-}"'\e]133;C\a'
        fi
    fi
    __gputerm_history=$(HISTTIMEFORMAT='' builtin history 1)
    return "$status"
}

# In PS0, in a process of its own: a command begins. Its text is history's newest, unless the user
# keeps it out of the history; the terminal then reads it from the screen.
__gputerm_started() { # 133;C
    local entry command=""
    entry=$(HISTTIMEFORMAT='' builtin history 1)
    if [[ $entry != "$__gputerm_history" ]]; then
        command=${entry#*[0-9][ \*] }
        local title=${command//[[:cntrl:]]/ }
        __gputerm_escape command
        builtin printf '\e]2;%.200s\a\e]133;C;cmdline_url=%s\a' "$title" "$command"
    else
        builtin printf '\e]133;C\a'
    fi
}

# Percent encoding of what would end a field or a sequence, in the variable of that name.
__gputerm_escape() {
    local text=${!1}
    text=${text//\%/%25}
    text=${text//;/%3B}
    text=${text//$'\n'/%0A}
    text=${text//\?/%3F}
    text=${text//\#/%23}
    builtin printf -v "$1" %s "${text//[[:cntrl:]]/ }"
}
