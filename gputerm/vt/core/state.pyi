from gputerm.vt.core.editing import Editing

def inside(line: int, column: int, lines: int, columns: int) -> tuple[int, int, bool]: ...

class SavedCursor:
    line: int
    column: int
    pending_wrap: bool
    fg: int
    bg: int
    attrs: int
    underline_color: int
    protected: bool
    origin: bool
    gl: int
    gr: int
    single_shift: int

class State(Editing):
    is_alternate: bool
    saved: SavedCursor  #: of the active screen
    def select_graphic_rendition(self, params: list[list[int]]) -> None:
        """SGR given as a list of parameters, for callers in Python (DECCARA, restoring a pen)."""
    def set_hyperlink(self, uri: str, id: str) -> None:
        """OSC 8: later cells link to uri; an empty uri ends the link."""
    def set_private_mode(self, mode: int, on: bool) -> bool:
        """DECSET or DECRST of a mode that the screen owns; False when it does not own it.

        6 7 25 41 45 69 1045 2026 2027 — and 47 1047 1048 1049, which switch and save as xterm does.
        """
    def set_ansi_mode(self, mode: int, on: bool) -> bool:
        """SM or RM of 4 (IRM) or 20 (LNM); False for any other."""
    def use_alternate(self) -> None:
        """Makes the alternate grid active; cursor and pen stay. Nothing is erased."""
    def use_primary(self) -> None: ...
    def clear_history(self) -> None: ...
    def set_history_limit(self, limit: int) -> None: ...
    def soft_reset(self) -> None:
        """DECSTR, as far as the screen is concerned."""
    def reset(self) -> None:
        """RIS, as far as the screen is concerned; history is emptied."""
    def designate(self, g: int, charset: int) -> None:
        """SCS: G0-G3 becomes a row of charset_tables. Raises ValueError for any other number."""
    def shift(self, gl: int, gr: int, single_shift: int) -> None:
        """LSn, SSn: G0-G3 in GL and GR, 2 or 3 for the next character; raises ValueError."""
