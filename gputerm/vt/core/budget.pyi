ITEM: int
PAUSE: int

class Budget:
    stop: int
    def __init__(self) -> None: ...
    def spend(self, units: int) -> None: ...
