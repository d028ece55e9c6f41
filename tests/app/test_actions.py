"""Each action does something, and each name of a trust level is one."""

from typing import get_args

import pytest

from gputerm.actions import Action
from gputerm.app.perform import ACTIONS
from gputerm.ipc.commands import TRUST_LEVELS
from gputerm.ipc.results import TrustLevel
from gputerm.policy.privileges import Trust


@pytest.mark.parametrize("action", Action)
def test_each_action_is_carried_out(action):
    assert action in ACTIONS, (
        f"write in ACTIONS of gputerm/app/perform.py what it does to a window: "
        f"Action.{action.name}: lambda window: …"
    )
    assert action.doc, f'write in gputerm/actions.py what it does: = "{action.value}", "…"'


def test_trust_levels_have_one_name_each():
    levels = tuple(level.value for level in Trust)
    assert levels == TRUST_LEVELS == get_args(TrustLevel)
