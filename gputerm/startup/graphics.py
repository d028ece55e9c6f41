"""What all windows of the process draw with: one OpenGL context and its Pipeline. No numpy."""

from gputerm.render.pipeline import Pipeline, read_shaders
from gputerm.window.native import GLContext, NativeWindow

__all__ = ["Graphics", "read_shaders"]


class Graphics:
    """The context and the pipeline. One thread uses it at a time; see `release`."""

    def __init__(self, context: GLContext) -> None:
        """`context` must be current, and belongs to this object from now on. Raises GLError."""
        self._context = context
        self.pipeline = Pipeline()
        self.pipeline.warm_up()

    def release(self) -> None:
        """Let another thread have it, which must begin with `make_current`."""
        self._context.release()

    def make_current(self, window: NativeWindow) -> None:
        """Direct drawing to `window`."""
        self._context.make_current(window)

    def forget(self, window: NativeWindow) -> None:
        """`window` is about to be closed."""
        self._context.forget(window)

    def close(self) -> None:
        """Free both; every window must be closed before."""
        self.pipeline.close()
        self._context.close()
