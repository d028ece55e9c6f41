from gputerm.vt.core.motion import Motion

class Editing(Motion):
    def fresh_line(self) -> None:
        """CR and LF, unless the cursor is in column 0."""
    def fresh_page(self, erase: bool) -> None:
        """What DECCOLM does beside the columns: no margins, cursor home, blank if asked for."""
    def set_line_size(self, size: int) -> None:
        """0 single, 1 double width, 2 and 3 the halves of double height; the cursor's line."""
