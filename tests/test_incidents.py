"""What has gone wrong in terminals, a row each, and the test that shows it doesn't here.

Collected from advisories, change logs and trackers of xterm, kitty, ghostty, foot, contour,
WezTerm, Alacritty, iTerm2, Konsole, rxvt-unicode and others. A row names its tests, or says why
there is nothing to test. What holds for any bytes (replies keep to a grammar, any split gives one
answer, RIS makes a new terminal, memory has bounds) is in fuzz/ and comes on top.
"""

import ast
from pathlib import Path
from typing import NamedTuple

import pytest

TESTS = Path(__file__).parent


class Incident(NamedTuple):
    what: str  #: went wrong, and where
    tests: tuple[str, ...] = ()  #: file::function, the file as seen from this folder
    instead: str = ""  #: why there is no test


FUZZ = "fuzz/test_streams.py::test_stream"
NOTHING_COMES_BACK = "vt/test_security.py::test_nothing_that_was_sent_comes_back"
ENDLESS_STRING = "vt/test_security.py::test_an_endless_string_is_swallowed_in_bounded_memory"
ANY_PAYLOAD = "vt/test_security.py::test_payloads_of_any_length_do_no_harm"
STACKS = "vt/test_security.py::test_stacks_are_bounded"
UNKNOWN_PROTOCOLS = "app/test_hostile_programs.py::test_protocols_of_others_have_no_effect"
BREAKING_OUT = "input/test_paste.py::test_text_cannot_leave_the_brackets"

INCIDENTS: dict[int, Incident] = {
    1: Incident(
        "a title reported to the program is typed to the shell [CVE-2003-0063, CVE-2024-56803]",
        ("vt/test_security.py::test_titles_are_never_reported",),
    ),
    2: Incident(
        "the same although titles may be set in hexadecimal [contour]",
        (
            "vt/test_security.py::test_titles_are_never_reported",
            "vt/test_test_reports.py::test_nobody_else_gets_an_answer",
        ),
    ),
    3: Incident(
        "DECRQSS of an unknown setting repeats it [CVE-2008-2383, CVE-2022-41138]",
        ("vt/test_reports.py::test_invalid_settings_get_a_fixed_refusal", NOTHING_COMES_BACK),
    ),
    4: Incident(
        "OSC 21 repeats the names that it doesn't know [kitty]",
        (NOTHING_COMES_BACK, "vt/test_palette.py::test_colours_by_name"),
    ),
    5: Incident("a DCS that sends its text back [kitty]", (NOTHING_COMES_BACK, UNKNOWN_PROTOCOLS)),
    6: Incident(
        "OSC 50 reports a font name of the program's [CVE-2022-45063]", (NOTHING_COMES_BACK,)
    ),
    7: Incident(
        "the id of a notification is typed when the user clicks it [CVE-2022-41322]",
        (
            "vt/test_osc.py::test_an_id_that_could_be_a_command_is_dropped",
            "vt/test_osc.py::test_an_id_that_is_too_long_is_none",
        ),
    ),
    8: Incident(
        "a reply that ends in a line feed runs what was typed [CVE-2021-33477]",
        ("vt/test_security.py::test_no_bytes_raise_and_every_reply_is_harmless", FUZZ),
    ),
    9: Incident(
        "control characters in a paste act as keys, in brackets too [CVE-2026-26982]",
        (
            "input/test_paste.py::test_control_characters_become_spaces",
            "input/test_paste.py::test_no_text_yields_a_control_character",
            "app/test_hostile_programs.py::test_a_paste_over_the_socket_has_no_controls",
        ),
    ),
    10: Incident(
        "a paste ends its own brackets: nested, with C1, cut in two [Alacritty, xterm.js, WezTerm]",
        (
            BREAKING_OUT,
            "input/test_paste.py::test_a_clipboard_that_arrives_in_pieces_is_as_harmless",
        ),
    ),
    11: Incident(
        "a reply lands in the middle of a paste [foot]",
        ("app/test_hostile_programs.py::test_a_reply_waits_behind_a_paste",),
    ),
    12: Incident(
        "characters that change the direction of writing hide what a paste runs [CVE-2021-42574]",
        (
            "app/test_pasting.py::test_an_override_in_a_selection_for_a_program_that_brackets",
            "input/test_paste_risks.py::test_what_a_text_holds",
            "view/test_visible.py::test_each_character_has_a_look",
        ),
    ),
    13: Incident(
        "OSC 52 reads the clipboard",
        (
            "app/test_ipc_trust.py::test_the_clipboard_as_configured",
            "app/test_ipc_trust.py::test_the_clipboard_without_the_focus",
        ),
    ),
    14: Incident(
        "OSC 52 replaces the clipboard behind the user's back",
        (
            "app/test_ipc_trust.py::test_the_clipboard_without_the_focus",
            "vt/test_osc.py::test_clipboard_contents_are_bounded_and_not_in_the_repr",
        ),
    ),
    15: Incident(
        "checksums of single cells (DECRQCRA) read the screen [WezTerm]",
        (
            "vt/test_security.py::test_the_screen_cannot_be_read",
            "vt/test_rectangles.py::test_checksums_are_refused_outside_of_tests",
        ),
    ),
    16: Incident(
        "a decoder of pictures trusts their sizes [CVE-2026-33633, CVE-2026-33642]",
        (UNKNOWN_PROTOCOLS,),
        "No picture that a program sends is decoded.",
    ),
    17: Incident(
        "a repeat count of sixel asks for 2 GB [CVE-2022-24130]",
        ("app/test_hostile_programs.py::test_graphics_are_swallowed_whatever_they_claim",),
    ),
    18: Incident(
        "sixel's line ends without end overflow the height [CVE-2026-44637]",
        ("app/test_hostile_programs.py::test_graphics_are_swallowed_whatever_they_claim",),
    ),
    19: Incident(
        "thirty bytes of sixel with an aspect ratio or a height of 0 [contour, foot]",
        ("app/test_hostile_programs.py::test_graphics_are_swallowed_whatever_they_claim",),
    ),
    20: Incident(
        "an error of kitty's graphics repeats a file name [CVE-2020-35605]",
        ("app/test_hostile_programs.py::test_a_file_named_by_graphics_is_left_alone",),
    ),
    21: Incident(
        "kitty's graphics remove a file that the program chose",
        ("app/test_hostile_programs.py::test_a_file_named_by_graphics_is_left_alone",),
    ),
    22: Incident(
        "file transfers follow links, remote editors run with a foreign environment [kitty]",
        (UNKNOWN_PROTOCOLS,),
    ),
    23: Incident(
        "combining characters without end overflow the selection [CVE-2021-27135]",
        (
            "vt/test_security.py::test_a_million_combining_marks_take_one_cell",
            "app/test_hostile_programs.py::test_endless_combining_marks_can_be_selected",
        ),
    ),
    24: Incident(
        "huge counts hang the terminal or leave the screen [Alacritty, contour, foot]",
        (
            "vt/test_security.py::test_huge_parameters_do_no_harm",
            "pane/test_pane.py::test_expensive_functions_end_a_slice",
        ),
    ),
    25: Incident("the 4,097th push of keyboard flags [Alacritty]", (STACKS,)),
    26: Incident("titles are pushed without end", (STACKS,)),
    27: Incident("the rest of too long a string appears as text [kitty]", (ENDLESS_STRING,)),
    28: Incident(
        "a string without an end costs more with each byte [VtNetCore]",
        (
            ENDLESS_STRING,
            "vt/test_security.py::test_a_string_can_be_abandoned",
            "app/test_hostile_programs.py::test_a_frame_that_is_held_for_ever_is_shown_all_the_same",
        ),
    ),
    29: Incident(
        "foot's small ones: marks after a cursor motion, malformed %, an empty OSC 66, OSC 99's"
        " question, DECCRA beyond the edge, a closed window that is called",
        (
            "vt/test_security.py::test_a_mark_does_not_join_a_character_that_the_cursor_left",
            "vt/test_security.py::test_malformed_percent_signs_are_taken_as_they_are",
            ANY_PAYLOAD,
            "vt/test_osc.py::test_malformed_kitty_notifications_are_nothing",
            "vt/test_rectangles.py::test_copy_is_cut_at_the_edges",
            "app/test_processes.py::test_one_of_two_windows_destroyed_from_outside",
        ),
    ),
    30: Incident(
        "strings of no, one or a few bytes crash: DECRQSS, OSC 4, 9, 777 [foot]",
        (ANY_PAYLOAD, "vt/test_security.py::test_device_control_strings_of_any_length_do_no_harm"),
    ),
    31: Incident(
        "a flood of bells with a command freezes it [Alacritty]",
        (
            "app/test_screen.py::test_a_flood_of_titles_bells_and_clipboards_holds_up_nobody",
            "vt/test_security.py::test_a_flood_of_events_is_cut",
        ),
    ),
    32: Incident(
        "tmux's control mode takes commands from whoever can print [CVE-2019-9535]",
        (UNKNOWN_PROTOCOLS,),
    ),
    33: Incident(
        "a link runs a program: schemes, options, foreign files [CVE-2025-49091]",
        (
            "app/test_links_clicked.py::test_what_may_be_opened",
            "app/test_links_clicked.py::test_an_uncommon_link_is_opened_when_the_user_says_so",
            "vt/test_security.py::test_a_link_is_only_data",
        ),
    ),
    34: Incident(
        "OSC 7 of another machine chooses where the next shell starts",
        (
            "vt/test_security.py::test_osc_7_of_another_host_says_so",
            "app/test_hostile_programs.py::test_a_window_starts_where_the_program_is_not_where_it_says",
        ),
    ),
    35: Incident(
        "OSC 9 with a number runs a program [ConEmu]",
        ("vt/test_osc.py::test_conemu_commands_are_refused",),
    ),
    36: Incident(
        "an answerback that the program can set",
        ("vt/test_security.py::test_the_answerback_is_empty",),
    ),
    37: Incident(
        "programs move, raise, iconify the window",
        ("app/test_window_operations.py::test_no_program_moves_or_iconifies_the_window",),
    ),
    38: Incident(
        "passwords are compared in a time that tells; partial writes [kitty]",
        ("ipc/test_server.py::test_request_may_arrive_in_any_pieces",),
        "There is no password: who may connect is asked of the kernel.",
    ),
    39: Incident(
        "a program, even one far away, steers the terminal by what it prints [kitty]",
        (UNKNOWN_PROTOCOLS,),
    ),
    40: Incident(
        "another user makes the socket first",
        (
            "ipc/test_socket_discovery.py::test_planted_directory_is_refused",
            "ipc/test_socket_discovery.py::test_directory_of_another_user_is_refused",
            "ipc/test_socket_discovery.py::test_socket_of_another_user_is_not_talked_to",
            "ipc/test_server.py::test_strangers_are_refused",
            "ipc/test_server.py::test_socket_is_for_its_user_alone_whatever_the_umask",
        ),
    ),
    41: Incident(
        "slow clients, endless lines, deep or malformed JSON",
        (
            "ipc/test_server.py::test_silent_client_is_sent_away_and_disturbs_nobody",
            "ipc/test_server.py::test_endless_line_is_cut_off_and_memory_stays_small",
            "ipc/test_protocol.py::test_hostile_line_is_a_parse_error",
            "app/test_ipc_stress.py::test_hostile_clients_cost_nobody_anything",
        ),
    ),
    42: Incident(
        "logs hold what was typed [contour]",
        ("app/test_hostile_programs.py::test_the_log_has_nothing_that_was_typed_pasted_or_shown",),
    ),
    43: Incident(
        "programs inherit descriptors [ghostty, contour]",
        (
            "host/test_pty.py::test_child_has_no_descriptor_of_ours",
            "app/test_processes.py::test_the_program_is_born_into_an_orderly_world",
        ),
    ),
    44: Incident(
        "programs inherit a signal mask or an ignored SIGPIPE [kitty]",
        (
            "host/test_pty.py::test_child_starts_with_default_signals_and_an_empty_mask",
            "app/test_processes.py::test_the_program_is_born_into_an_orderly_world",
        ),
    ),
    45: Incident(
        "a program ends while something of its window is under way",
        (
            "app/test_processes.py::test_many_windows_leave_nothing_behind",
            "host/test_loop.py::test_exit_is_told_while_a_background_process_floods",
        ),
    ),
}


def test_all_incidents_are_there():
    assert list(INCIDENTS) == list(range(1, 46))


@pytest.mark.parametrize("number", INCIDENTS)
def test_each_has_a_test_or_a_reason(number):
    incident = INCIDENTS[number]
    assert incident.tests or incident.instead
    for name in incident.tests:
        file, _, function = name.partition("::")
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, (
            name
        )
