"""Lines and boxes in a picture of any width: x in per cent of the width, y in em."""

from dataclasses import dataclass

GAP = 0.3  # em between two boxes that must not touch
HALF_A_LINE = 0.15


@dataclass(frozen=True)
class Line:
    """A line between two places, the second not left of the first."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Box:
    """The space that is covered around a place: `x` in per cent, everything else in em."""

    x: float
    left: float
    right: float
    top: float
    bottom: float

    @classmethod
    def around(cls, x: float, y: float, radius: float) -> "Box":
        return cls(x, -radius, radius, y - radius, y + radius)

    def edges(self, width: float) -> tuple[float, float]:
        middle = self.x / 100 * width
        return middle + self.left, middle + self.right

    def meets(self, other: "Box", width: float) -> bool:
        if self.top >= other.bottom or other.top >= self.bottom:
            return False
        left, right = self.edges(width)
        other_left, other_right = other.edges(width)
        return left < other_right + GAP and other_left < right + GAP

    def is_crossed_by(self, line: Line, width: float) -> bool:
        top, bottom = self.top - HALF_A_LINE, self.bottom + HALF_A_LINE
        if top > max(line.y1, line.y2) or bottom < min(line.y1, line.y2):
            return False
        left, right = self.edges(width)
        x1, x2 = line.x1 / 100 * width, line.x2 / 100 * width
        if left > x2 or right < x1:
            return False
        if x1 == x2:
            return True
        slope = (line.y2 - line.y1) / (x2 - x1)
        heights = [line.y1 + slope * (x - x1) for x in (max(left, x1), min(right, x2))]
        return top <= max(heights) and bottom >= min(heights)
