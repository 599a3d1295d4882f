"""Where BPMN elements lie: at the designer's places, further apart.

Further apart, because a step may need several elements side by side: a task, the gateway that
tells its results apart, a second task. What a step needs begins where its card does, or lies just
below it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from engine.export.bpmn.building import ENTRY, KNOWN, START
from engine.export.bpmn.graph import Element, Kind, Scope
from engine.layout import STEP_SIZE
from engine.program import Program
from engine.tidy import placed

SCALES: Final = ((1.5, 1.6), (2.0, 2.0), (3.0, 3.0), (4.0, 4.0))
"""How much further apart, across and down: the first at which nothing lies on anything else."""
_GAP: Final = 20.0
_LOWER: Final = 94.0
"""From a step's middle down to that of what lies below it."""
_SIZES: Final = {
    Kind.START: (36.0, 36.0),
    Kind.END: (36.0, 36.0),
    Kind.MARK: (36.0, 36.0),
    Kind.CATCH: (36.0, 36.0),
    Kind.BOUNDARY: (36.0, 36.0),
    Kind.CHOICE: (50.0, 50.0),
    Kind.RACE: (50.0, 50.0),
    Kind.SCRIPT: (100.0, 60.0),
    Kind.WORK: (110.0, 80.0),
    Kind.SUB: (110.0, 80.0),
}


@dataclass(frozen=True, slots=True)
class Box:
    """Where a shape lies; `x` and `y` are those of its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        """The centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def right(self) -> float:
        """The right border's x."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower border's y."""
        return self.y + self.height


def boxes(program: Program, scope: Scope) -> dict[str, Box]:
    """Where each element of a process or sub-process lies on its plane."""
    for scale in SCALES:
        found = _Placing(program, scope, scale).all()
        if not _overlap(scope, found):
            break
    return found


def _overlap(scope: Scope, boxes: Mapping[str, Box]) -> bool:
    """Whether two shapes lie on each other; a boundary event does on its host, and may."""
    free = [box for name, box in boxes.items() if scope.elements[name].host is None]
    free.sort(key=lambda box: box.x)
    for number, box in enumerate(free):
        for other in islice(free, number + 1, None):
            if other.x >= box.right:
                break
            if other.y < box.bottom and other.bottom > box.y:
                return True
    return False


class _Placing:
    def __init__(self, program: Program, scope: Scope, scale: tuple[float, float]) -> None:
        self._scale = scale
        positions = placed(program.document).layout.positions
        self._scope = scope
        self._found: dict[str, Box] = {}
        self._steps = {
            planned.id: positions[planned.step.id]
            for planned in program.plan.steps
            if planned.id.rpartition("__")[0] == scope.id
        }

    def all(self) -> dict[str, Box]:
        """First what belongs to a step, then what comes before all steps."""
        by_step: dict[str, list[Element]] = {}
        before = []
        for element in self._scope.elements.values():
            owner = self._owner(element.id)
            if owner is None:
                before.append(element)
            else:
                by_step.setdefault(owner, []).append(element)
        for step, elements in by_step.items():
            self._place_step(step, elements)
        self._place_before(before)
        return self._found

    def _owner(self, name: str) -> str | None:
        """The step within this scope that an element belongs to."""
        step = name.partition("-")[0]
        return step if step in self._steps else None

    def _place_step(self, step: str, elements: list[Element]) -> None:
        x, y = self._steps[step]
        left, middle = self._scale[0] * x, self._scale[1] * (y + STEP_SIZE[1] / 2)
        right = left
        chain = [one for one in elements if self._is_in_line(step, one)]
        chain.sort(key=lambda one: not one.id.endswith("-merge"))
        for element in chain:
            width, _ = _SIZES[element.kind]
            self._put(element, right + width / 2, middle)
            right += width + _GAP
        self._place_race(elements, right, middle)
        self._place_boundary(elements)
        self._place_below([one for one in elements if one.id not in self._found], left, middle)

    def _is_in_line(self, step: str, element: Element) -> bool:
        ending = element.id.removeprefix(step)
        if element.kind is Kind.BOUNDARY or ending in {"-event", "-timeout"}:
            return False
        is_lower = element.kind is Kind.SCRIPT and ending not in {"", "-in"}
        is_closed = element.kind is Kind.END and ending not in {"", "-end"}
        return not is_lower and not is_closed

    def _place_race(self, elements: list[Element], left: float, middle: float) -> None:
        """The event above, the timer below, behind the gateway where they race."""
        for element in elements:
            if element.kind is Kind.CATCH and element.id not in self._found:
                rise = -38.0 if element.event is not None else 38.0
                self._put(element, left + 18.0, middle + rise)

    def _place_boundary(self, elements: list[Element]) -> None:
        for element in elements:
            if element.host is not None:
                host = self._found[element.host]
                self._put(element, host.x + host.width / 2, host.bottom)

    def _place_below(self, elements: list[Element], left: float, middle: float) -> None:
        """Side by side below the step, what notes something and ends of closed exits."""
        right = left + _SIZES[Kind.WORK][0] + _GAP
        for element in elements:
            width, _ = _SIZES[element.kind]
            self._put(element, right + width / 2, middle + _LOWER)
            right += width + _GAP

    def _place_before(self, elements: list[Element]) -> None:
        """Left of where the process begins, from right to left."""
        order = (ENTRY, KNOWN, START) if not self._scope.id else ()
        ranked = [one for name in order for one in elements if one.id == name]
        ranked += [one for one in reversed(elements) if one not in ranked]
        first = self._first_step(elements)
        place = self._found.get(first) if first else None
        left, middle = (place.x, place.middle[1]) if place else (0.0, 0.0)
        for element in ranked:
            width, _ = _SIZES[element.kind]
            left -= width + 2 * _GAP
            self._put(element, left + width / 2, middle)

    def _first_step(self, elements: list[Element]) -> str | None:
        before = {one.id for one in elements}
        targets = (flow.target for flow in self._scope.flows if flow.source in before)
        return next((name for name in targets if name in self._found), None)

    def _put(self, element: Element, x: float, y: float) -> None:
        width, height = _SIZES[element.kind]
        self._found[element.id] = Box(x - width / 2, y - height / 2, width, height)
