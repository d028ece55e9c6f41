"""`gputerm msg completion SHELL`: completions for bash, zsh and fish.

The scripts ask `gputerm msg complete WORD…` what could come next, so they never grow old: commands,
options, choices, actions and events come from the tables, window ids and keys of the configuration
from the running gputerm.
"""

from __future__ import annotations

from gputerm import log, output
from gputerm.ipc import commands
from gputerm.ipc.command import Command, Parameter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

__all__ = ["SHELLS", "candidates", "script"]

#: Marks what the shell completes better itself.
FILES, DIRECTORIES = "\x01files", "\x01directories"

_BASH = """\
# gputerm msg: eval "$(gputerm msg completion bash)"
_gputerm() {
    local IFS=$'\\n' line
    COMPREPLY=()
    [ "${COMP_WORDS[1]}" = msg ] || { [ "$COMP_CWORD" -eq 1 ] &&
        COMPREPLY=($(compgen -W $'msg\\nrender' -- "${COMP_WORDS[1]}")); return; }
    while IFS= read -r line; do
        case $line in
            $'\\001files') COMPREPLY+=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")) ;;
            $'\\001directories') COMPREPLY+=($(compgen -d -- "${COMP_WORDS[COMP_CWORD]}")) ;;
            *) COMPREPLY+=("${line%%$'\\t'*}") ;;
        esac
    done < <(gputerm msg complete "${COMP_WORDS[@]:2:COMP_CWORD-1}" 2>/dev/null)
}
complete -o filenames -F _gputerm gputerm
"""

_ZSH = """\
#compdef gputerm
# gputerm msg: gputerm msg completion zsh >"${fpath[1]}/_gputerm"
_gputerm() {
    local -a found
    local line
    if [[ ${words[2]} != msg ]]; then
        (( CURRENT == 2 )) && compadd msg render
        return
    fi
    while IFS= read -r line; do
        case $line in
            ($'\\001files') _files ;;
            ($'\\001directories') _files -/ ;;
            (*$'\\t'*) found+=("${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}") ;;
            (*) found+=("${line//:/\\\\:}") ;;
        esac
    done < <(gputerm msg complete "${(@)words[3,CURRENT]}" 2>/dev/null)
    (( ${#found} )) && _describe gputerm found
}
if [[ ${funcstack[1]} = _gputerm ]]; then _gputerm "$@"; else compdef _gputerm gputerm; fi
"""

_FISH = """\
# gputerm msg: gputerm msg completion fish >~/.config/fish/completions/gputerm.fish
function __gputerm_msg
    set -l words (commandline -opc) (commandline -ct)
    for line in (gputerm msg complete $words[3..-1] 2>/dev/null)
        switch $line
            case \\x01files
                __fish_complete_path (commandline -ct)
            case \\x01directories
                __fish_complete_directories (commandline -ct)
            case '*'
                echo $line
        end
    end
end
complete -c gputerm -n __fish_use_subcommand -a 'msg render'
complete -c gputerm -f -n '__fish_seen_subcommand_from msg' -a '(__gputerm_msg)'
"""

SHELLS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}

_OWN = (("completion", "print completions for a shell"),)


def script(shell: str) -> str:
    """What the shell reads."""
    return SHELLS[shell]


def candidates(words: Sequence[str]) -> Iterator[str]:
    """What may stand in place of the last word: "word TAB meaning", FILES or DIRECTORIES.

    `words` are those after `gputerm msg`, the last one unfinished and perhaps empty.
    """
    *before, last = words or [""]
    path = None
    while before and before[0].startswith("-"):
        option = before.pop(0)
        if option in ("-s", "--socket", "--timeout"):
            if not before:
                if option != "--timeout":
                    yield FILES
                return
            value = before.pop(0)
            path = value if option != "--timeout" else path
    if not before:
        names = [(command.name, command.summary) for command in commands.COMMANDS]
        leading = [(option.flags[-1], option.help) for option in commands.MSG_OPTIONS]
        yield from _starting(last, leading if last.startswith("-") else [*names, *_OWN])
        return
    name, *rest = before
    if name == "completion":
        yield from _starting(last, [(shell, "") for shell in SHELLS])
        return
    command = next((row for row in commands.COMMANDS if row.name == name), None)
    if command is not None:
        yield from _starting(last, _values(command, rest, last, path))


def _values(
    command: Command, before: Sequence[str], last: str, path: str | None
) -> Iterator[tuple[str, str]]:
    """(word, meaning) of what fits after the words of a command."""
    flags = {flag: parameter for parameter in command.parameters for flag in parameter.flags}
    if any((p := flags.get(word)) is not None and p.takes == "rest" for word in before):
        yield FILES, ""
        return
    wanted = flags.get(before[-1]) if before else None
    if wanted is not None and wanted.takes != "none":
        yield from _of(wanted, path)
        return
    if last.startswith("-"):
        taken = {flags[word].name for word in before if word in flags}
        for parameter in command.parameters:
            if parameter.flags and (parameter.name not in taken or parameter.type == "strings"):
                yield parameter.flags[-1], parameter.help
        yield from ((option.flags[-1], option.help) for option in commands.COMMAND_OPTIONS)
        return
    for parameter in command.parameters:
        if parameter.positional:
            yield from _of(parameter, path)


def _of(parameter: Parameter, path: str | None) -> Iterator[tuple[str, str]]:
    """The values that a parameter can have, as far as they can be counted."""
    if parameter.choices:
        yield from ((choice, "") for choice in parameter.choices)
    elif parameter.type == "window":
        yield "focused", "the window with the keyboard"
        yield "self", "the window around this shell"
        yield from _windows(path)
    elif parameter.completes:
        yield from VALUES[parameter.completes](path)
    elif parameter.type == "path" or parameter.takes == "rest":
        yield FILES, ""


def _windows(path: str | None, id: str = "id") -> Iterator[tuple[str, str]]:
    for window in (_ask(path, "list") or {"windows": ()})["windows"]:
        # Titles are programs' words: no control character may reach the user's shell.
        title = "".join(char for char in window["title"] if char.isprintable())
        yield str(window[id]), title


def _panes(path: str | None) -> Iterator[tuple[str, str]]:
    yield "self", "the pane around this shell"
    yield from _windows(path, "pane_id")


def _actions(path: str | None) -> Iterator[tuple[str, str]]:
    from gputerm.actions import Action

    return ((action.value, action.doc) for action in Action)


def _events(path: str | None) -> Iterator[tuple[str, str]]:
    from gputerm.ipc.event_table import EVENTS

    return ((name, "") for name in EVENTS)


def _config_keys(path: str | None) -> Iterator[tuple[str, str]]:
    return ((key, "") for key in _keys(_ask(path, "get-config", window_id=-1) or {}))


def _directories(path: str | None) -> Iterator[tuple[str, str]]:
    yield DIRECTORIES, ""


#: By the name in a row's Parameter.completes: a function that gives (word, meaning) of all values.
#: It is called with the path of the socket that was named, if one was.
VALUES = {
    "actions": _actions,
    "directories": _directories,
    "events": _events,
    "keys": _config_keys,
    "panes": _panes,
    "windows": _windows,
}


def _keys(table: dict[str, Any], before: str = "") -> Iterator[str]:
    """The keys of a configuration, tables too, with dots between them."""
    for key, value in table.items():
        yield before + key
        if isinstance(value, dict):
            yield from _keys(value, f"{before}{key}.")


def _ask(path: str | None, method: str, **params: Any) -> Any:
    """The running gputerm's answer; None when none runs or it refuses."""
    from gputerm.errors import GputermError
    from gputerm.ipc.client.caller import Caller
    from gputerm.ipc.protocol import Fault

    try:
        with Caller.find(path) as remote:
            return remote.call(method, reply_timeout=1.0, **params)
    except (GputermError, Fault):
        return None


def _starting(
    last: str, found: Sequence[tuple[str, str]] | Iterator[tuple[str, str]]
) -> Iterator[str]:
    for word, meaning in found:
        if word in (FILES, DIRECTORIES):
            yield word
        elif word.startswith(last):
            yield f"{word}\t{meaning}" if meaning else word


def main(arguments: Sequence[str]) -> int:
    """`completion SHELL` and `complete WORD…`; the exit code."""
    name, *words = arguments
    if name == "complete":
        output.show("\n".join(candidates(words)))
        return 0
    if len(words) != 1 or words[0] not in SHELLS:
        log.report(f"completion: expected {', '.join(SHELLS)}", speaker="gputerm msg")
        return 2
    output.show(script(words[0]), end="")
    return 0
