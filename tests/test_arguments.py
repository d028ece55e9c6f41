"""The parser of command lines."""

import pytest

from gputerm.arguments import CommandLine, Option, option_help
from gputerm.errors import UsageError

OPTIONS = (
    Option("-v, --verbose", "say more"),
    Option("-n, --lines N", "how many"),
    Option("-o, --option KEY=VALUE…", "settings", takes="some"),
    Option("-e, --command PROGRAM [ARG]…", "a program", takes="rest"),
)


def parsed(line):
    return list(CommandLine(OPTIONS, line.split(), "do"))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("-vv", [("-v", []), ("-v", [])]),
        ("-vn5", [("-v", []), ("-n", ["5"])]),
        ("-n=5 --lines=6 --lines 7", [("-n", ["5"]), ("--lines", ["6"]), ("--lines", ["7"])]),
        ("--lines -5", [("--lines", ["-5"])]),
        ("-o a=1 b=2 -v", [("-o", ["a=1", "b=2"]), ("-v", [])]),
        ("-e ls -v -- x", [("-e", ["ls", "-v", "--", "x"])]),
        ("a - -v -- -v", [("", ["a"]), ("", ["-"]), ("-v", []), ("", ["-v"])]),
    ],
)
def test_options_and_operands_come_from_left_to_right(line, found):
    assert parsed(line) == found


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("--lnies 5", "unknown option --lnies, did you mean --lines? (see do --help)"),
        ("-vx", "unknown option -x (see do --help)"),
        ("-n", "-n needs a value: -n N (see do --help)"),
        ("-n -v", "-n needs a value: -n N (see do --help)"),
        ("-n --", "-n needs a value: -n N (see do --help)"),
        ("-o -v", "-o needs a value: -o KEY=VALUE… (see do --help)"),
        ("--verbose=1", "--verbose takes no value (see do --help)"),
    ],
)
def test_what_means_nothing_is_one_line_of_advice(line, message):
    with pytest.raises(UsageError) as caught:
        parsed(line)
    assert str(caught.value) == message


def test_the_help_is_made_of_the_options():
    assert option_help(OPTIONS[:2]) == (
        "  -v, --verbose               say more\n  -n, --lines N               how many"
    )
