"""The faces that serve one FontOptions: four styles, and a fallback for what they lack.

Faces are opened when a character first needs them. Nothing here draws or places glyphs.
"""

from collections.abc import Iterator

from gputerm.errors import FontError
from gputerm.text import discovery
from gputerm.text.contents import FontUnavailableError, require_descriptors
from gputerm.text.discovery import FontFile
from gputerm.text.face import Face
from gputerm.text.metrics import FontOptions, LineMetrics

_STYLES = ((False, False), (True, False), (False, True), (True, True))


class Fonts:
    """Faces by style. `problems` holds one line for each thing that isn't as it should be.

    Once the regular face is open nothing here raises.
    """

    def __init__(self, options: FontOptions) -> None:
        self.problems: list[str] = []
        #: there was no descriptor to open a face with; reset by whoever asks for it again
        self.fell_short = False
        self._size_px = options.size_px
        self._bundled_only = options.bundled_only
        self._family = options.normal.family or "monospace"
        self._faces: dict[FontFile, Face | FontError] = {}
        self._files: dict[tuple[bool, bool], FontFile] = {}
        for bold, italic in _STYLES:
            if self._bundled_only:
                self._files[bold, italic] = discovery.bundled(bold=bold, italic=italic)
                continue
            spec = options.spec(bold=bold, italic=italic)
            file, problem = discovery.find(spec, bold=bold, italic=italic, size_px=self._size_px)
            if problem:
                self.complain(problem)
            self._files[bold, italic] = file

    def complain(self, problem: str) -> None:
        """Add a line to `problems`, once."""
        if problem not in self.problems:
            self.problems.append(problem)

    def face(self, *, bold: bool, italic: bool) -> Face:
        """The face of a style, or the best that can be had in its place.

        Raises FontError as long as the regular face isn't open.
        """
        try:
            return self._style(bold=bold, italic=italic)
        except FontError as error:
            regular = self._faces.get(self._files[False, False])
            if not isinstance(regular, Face):
                raise
            self._miss(error)
            return regular

    def line_metrics(self) -> LineMetrics:
        """Of the regular face, which makes the grid."""
        return self.face(bold=False, italic=False).line_metrics()

    def for_text(self, text: str, *, bold: bool, italic: bool, emoji: bool) -> Face | None:
        """The first face with a glyph for every character of `text`; None when no font has them."""
        for face in self._candidates(text, bold=bold, italic=italic, emoji=emoji):
            if all(face.glyph_index(ord(character)) for character in text):
                return face
        return None

    def is_primary(self, face: Face) -> bool:
        """Whether the face is one of the four that the options name."""
        return face.file in self._files.values()

    def miss_shaper(self, error: ImportError | OSError) -> None:
        """Clusters can't be shaped: for now, where that is for want of descriptors."""
        try:
            require_descriptors()
        except FontUnavailableError as reason:
            self._miss(reason)
        else:
            self.complain(f"characters of several codepoints are drawn in part: {error}")

    def _style(self, *, bold: bool, italic: bool) -> Face:
        """The face of a style or, if it is no good, the next best, which it is from then on."""
        file = self._files[bold, italic]
        try:
            return self._open(file)
        except FontUnavailableError:
            raise
        except FontError as error:
            why = error
        for other in discovery.stand_ins(bold=bold, italic=italic, size_px=self._size_px):
            try:
                face = self._open(other)
            except FontUnavailableError:
                raise
            except FontError:
                continue
            self.complain(f"{why}; using {other.path}")
            self._files[bold, italic] = other
            return face
        raise why

    def _candidates(self, text: str, *, bold: bool, italic: bool, emoji: bool) -> Iterator[Face]:
        if emoji:
            yield from self._fallback(text, "emoji", bold=False, italic=False, color=True)
        yield self.face(bold=bold, italic=italic)
        if bold or italic:
            yield self.face(bold=False, italic=False)
        yield from self._fallback(text, self._family, bold=bold, italic=italic, color=False)
        if ours := self._try(discovery.bundled(bold=bold, italic=italic)):
            yield ours

    def _fallback(
        self, text: str, family: str, *, bold: bool, italic: bool, color: bool
    ) -> Iterator[Face]:
        if self._bundled_only:
            return
        try:
            system = discovery.fontconfig()
        except FontError as error:
            self._miss(error)
            return
        if system is None:
            return
        size_px = self._size_px
        for file in system.fallback(
            text, family, bold=bold, italic=italic, size_px=size_px, color=color
        ):
            if face := self._try(file):
                yield face

    def _try(self, file: FontFile) -> Face | None:
        try:
            return self._open(file)
        except FontError as error:
            self._miss(error)
            return None

    def _miss(self, error: FontError) -> None:
        """Do without a face; what is wrong with a file of the system is not the user's matter."""
        if isinstance(error, FontUnavailableError):
            self.fell_short = True
            self.complain(str(error))

    def _open(self, file: FontFile) -> Face:
        """The face of a file. Raises FontError, and again the same for a file that is no font."""
        known = self._faces.get(file)
        if known is None:
            try:
                known = self._faces[file] = Face(file, self._size_px)
            except FontUnavailableError:
                raise
            except FontError as error:
                known = self._faces[file] = error
        if isinstance(known, FontError):
            raise known.with_traceback(None)  # which would grow each time
        return known
