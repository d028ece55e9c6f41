"""What the terminal can do, in terminfo's words: what XTGETTCAP answers.

Values are written in terminfo source notation. terminfo/gputerm.info says the same to programs that
read the database, which a test compares. Extended names (Smulx, Ms, Sync, ...) are those of tmux,
neovim and xterm's entry.
"""

import re

NAME = "gputerm"  #: of the terminfo entry

_MODIFIED_KEYS = {
    "kUP": "1;{0}A",
    "kDN": "1;{0}B",
    "kRIT": "1;{0}C",
    "kLFT": "1;{0}D",
    "kHOM": "1;{0}H",
    "kEND": "1;{0}F",
    "kIC": "2;{0}~",
    "kDC": "3;{0}~",
    "kPRV": "5;{0}~",
    "kNXT": "6;{0}~",
}
#: Suffix 2 (Shift) has names of its own.
_SHIFTED = {"kUP": "kri", "kDN": "kind", "kRIT": "kRIT", "kLFT": "kLFT"} | {
    name: name for name in ("kHOM", "kEND", "kIC", "kDC", "kPRV", "kNXT")
}


def _modified_keys() -> dict[str, str]:
    keys = {}
    for name, form in _MODIFIED_KEYS.items():
        keys[_SHIFTED[name]] = r"\E[" + form.format(2)
        for modifiers in range(3, 8):
            keys[f"{name}{modifiers}"] = r"\E[" + form.format(modifiers)
    return keys


def _function_keys() -> dict[str, str]:
    """kf1-kf12 plain, then 12 each with Shift, Control, Control+Shift, Alt, Alt+Shift(3)."""
    numbers = (15, 17, 18, 19, 20, 21, 23, 24)
    plain = ["OP", "OQ", "OR", "OS", *(f"[{n}~" for n in numbers)]
    forms = [*(f"1;{{0}}{c}" for c in "PQRS"), *(f"{n};{{0}}~" for n in numbers)]
    keys = {f"kf{i}": rf"\E{key}" for i, key in enumerate(plain, 1)}
    for row, modifiers in enumerate((2, 5, 6, 3, 4), 1):
        for i, form in enumerate(forms, 1):
            if 12 * row + i <= 63:
                keys[f"kf{12 * row + i}"] = r"\E[" + form.format(modifiers)
    return keys


CAPABILITIES: dict[str, bool | int | str] = {
    # What it is like.
    "am": True,
    "bce": True,
    "ccc": True,
    "hs": True,
    "km": True,
    "mir": True,
    "msgr": True,
    "npc": True,
    "xenl": True,
    "AX": True,
    "Su": True,
    "Tc": True,
    "XF": True,
    "XT": True,
    "colors": 256,
    "cols": 80,
    "it": 8,
    "lines": 24,
    "pairs": 32767,
    # Cursor.
    "bel": "^G",
    "cbt": r"\E[Z",
    "cr": r"\r",
    "csr": r"\E[%i%p1%d;%p2%dr",
    "cub": r"\E[%p1%dD",
    "cub1": "^H",
    "cud": r"\E[%p1%dB",
    "cud1": r"\n",
    "cuf": r"\E[%p1%dC",
    "cuf1": r"\E[C",
    "cup": r"\E[%i%p1%d;%p2%dH",
    "cuu": r"\E[%p1%dA",
    "cuu1": r"\E[A",
    "home": r"\E[H",
    "hpa": r"\E[%i%p1%dG",
    "ht": "^I",
    "hts": r"\EH",
    "nel": r"\EE",
    "rc": r"\E8",
    "sc": r"\E7",
    "tbc": r"\E[3g",
    "vpa": r"\E[%i%p1%dd",
    "civis": r"\E[?25l",
    "cnorm": r"\E[?12l\E[?25h",
    "cvvis": r"\E[?12;25h",
    # Erasing, inserting, scrolling.
    "clear": r"\E[H\E[2J",
    "dch": r"\E[%p1%dP",
    "dch1": r"\E[P",
    "dl": r"\E[%p1%dM",
    "dl1": r"\E[M",
    "ech": r"\E[%p1%dX",
    "ed": r"\E[J",
    "el": r"\E[K",
    "el1": r"\E[1K",
    "E3": r"\E[3J",
    "ich": r"\E[%p1%d@",
    "il": r"\E[%p1%dL",
    "il1": r"\E[L",
    "ind": r"\n",
    "indn": r"\E[%p1%dS",
    "rep": r"%p1%c\E[%p2%{1}%-%db",
    "ri": r"\EM",
    "rin": r"\E[%p1%dT",
    "rmir": r"\E[4l",
    "smir": r"\E[4h",
    # Rendition.
    "acsc": "``aaffggiijjkkllmmnnooppqqrrssttuuvvwwxxyyzz{{||}}~~",
    "blink": r"\E[5m",
    "bold": r"\E[1m",
    "dim": r"\E[2m",
    "flash": r"\E[?5h$<100/>\E[?5l",
    "invis": r"\E[8m",
    "rev": r"\E[7m",
    "ritm": r"\E[23m",
    "rmacs": r"\E(B",
    "rmso": r"\E[27m",
    "rmul": r"\E[24m",
    "rmxx": r"\E[29m",
    "sgr": r"%?%p9%t\E(0%e\E(B%;\E[0%?%p6%t;1%;%?%p5%t;2%;%?%p2%t;4%;%?%p1%p3%|%t;7%;%?%p4%t;5%;"
    r"%?%p7%t;8%;m",
    "sgr0": r"\E(B\E[m",
    "sitm": r"\E[3m",
    "smacs": r"\E(0",
    "smso": r"\E[7m",
    "smul": r"\E[4m",
    "smxx": r"\E[9m",
    "Rmol": r"\E[55m",
    "Smol": r"\E[53m",
    "Smulx": r"\E[4:%p1%dm",
    "Setulc1": r"\E[58:5:%p1%dm",
    "Setulc": r"\E[58:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%dm",
    "ol": r"\E[59m",
    # Colours.
    "initc": r"\E]4;%p1%d;rgb:%p2%{255}%*%{1000}%/%2.2X/%p3%{255}%*%{1000}%/%2.2X/"
    r"%p4%{255}%*%{1000}%/%2.2X\E\\",
    "oc": r"\E]104\E\\",
    "op": r"\E[39;49m",
    "setab": r"\E[%?%p1%{8}%<%t4%p1%d%e%p1%{16}%<%t10%p1%{8}%-%d%e48;5;%p1%d%;m",
    "setaf": r"\E[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m",
    "setrgbb": r"\E[48:2::%p1%d:%p2%d:%p3%dm",
    "setrgbf": r"\E[38:2::%p1%d:%p2%d:%p3%dm",
    # Modes and resets.
    "is2": r"\E[!p\E[?3;4l\E[4l\E>",
    "rmam": r"\E[?7l",
    "rmcup": r"\E[?1049l\E[23;0;0t",
    "rmkx": r"\E[?1l\E>",
    "rs1": r"\Ec\E]104\E\\",
    "rs2": r"\E[!p\E[?3;4l\E[4l\E>",
    "smam": r"\E[?7h",
    "smcup": r"\E[?1049h\E[22;0;0t",
    "smkx": r"\E[?1h\E=",
    "Clmg": r"\E[s",
    "Cmg": r"\E[%i%p1%d;%p2%ds",
    "Dsmg": r"\E[?69l",
    "Enmg": r"\E[?69h",
    "mgc": r"\E[?69l",
    "smglr": r"\E[?69h\E[%i%p1%d;%p2%ds",
    "Sync": r"\E[?2026%?%p1%{1}%-%tl%eh%;",
    # Title, clipboard, cursor style and colour.
    "dsl": r"\E]2;\E\\",
    "fsl": r"\E\\",
    "tsl": r"\E]2;",
    "Cr": r"\E]112\E\\",
    "Cs": r"\E]12;%p1%s\E\\",
    "Hls": r"\E]8;%?%p1%l%tid=%p1%s%;;%p2%s\E\\",
    "Ms": r"\E]52;%p1%s;%p2%s\E\\",
    "Se": r"\E[2 q",
    "Ss": r"\E[%p1%d q",
    # Bracketed paste, focus, mouse.
    "BD": r"\E[?2004l",
    "BE": r"\E[?2004h",
    "PE": r"\E[201~",
    "PS": r"\E[200~",
    "fd": r"\E[?1004l",
    "fe": r"\E[?1004h",
    "Dseks": r"\E[>4m",
    "Eneks": r"\E[>4;1m",
    "kxIN": r"\E[I",
    "kxOUT": r"\E[O",
    "kmous": r"\E[<",
    "XM": r"\E[?1006;1000%?%p1%{1}%=%th%el%;",
    "xm": r"\E[<%i%p3%d;%p1%d;%p2%d;%?%p4%tM%em%;",
    # Reports: u6/u7 position, u8/u9 attributes; RV and XR name the version.
    "u6": r"\E[%i%d;%dR",
    "u7": r"\E[6n",
    "u8": r"\E[?%[;0123456789]c",
    "u9": r"\E[c",
    "RV": r"\E[>c",
    "XR": r"\E[>0q",
    "rv": r"\E\\[>[0-9]+;[0-9]+;[0-9]+c",
    "xr": r"\EP>\\|[ -~]+\E\\\\",
    # Keys, in application mode.
    "kbs": "^?",
    "kcbt": r"\E[Z",
    "kcub1": r"\EOD",
    "kcud1": r"\EOB",
    "kcuf1": r"\EOC",
    "kcuu1": r"\EOA",
    "kdch1": r"\E[3~",
    "kend": r"\EOF",
    "kent": r"\EOM",
    "khome": r"\EOH",
    "kich1": r"\E[2~",
    "knp": r"\E[6~",
    "kpp": r"\E[5~",
    "kUP": r"\E[1;2A",
    "kDN": r"\E[1;2B",
    **_modified_keys(),
    **_function_keys(),
}

#: Names that programs ask XTGETTCAP for besides terminfo's, and what they mean.
_QUERY_ALIASES = {
    "Co": "colors",
    "RI": "rin",
    "AB": "setab",
    "AF": "setaf",
    "ku": "kcuu1",
    "kd": "kcud1",
    "kr": "kcuf1",
    "kl": "kcub1",
    "kh": "khome",
    "@7": "kend",
    "kP": "kpp",
    "kN": "knp",
    "kI": "kich1",
    "kD": "kdch1",
    "kb": "kbs",
    "kB": "kcbt",
    "#4": "kLFT",
    "%i": "kRIT",
    **{f"k{i}": f"kf{i}" for i in range(1, 10)},
    "k;": "kf10",
    "F1": "kf11",
    "F2": "kf12",
}
#: Answers that are no capability of the entry: its name, and bits per colour channel.
_QUERY_ONLY = {"TN": NAME, "name": NAME, "RGB": "8"}

_ESCAPES = {"E": "\x1b", "e": "\x1b", "n": "\n", "r": "\r", "t": "\t", "b": "\b", "s": " "}


def decode(value: str) -> str:
    """A string in terminfo source notation as the bytes it stands for; % parameters stay."""

    def escape(match: re.Match[str]) -> str:
        code = match[0]
        if code[0] == "^":
            return "\x7f" if code[1] == "?" else chr(ord(code[1]) & 0x1F)
        return _ESCAPES.get(code[1], code[1])

    return re.sub(r"\\.|\^.", escape, value)


def query(name: str) -> str | None:
    """XTGETTCAP's value for a name, "" for a flag that is set; None for what there is not."""
    if name in _QUERY_ONLY:
        return _QUERY_ONLY[name]
    value = CAPABILITIES.get(_QUERY_ALIASES.get(name, name))
    if value is None or value is False:
        return None
    if value is True:
        return ""
    return decode(value) if isinstance(value, str) else str(value)
