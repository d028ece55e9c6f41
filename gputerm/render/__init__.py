"""Snapshot and overlay → pixels, with OpenGL 3.3 core.

    paint.py     cells → quads: colours, decorations, cursor (arrays only)
    frame.py     which rows changed, what scrolled (arrays only)
    renderer.py  quads → pixels; what all windows share
    canvas.py    one window's picture
    offscreen.py a context without a window; png.py pictures as files; gl.py and shaders.py OpenGL
    itself

Import from the modules: this package imports nothing, so that a machine without OpenGL can test
the first two.
"""
