"""Record behaves as a frozen dataclass does."""

import pytest

from gputerm.records import Record


class Point(Record):
    x: int
    y: int = 0


class Named(Point):
    name: str = ""

    def __post_init__(self):
        assert self.x >= 0, f"x of {self}"


class Keyed(Record, kw_only=True):
    size: float = 1.0
    family: str


def test_values_come_by_position_by_name_or_by_default():
    assert Point(1) == Point(1, 0) == Point(x=1, y=0) == Point(1, y=0)
    assert (Named(1, 2, "a").x, Named(1, 2, "a").name) == (1, "a")
    assert Keyed(family="Mono").size == 1.0


@pytest.mark.parametrize(
    "make",
    [
        lambda: Point(),
        lambda: Point(1, 2, 3),
        lambda: Point(1, x=1),
        lambda: Point(1, z=1),
        lambda: Keyed(2.0, family="Mono"),
        lambda: Keyed(2.0, "Mono"),
    ],
)
def test_a_wrong_call_raises_and_does_not_tell_the_values(make):
    with pytest.raises(TypeError, match=r"takes \w+, \w+$"):
        make()


def test_records_are_equal_by_class_and_values():
    assert Point(1, 2) != Point(2, 1)
    assert Point(1, 0) != Named(1, 0)
    assert Point(1, 0) != (1, 0)
    assert len({Point(1), Point(1, 0), Named(1)}) == 2


def test_a_record_does_not_change():
    point = Point(1)
    with pytest.raises(AttributeError, match=r"Point\.x"):
        point.x = 2
    with pytest.raises(AttributeError, match=r"Point\.x"):
        del point.x
    assert point.replace(y=5) == Point(1, 5)
    assert point == Point(1)


def test_records_are_checked_matched_and_shown():
    with pytest.raises(AssertionError, match=r"x of Named\(x=-1, y=0, name=''\)"):
        Named(-1)
    match Point(3, 4):
        case Point(x, y):
            assert (x, y) == (3, 4)
    assert repr(Point(3, 4)) == "Point(x=3, y=4)"
