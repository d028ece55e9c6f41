"""The faces that serve one FontOptions: four styles, and a fallback for what they lack.

Faces are opened when a character first needs them. Nothing here draws or places glyphs.
"""

from collections.abc import Iterator

from gputerm.errors import FontError
from gputerm.text import discovery
from gputerm.text.discovery import FontFile
from gputerm.text.face import Face
from gputerm.text.metrics import FontOptions, LineMetrics

_STYLES = ((False, False), (True, False), (False, True), (True, True))


class Fonts:
    """Faces by style. `problems` holds one line for each family that had to be replaced."""

    def __init__(self, options: FontOptions) -> None:
        self.problems: list[str] = []
        self._size_px = options.size_px
        self._family = options.normal.family or "monospace"
        self._faces: dict[FontFile, Face | None] = {}  # None: the file can't be read
        self._files: dict[tuple[bool, bool], FontFile] = {}
        for bold, italic in _STYLES:
            spec = options.spec(bold=bold, italic=italic)
            file, problem = discovery.find(spec, bold=bold, italic=italic, size_px=self._size_px)
            if problem and problem not in self.problems:
                self.problems.append(problem)
            self._files[bold, italic] = file

    def face(self, *, bold: bool, italic: bool) -> Face:
        """The face of a style; the bundled one when the file found can't be read."""
        file = self._files[bold, italic]
        face = self._open(file)
        if face is None:
            ours = discovery.bundled(bold=bold, italic=italic)
            self.problems.append(f"{file.path} is not a readable font; using {ours.path}")
            self._files[bold, italic] = ours
            face = Face(ours, self._size_px)
            self._faces[ours] = face
        return face

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

    def _candidates(self, text: str, *, bold: bool, italic: bool, emoji: bool) -> Iterator[Face]:
        if emoji:
            yield from self._fallback(text, "emoji", bold=False, italic=False, color=True)
        yield self.face(bold=bold, italic=italic)
        if bold or italic:
            yield self.face(bold=False, italic=False)
        yield from self._fallback(text, self._family, bold=bold, italic=italic, color=False)
        if ours := self._open(discovery.bundled(bold=bold, italic=italic)):
            yield ours

    def _fallback(
        self, text: str, family: str, *, bold: bool, italic: bool, color: bool
    ) -> Iterator[Face]:
        system = discovery.fontconfig()
        if system is None:
            return
        size_px = self._size_px
        for file in system.fallback(
            text, family, bold=bold, italic=italic, size_px=size_px, color=color
        ):
            if face := self._open(file):
                yield face

    def _open(self, file: FontFile) -> Face | None:
        if file not in self._faces:
            try:
                self._faces[file] = Face(file, self._size_px)
            except FontError:
                self._faces[file] = None
        return self._faces[file]
