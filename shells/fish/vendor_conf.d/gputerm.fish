# Marks around prompts and commands (OSC 133) and the directory (OSC 7), from fish, which sets a
# title itself. gputerm puts its folder first in XDG_DATA_DIRS, which is given back here.

if set --query GPUTERM_USER_XDG_DATA_DIRS
    set --global --export XDG_DATA_DIRS $GPUTERM_USER_XDG_DATA_DIRS
    set --erase GPUTERM_USER_XDG_DATA_DIRS
else if set --query GPUTERM_SHELL_INTEGRATION
    set --erase XDG_DATA_DIRS
end
set --query GPUTERM_SHELL_INTEGRATION; or exit
set --erase GPUTERM_SHELL_INTEGRATION
status is-interactive; or exit

function __gputerm_place --on-event fish_prompt
    printf '\e]7;file://%s%s\a' "$hostname" (string escape --style=url -- $PWD)
end

# From version 4 on fish marks prompts and commands itself.
string match --quiet --regex '^[0-3]\.' -- $version; or exit

function __gputerm_prompt --on-event fish_prompt
    # Other files may define the prompt until the first one is shown.
    if not functions --query __gputerm_users_prompt
        functions --copy fish_prompt __gputerm_users_prompt
        function fish_prompt
            __gputerm_users_prompt
            printf '\e]133;B\a'
        end
    end
    printf '\e]133;A\a'
end

function __gputerm_started --on-event fish_preexec
    printf '\e]133;C;cmdline_url=%s\a' (string escape --style=url -- "$argv[1]")
end

function __gputerm_finished --on-event fish_postexec
    printf '\e]133;D;%s\a' $status
end
