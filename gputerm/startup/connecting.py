"""The display and the GL driver on their way, while the main thread imports what it needs.

Importing numpy and the rest takes 60 ms. Connecting, loading the driver and compiling shaders take
as long (Mesa in software), most of it in C code without the GIL, so a thread does that meanwhile;
it imports nothing itself. What both want at the same time — the GIL, a heap, the dynamic linker —
makes them slower than one after the other: see docs/performance.md, "The start".

It hands over twice: the display, so that a window can be opened and the program started in it, and
then what windows draw with. The program is started before the rest is imported.
"""

from __future__ import annotations

import gc
import sys
import threading

from gputerm.startup import heaps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gputerm.startup.graphics import Graphics
    from gputerm.window.display import Display
    from gputerm.window.native import GLContext

#: How long a thread may keep the GIL from another, instead of 5 ms. The connecting thread asks for
#: it after each call of the driver, the loop thread after each read.
_SWITCH_INTERVAL_S = 0.0005


class Connecting:
    """A Display and then Graphics on their way; a context manager that leaves the display."""

    def __init__(self, *, headless: bool = False) -> None:
        """The way begins at once where only X11 can be meant, else with `begin`.

        `headless`: there is no display to connect to, only somewhere to draw.
        """
        gc.disable()  # Nothing of what is imported becomes garbage; looking for it takes 5 ms.
        sys.setswitchinterval(_SWITCH_INTERVAL_S)
        heaps.set_up()
        self._display: Display | None = None
        self._graphics: Graphics | None = None
        self._error: Exception | None = None
        self._displayed = threading.Event()
        self._make_graphics: Callable[[GLContext], Graphics] | None = None
        self._makeable = threading.Event()
        self._thread = threading.Thread(target=self._run, name="gputerm-connect", daemon=True)
        # Here, because two threads that import parts of one package can wait for each other.
        from gputerm.window.display import Display
        from gputerm.window.native import GLContext

        self._connect = Display, GLContext
        self._begun = False
        self._headless = headless
        if headless or Display.needs_no_class():
            self.begin("gputerm")

    def __enter__(self) -> Connecting:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the display; every window must be closed before."""
        if self._begun:
            self._makeable.set()
            if sys.platform != "darwin":
                self._thread.join()
        if self._graphics is not None:
            self._graphics.close()
        if self._display is not None:
            self._display.close()

    def begin(self, class_name: str) -> None:
        """Set out, unless that has happened. Windows without a class of their own get this one."""
        if not self._begun:
            self._begun = True
            self._connect[0].prepare(class_name, headless=self._headless)
            if sys.platform != "darwin":
                self._thread.start()

    def prepare(self, graphics: Callable[[GLContext], Graphics]) -> None:
        """Graphics has been imported; the thread may go on and make it."""
        self._make_graphics = graphics
        self._makeable.set()
        if sys.platform == "darwin":
            self._run()  # Cocoa belongs to the main thread.

    def display(self) -> Display:
        """The connection, once windows can be opened. Raises DisplayError or GLError."""
        self._displayed.wait()
        if self._display is None:
            assert self._error is not None
            raise self._error
        return self._display

    def graphics(self) -> Graphics:
        """What to draw with, once it is ready; not current. Raises GLError or ShaderError."""
        if self._thread.is_alive():
            self._thread.join()
        if self._graphics is None:
            assert self._error is not None
            raise self._error
        return self._graphics

    def _run(self) -> None:
        try:
            heaps.grow_heap()
            make_display, make_context = self._connect
            display = make_display(headless=self._headless)
            context = make_context()
            display.sleep_on(context.connection)
            self._display = display
            self._displayed.set()
            self._makeable.wait()
            if self._make_graphics is None:
                return  # the start has failed meanwhile
            graphics = self._make_graphics(context)
            graphics.release()
            self._graphics = graphics
        except Exception as error:
            self._error = error
        finally:
            self._displayed.set()
