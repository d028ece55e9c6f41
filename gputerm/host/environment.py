"""The environment a program in the terminal starts with.

What other terminals and multiplexers left behind is taken out: a window of ours that was opened
from a shell in theirs is not theirs, and programs choose escape sequences, clipboards and sockets
by these names. foot does the same; the names come from each terminal's manual.
"""

import os
from collections.abc import Mapping

__all__ = ["child_environment"]

TERM = "gputerm"
FALLBACK_TERM = "xterm-256color"  #: the entry that every system has

#: Names that say something about the terminal we were started from.
FOREIGN = frozenset(
    """
    ALACRITTY_LOG ALACRITTY_SOCKET ALACRITTY_WINDOW_ID
    COLORFGBG COLORTERM_BCE COLUMNS LINES TERMCAP
    CONTOUR_CONFIG CONTOUR_PROFILE TERMINAL_NAME TERMINAL_VERSION_STRING TERMINAL_VERSION_TRIPLE
    GHOSTTY_BIN_DIR GHOSTTY_RESOURCES_DIR GHOSTTY_SHELL_FEATURES GHOSTTY_SHELL_INTEGRATION_NO_SUDO
    GNOME_TERMINAL_SCREEN GNOME_TERMINAL_SERVICE VTE_VERSION PTYXIS_VERSION TILIX_ID TERMINATOR_UUID
    TERMINATOR_DBUS_NAME TERMINATOR_DBUS_PATH GUAKE_TAB_UUID
    ITERM_PROFILE ITERM_SESSION_ID LC_TERMINAL LC_TERMINAL_VERSION TERM_SESSION_ID
    KITTY_INSTALLATION_DIR KITTY_LISTEN_ON KITTY_PID KITTY_PUBLIC_KEY KITTY_SHELL_INTEGRATION
    KITTY_WINDOW_ID
    KONSOLE_DBUS_SERVICE KONSOLE_DBUS_SESSION KONSOLE_DBUS_WINDOW KONSOLE_PROFILE_NAME
    KONSOLE_VERSION SHELL_SESSION_ID
    MLTERM RIO_CONFIG_HOME ZUTTY_VERSION WT_PROFILE_ID WT_SESSION
    STY TMUX TMUX_PANE ZELLIJ ZELLIJ_PANE_ID ZELLIJ_SESSION_NAME
    TERM_PROGRAM TERM_PROGRAM_VERSION WINDOWID
    WEZTERM_CONFIG_DIR WEZTERM_CONFIG_FILE WEZTERM_EXECUTABLE WEZTERM_EXECUTABLE_DIR WEZTERM_PANE
    WEZTERM_UNIX_SOCKET
    XTERM_LOCALE XTERM_SHELL XTERM_VERSION
    """.split()  # noqa: SIM905  # a list of seventy quoted names reads worse
)

#: Not from the user: startup/heaps.py sets it for numpy.
OURS = frozenset({"OPENBLAS_MAIN_FREE"})

#: Tokens that let one window take the focus; ours has used them.
ACTIVATION = frozenset({"DESKTOP_STARTUP_ID", "XDG_ACTIVATION_TOKEN"})

_TERMINFO_PLACES = (
    "/etc/terminfo",
    "/lib/terminfo",
    "/usr/share/terminfo",
    "/usr/local/share/terminfo",
    "/usr/share/lib/terminfo",
)


def child_environment(
    base: Mapping[str, str],
    *,
    version: str,
    window_id: str,
    pane_id: str,
    cwd: str,
    socket: str | None = None,
    x11_window: int | None = None,
    extra: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """`base` (our own environment or a client's) made right for a child in this terminal.

    `extra` is the configuration's `env` table and wins over everything but PWD. `socket` is None
    when remote control is off, `x11_window` None elsewhere than on X11.
    """
    env = {name: value for name, value in base.items() if name not in FOREIGN | OURS | ACTIVATION}
    env["TERM"] = TERM if has_terminfo(TERM, env) else FALLBACK_TERM
    env["COLORTERM"] = "truecolor"
    env["TERM_PROGRAM"] = "gputerm"
    env["TERM_PROGRAM_VERSION"] = version
    env["GPUTERM_WINDOW_ID"] = window_id
    env["GPUTERM_PANE_ID"] = pane_id
    env.pop("GPUTERM_SOCKET", None)
    if socket is not None:
        env["GPUTERM_SOCKET"] = socket
    if x11_window is not None:
        env["WINDOWID"] = str(x11_window)
    env.update(extra or {})
    env["PWD"] = cwd
    return env


def has_terminfo(name: str, env: Mapping[str, str]) -> bool:
    """Whether programs started with `env` find the entry `name`. [terminfo(5), Fetching]"""
    places = [env.get("TERMINFO", "")]
    if env.get("HOME"):
        places.append(os.path.join(env["HOME"], ".terminfo"))
    places += env.get("TERMINFO_DIRS", "").split(":")
    if env.get("PREFIX"):
        places.append(os.path.join(env["PREFIX"], "share/terminfo"))
    places += _TERMINFO_PLACES
    # Directories are named by the first letter, on case-insensitive file systems by its code.
    return any(
        os.path.isfile(os.path.join(place, directory, name))
        for place in places
        if place
        for directory in (name[0], f"{ord(name[0]):x}")
    )
