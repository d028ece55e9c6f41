"""docs/finding.md names a test for each action, each default key and each promise, and the tests
are there: each is one that pytest runs."""

from gputerm.actions import Action
from gputerm.input.bindings import DEFAULTS, BindingMode
from gputerm.tools.write_finding import PROMISES, SECTIONS, proofs


def test_nothing_is_without_a_test_and_no_test_proves_what_nobody_promised():
    promised = {action.value for actions in SECTIONS.values() for action in actions} | {*PROMISES}
    assert proofs().keys() == promised


def test_each_key_of_the_search_is_in_a_table():
    listed = {action for actions in SECTIONS.values() for action in actions}
    for binding in DEFAULTS:
        if binding.required & BindingMode.SEARCH and isinstance(binding.does, Action):
            assert binding.does in listed or binding.does is Action.PASTE, binding
