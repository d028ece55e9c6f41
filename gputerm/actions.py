"""The vocabulary of user actions: what a key, a mouse button or an IPC message may ask for.

Names are Alacritty's, so its configuration files mean the same here. An action says what is wanted;
`ACTIONS` in app/perform.py says what does it.
"""

from __future__ import annotations

from enum import Enum

from gputerm.errors import did_you_mean


class Action(Enum):
    """One thing a user can ask for. Its value is its name."""

    doc: str  #: one line for `--help`, the manual and completions

    def __new__(cls, name: str, doc: str) -> Action:
        action = object.__new__(cls)
        action._value_ = name
        action.doc = doc
        return action

    @classmethod
    def named(cls, name: str) -> Action:
        """The action of that name, in any case. Raises ValueError with a message for the user."""
        for action in cls:
            if action.value.casefold() == name.casefold():
                return action
        raise ValueError(f"unknown action{did_you_mean(name, [a.value for a in cls])}")

    NONE = "None", "swallow the key"
    RECEIVE_CHAR = "ReceiveChar", "let the key through to the program"

    COPY = "Copy", "copy the selection to the clipboard"
    COPY_SELECTION = "CopySelection", "copy the selection to the primary selection"
    PASTE = "Paste", "paste the clipboard"
    PASTE_SELECTION = "PasteSelection", "paste the primary selection"
    CLEAR_SELECTION = "ClearSelection", "drop the selection"
    EXPAND_SELECTION = "ExpandSelection", "extend the selection to the pointer (mouse only)"

    INCREASE_FONT_SIZE = "IncreaseFontSize", "make the text one pixel larger"
    DECREASE_FONT_SIZE = "DecreaseFontSize", "make the text one pixel smaller"
    RESET_FONT_SIZE = "ResetFontSize", "return to the configured text size"

    SCROLL_PAGE_UP = "ScrollPageUp", "scroll up by one screen"
    SCROLL_PAGE_DOWN = "ScrollPageDown", "scroll down by one screen"
    SCROLL_HALF_PAGE_UP = "ScrollHalfPageUp", "scroll up by half a screen"
    SCROLL_HALF_PAGE_DOWN = "ScrollHalfPageDown", "scroll down by half a screen"
    SCROLL_LINE_UP = "ScrollLineUp", "scroll up by one line"
    SCROLL_LINE_DOWN = "ScrollLineDown", "scroll down by one line"
    SCROLL_TO_TOP = "ScrollToTop", "scroll to the oldest line of the history"
    SCROLL_TO_BOTTOM = "ScrollToBottom", "return to the live screen"
    CLEAR_HISTORY = "ClearHistory", "forget the lines that scrolled off the screen"

    SCROLL_TO_PREVIOUS_PROMPT = "ScrollToPreviousPrompt", "scroll up to the prompt before"
    SCROLL_TO_NEXT_PROMPT = "ScrollToNextPrompt", "scroll down to the next prompt, or to the end"
    SCROLL_TO_FAILED_PROMPT = "ScrollToFailedPrompt", "scroll up to a command that failed"
    SELECT_OUTPUT = "SelectOutput", "select what the last command, or that at the top, has written"
    COPY_OUTPUT = "CopyOutput", "copy it to the clipboard"
    SAVE_OUTPUT = "SaveOutput", "save it in a new file in the home directory"

    SEARCH_FORWARD = "SearchForward", "search from the top of what is shown"
    SEARCH_BACKWARD = "SearchBackward", "search backwards from the bottom of what is shown"
    SEARCH_FOCUS_NEXT = "SearchFocusNext", "go to the next match in the search's direction"
    SEARCH_FOCUS_PREVIOUS = "SearchFocusPrevious", "go to the match before"
    SEARCH_CONFIRM = "SearchConfirm", "end the search at the match"
    SEARCH_CANCEL = "SearchCancel", "end the search; the match is selected"
    SEARCH_CLEAR = "SearchClear", "drop what was typed into the search bar"
    SEARCH_DELETE_WORD = "SearchDeleteWord", "drop the last word in the search bar"
    SEARCH_HISTORY_PREVIOUS = "SearchHistoryPrevious", "recall what was searched for before"
    SEARCH_HISTORY_NEXT = "SearchHistoryNext", "recall what was searched for after that"

    TOGGLE_VI_MODE = "ToggleViMode", "move a cursor of your own by keys, or stop doing so"
    UP = "Up", "vi mode: one line up"
    DOWN = "Down", "vi mode: one line down"
    LEFT = "Left", "vi mode: one character to the left"
    RIGHT = "Right", "vi mode: one character to the right"
    FIRST = "First", "vi mode: to the first column; from there to where the logical line begins"
    LAST = "Last", "vi mode: to the last character; from there to where the logical line ends"
    FIRST_OCCUPIED = "FirstOccupied", "vi mode: to the first character that is no blank"
    HIGH = "High", "vi mode: to the top of what is shown"
    MIDDLE = "Middle", "vi mode: to the middle of what is shown"
    LOW = "Low", "vi mode: to the bottom of what is shown"
    SEMANTIC_LEFT = "SemanticLeft", "vi mode: back to the beginning of a word"
    SEMANTIC_RIGHT = "SemanticRight", "vi mode: on to the beginning of a word"
    SEMANTIC_LEFT_END = "SemanticLeftEnd", "vi mode: back to the end of a word"
    SEMANTIC_RIGHT_END = "SemanticRightEnd", "vi mode: on to the end of a word"
    WORD_LEFT = "WordLeft", "vi mode: back to the beginning of a word between blanks"
    WORD_RIGHT = "WordRight", "vi mode: on to the beginning of a word between blanks"
    WORD_LEFT_END = "WordLeftEnd", "vi mode: back to the end of a word between blanks"
    WORD_RIGHT_END = "WordRightEnd", "vi mode: on to the end of a word between blanks"
    BRACKET = "Bracket", "vi mode: to the other bracket of the pair"
    PARAGRAPH_UP = "ParagraphUp", "vi mode: up to the empty line before a paragraph"
    PARAGRAPH_DOWN = "ParagraphDown", "vi mode: down to the empty line behind a paragraph"
    TOGGLE_NORMAL_SELECTION = "ToggleNormalSelection", "vi mode: select characters, or nothing"
    TOGGLE_LINE_SELECTION = "ToggleLineSelection", "vi mode: select lines, or nothing"
    TOGGLE_BLOCK_SELECTION = "ToggleBlockSelection", "vi mode: select a block, or nothing"
    TOGGLE_SEMANTIC_SELECTION = "ToggleSemanticSelection", "vi mode: select words, or nothing"
    SEARCH_NEXT = "SearchNext", "vi mode: to the next match in the direction of the search"
    SEARCH_PREVIOUS = "SearchPrevious", "vi mode: to the match before"
    SEARCH_START = "SearchStart", "vi mode: to where the match begins, or the one before"
    SEARCH_END = "SearchEnd", "vi mode: to where the match ends, or the one behind"
    OPEN = "Open", "vi mode: open what is under the cursor"
    CENTER_AROUND_VI_CURSOR = "CenterAroundViCursor", "vi mode: scroll the cursor to the middle"
    INLINE_SEARCH_FORWARD = "InlineSearchForward", "vi mode: on to a character in the line"
    INLINE_SEARCH_BACKWARD = "InlineSearchBackward", "vi mode: back to a character in the line"
    INLINE_SEARCH_FORWARD_SHORT = "InlineSearchForwardShort", "vi mode: on to just before it"
    INLINE_SEARCH_BACKWARD_SHORT = "InlineSearchBackwardShort", "vi mode: back to just behind it"
    INLINE_SEARCH_NEXT = "InlineSearchNext", "vi mode: to that character again"
    INLINE_SEARCH_PREVIOUS = "InlineSearchPrevious", "vi mode: to that character the other way"
    SEMANTIC_SEARCH_FORWARD = "SemanticSearchForward", "vi mode: search for the word or selection"
    SEMANTIC_SEARCH_BACKWARD = "SemanticSearchBackward", "vi mode: the same backwards"

    SHOW_HINTS = "ShowHints", "label addresses and what other hints find; its keys choose one"

    SHOW_COMMAND_PALETTE = "ShowCommandPalette", "list all actions and their keys, to choose one"

    CLEAR_LOG_NOTICE = "ClearLogNotice", "close the message bar"

    CREATE_NEW_WINDOW = "CreateNewWindow", "open a window in this process"
    SPAWN_NEW_INSTANCE = "SpawnNewInstance", "start another gputerm process"
    TOGGLE_FULLSCREEN = "ToggleFullscreen", "enter or leave fullscreen"
    TOGGLE_MAXIMIZED = "ToggleMaximized", "maximize or restore the window"
    MINIMIZE = "Minimize", "minimize the window"
    DISTRUST = "Distrust", "treat the program as untrusted: no clipboard, title, notification"
    QUIT = "Quit", "close the window; the last one ends the process"


#: Where the cursor of vi mode can be moved; view/motions.py has each.
VI_MOTIONS = (
    *(Action.UP, Action.DOWN, Action.LEFT, Action.RIGHT),
    *(Action.FIRST, Action.LAST, Action.FIRST_OCCUPIED),
    *(Action.HIGH, Action.MIDDLE, Action.LOW),
    *(Action.SEMANTIC_LEFT, Action.SEMANTIC_RIGHT),
    *(Action.SEMANTIC_LEFT_END, Action.SEMANTIC_RIGHT_END),
    *(Action.WORD_LEFT, Action.WORD_RIGHT, Action.WORD_LEFT_END, Action.WORD_RIGHT_END),
    *(Action.BRACKET, Action.PARAGRAPH_UP, Action.PARAGRAPH_DOWN),
)
