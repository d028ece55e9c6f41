"""Commands about windows as a whole: open, list, close, focus, place, size, title."""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from gputerm.config import with_overrides
from gputerm.control.choosing import acted_on, window_meant, windows_meant
from gputerm.control.configuring import as_dict
from gputerm.control.context import LATER, Later
from gputerm.control.waits import Wait
from gputerm.ipc.protocol import DISPLAY_CANT, FAILED, INVALID_PARAMS, Fault
from gputerm.limits import MAX_COLUMNS, MAX_LINES
from gputerm.options import Options, class_names
from gputerm.paths import can_be_entered

if TYPE_CHECKING:
    from gputerm.control.context import Context
    from gputerm.control.interface import Request, Window
    from gputerm.ipc import results
    from gputerm.vt.blocks import CommandBlock

_DESCRIBED = 10  #: windows between two looks at the clock
MAX_PIXELS = 16384  #: of a window's side; larger textures are rare

_IN_CELLS = f"COLUMNSxLINES, up to {MAX_COLUMNS}x{MAX_LINES}"


def create_window(context: Context, request: Request) -> results.Created | Later:
    """Open a window; its id, and the process id and terminal of its program.

    Wrong options are reported and dropped. With `wait` the answer comes when the program has
    ended, and holds its exit status.
    """
    params = request.params
    if params["position"] is not None:
        _heeded(context, "place a window")
    general, instance = class_names(params["class"])
    _check_directory(params["working_directory"])
    options = Options(
        command=tuple(params["command"] or ()),
        working_directory=params["working_directory"] or params["cwd"],
        hold=bool(params["hold"]),
        title=params["title"],
        class_general=general,
        class_instance=instance,
        environment=tuple(_checked_variable(pair) for pair in params["env"]),
        trust=params["trust"],
        activation_token=params["activation_token"],
        overrides=(*params["option"], *_geometry(params)),
    )
    _, problems = with_overrides(context.app.config, options.overrides)
    window = context.app.create_window(options)
    program = window.pane.far_end.program
    answer: results.Created = {
        "window_id": window.number,
        "pane_id": window.pane.number,
        "pid": program.pid,
        "tty": program.tty,
        "problems": [as_dict(problem) for problem in problems],
    }
    if not params["wait"]:
        return answer
    context.waits.add(Wait(request, window, exit=True, answer=answer))
    return LATER


def _check_directory(path: str | None) -> None:
    """Raises Fault: a program that started in another directory could do harm there."""
    if path is not None and not can_be_entered(path):
        raise Fault(FAILED, f'create-window: "{path}" is no directory that can be entered')


def _checked_variable(pair: str) -> str:
    if not pair.partition("=")[0] or "=" not in pair:
        raise Fault(INVALID_PARAMS, "create-window: env: expected NAME=VALUE")
    return pair


def _geometry(params: dict[str, Any]) -> list[str]:
    """Size and position as options of the configuration."""
    options: list[str] = []
    if params["size"] is not None:
        if (cells := _sides(params["size"], MAX_COLUMNS, MAX_LINES)) is None:
            raise Fault(INVALID_PARAMS, f"create-window: size: expected {_IN_CELLS}")
        options.append(f"window.dimensions={{columns={cells[0]},lines={cells[1]}}}")
    if params["position"] is not None:
        x, y = _position("create-window", params["position"])
        options.append(f"window.position={{x={x},y={y}}}")
    return options


def _position(command: str, text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(-?\d{1,5}),(-?\d{1,5})", text)
    if not found:
        raise Fault(INVALID_PARAMS, f"{command}: position: expected X,Y in pixels")
    return int(found[1]), int(found[2])


def _heeded(context: Context, what: str) -> None:
    """Raises Fault where the display server doesn't let programs do that."""
    if not context.app.display.heeds_clients:
        raise Fault(DISPLAY_CANT, f"on Wayland only the compositor can {what}")


def list_windows(context: Context, request: Request) -> Generator[None, None, results.Listed]:
    """All windows, oldest first, and those that were closed."""
    described = []
    for window in list(context.app.windows.values()):
        if window.number in context.app.windows:  # else it was closed meanwhile
            described.append(describe(window))
            if len(described) % _DESCRIBED == 0:
                yield
    return {"windows": described, "closed": list(context.waits.past)}


def describe(window: Window) -> results.Window:
    """One window as `list` shows it."""
    terminal, program = window.pane.terminal, window.pane.far_end.program
    foreground = program.foreground()
    current = terminal.blocks.current
    marked = len(terminal.blocks) > 0
    width, height = window.native.size
    return {
        "id": window.number,
        "pane_id": window.pane.number,
        "title": window.pane.title,
        "columns": terminal.columns,
        "lines": terminal.lines,
        "width": width,
        "height": height,
        "cwd": program.cwd(),
        "command": list(program.command),
        "pid": program.pid,
        "tty": program.tty,
        "foreground": None
        if foreground is None
        else {
            "pid": foreground.pid,
            "command": list(foreground.command) if foreground.command else None,
        },
        "focused": window.focused,
        "trust": window.pane.trust.value,
        "visible": window.presenter.visible,
        "alternate_screen": terminal.alternate,
        "at_prompt": current is not None and current.output_line is None if marked else None,
        "block": current.number if current is not None else None,
        "last_exit_status": _last_exit(list(terminal.blocks)),
        "exit_status": window.pane.exit_status,
        "history": terminal.screen_top - terminal.first_line,
        "lines_back": window.pane.view.viewport.lines_back,
        "font_size": window.font_size,
        "opened_at": window.pane.opened,
        "x11_id": window.native.x11_id,
    }


def _last_exit(blocks: list[CommandBlock]) -> int | None:
    """The exit code of the newest command that has ended; None if it reported none."""
    ended = (b for b in reversed(blocks) if b.end_line is not None and not b.aborted)
    return next((block.exit_code for block in ended), None)


def close(context: Context, request: Request) -> results.Windows:
    """Close windows and hang up their programs."""
    chosen = windows_meant(context, request)
    for window in chosen:
        context.app.close_window(window)
    return acted_on(chosen)


def focus(context: Context, request: Request) -> results.Windows:
    """Show a window in front and give it the keyboard focus."""
    window = window_meant(context, request)
    _heeded(context, "give a window the focus")
    window.native.take_keyboard()
    return acted_on([window])


def resize(context: Context, request: Request) -> results.Resized:
    """Give windows another size in cells; what they have now."""
    lines, columns = request.params["lines"], request.params["columns"]
    if lines is None and columns is None:
        raise Fault(INVALID_PARAMS, "resize: needs lines, columns or both")
    for name, value, most in (("lines", lines, MAX_LINES), ("columns", columns, MAX_COLUMNS)):
        if value is not None and not 1 <= value <= most:
            raise Fault(INVALID_PARAMS, f"resize: {name}: expected 1 to {most}")
    sizes: list[results.Size] = []
    for window in windows_meant(context, request):
        terminal = window.pane.terminal
        window.text_area.ask_for(lines or terminal.lines, columns or terminal.columns)
        window.resized()  # SDL knows its size before the event comes.
        sizes.append(
            {
                "id": window.number,
                "pane_id": window.pane.number,
                "columns": terminal.columns,
                "lines": terminal.lines,
            }
        )
    return {"windows": sizes}


def place(context: Context, request: Request) -> results.Placed:
    """Move and size windows; where they are now, as far as the window manager has reported it."""
    position, size = request.params["position"], request.params["size"]
    if position is None and size is None:
        raise Fault(INVALID_PARAMS, "place: needs position, size or both")
    point = _position("place", position) if position is not None else None
    sides = _size(size) if size is not None else None
    chosen = windows_meant(context, request)
    if point is not None:
        _heeded(context, "move a window")
    for window in chosen:
        window.native.be_normal()
        if sides is not None:
            width, height, in_pixels = sides
            if in_pixels:
                window.native.set_size(width, height)
            else:
                window.text_area.ask_for(lines=height, columns=width)
        if point is not None:
            window.native.move(*point)
        window.resized()  # SDL knows size and place before the events come.
    return {"windows": [_placed(context, window) for window in chosen]}


def _size(text: str) -> tuple[int, int, bool]:
    """(width, height, whether they are pixels)."""
    in_pixels = text.endswith("px")
    most = (MAX_PIXELS, MAX_PIXELS) if in_pixels else (MAX_COLUMNS, MAX_LINES)
    if (sides := _sides(text.removesuffix("px"), *most)) is None:
        in_px = f"WIDTHxHEIGHTpx, up to {MAX_PIXELS}"
        raise Fault(INVALID_PARAMS, f"place: size: expected {_IN_CELLS}, or {in_px}")
    return *sides, in_pixels


def _sides(text: str, most_across: int, most_down: int) -> tuple[int, int] | None:
    """ "80x24" → (80, 24); None for what is no size or beyond the limits."""
    found = re.fullmatch(r"([1-9]\d{0,4})x([1-9]\d{0,4})", text, re.ASCII)
    if found is None:
        return None
    across, down = int(found[1]), int(found[2])
    return (across, down) if across <= most_across and down <= most_down else None


def _placed(context: Context, window: Window) -> results.PlacedWindow:
    x, y = window.native.position if context.app.display.heeds_clients else (None, None)
    width, height = window.native.size
    terminal = window.pane.terminal
    return {
        "id": window.number,
        "pane_id": window.pane.number,
        "x": x,
        "y": y,
        "width": width,
        "height": height,
        "columns": terminal.columns,
        "lines": terminal.lines,
    }


def set_title(context: Context, request: Request) -> results.Windows:
    """Fix the title of windows, or leave it to their programs again."""
    chosen = windows_meant(context, request)
    for window in chosen:
        window.pane.pin_title(request.params["title"])
    return acted_on(chosen)


def quit_all(context: Context, request: Request) -> None:
    """Close all windows and end."""
    context.app.quit()


def ping(context: Context, request: Request) -> None:
    """Nothing: the answer shows that the main thread works."""
