"""A start in its order: what to import when, so that the first window's shell starts early.

Another thread connects to the display meanwhile (startup/connecting.py), and the program is started
before the rest is imported: see docs/performance.md, "The start".
"""

from __future__ import annotations

import gc

from gputerm import stand_ins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gputerm.config import Loaded
    from gputerm.options import StartOptions
    from gputerm.startup.connecting import Connecting


def run(
    options: StartOptions,
    loaded: Loaded,
    connecting: Connecting,
) -> int:
    """Open the first window and work until the last one is closed; the exit code.

    Raises GputermError when there is no display, no OpenGL, no such program.
    """
    config = loaded.config
    connecting.begin(options.class_general or config.window.class_.general)
    from gputerm.startup.graphics import Graphics, read_shaders

    read_shaders()
    connecting.prepare(Graphics)
    stand_ins.import_numpy()
    from gputerm.startup.launcher import Launcher, first_options, warm_up

    warm_up(config)
    import gputerm.vt  # noqa: F401  # by then the display may be there

    launcher = Launcher(options, config, connecting.display())
    try:
        first = None
        if not options.daemon:
            first = launcher.launch(first_options(options), config)
        from gputerm.app.app import App
        from gputerm.app.main_loop import MainLoop

        gc.freeze()
        gc.enable()
        app = App(options, loaded, connecting, launcher)
        try:
            loop = MainLoop(app)
            app.start(first)
            loop.run()
        finally:
            app.close()
        return 0
    finally:
        launcher.close()
