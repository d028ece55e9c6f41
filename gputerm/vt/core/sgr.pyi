class Pen:
    fg: int  #: FG word
    bg: int  #: BG word
    attrs: int  #: ATTRS word without the extra id
    underline_color: int  #: colour word, 0 = like fg
    def __init__(self, params: memoryview, joined: memoryview) -> None: ...
    def reset(self) -> None: ...
