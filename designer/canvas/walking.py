"""Where the arrow keys lead: along the links first, else to the nearest card that way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from designer.canvas.scene import JourneyScene

Item = TypeVar("Item")


def neighbour(scene: JourneyScene, steps: Sequence[str], right: int, down: int) -> str | None:
    """The id of the step that comes next from the last of `steps` in this direction.

    right, down: -1, 0 or 1. With no step, the first one of the graph.
    """
    shown = [name for name, card in scene.cards.items() if card.isVisible()]
    if not steps or steps[-1] not in scene.cards:
        return shown[0] if shown else None
    here = steps[-1]
    if right:
        linked = _linked(scene, here, forward=right > 0)
        if linked is not None:
            return linked
    return _nearest(scene, here, shown, right, down)


def next_of(items: Sequence[Item], chosen: Sequence[Item]) -> Item | None:
    """The item after the last chosen one, round and round; None if there is none."""
    if not items:
        return None
    here = items.index(chosen[-1]) if chosen and chosen[-1] in items else -1
    return items[(here + 1) % len(items)]


def _linked(scene: JourneyScene, here: str, forward: bool) -> str | None:
    """The first step that an exit leads to, or the first that leads here; ways back come last."""
    found = [
        (item.is_back, item.link.to if forward else key[0])
        for key, item in scene.links.items()
        if (key[0] if forward else item.link.to) == here
    ]
    names = [name for _, name in sorted(found, key=lambda pair: pair[0]) if name != here]
    return next((n for n in names if n is not None and not scene.is_hidden(n)), None)


def _nearest(
    scene: JourneyScene, here: str, shown: Sequence[str], right: int, down: int
) -> str | None:
    middle = scene.cards[here].scene_rect().center()

    def cost(name: str) -> float | None:
        away = scene.cards[name].scene_rect().center() - middle
        along = away.x() * right + away.y() * down
        aside = abs(away.x() * down) + abs(away.y() * right)
        # Within the quarter of the plane that lies this way; what is straight ahead is nearer.
        return along + 2 * aside if along > 0 and aside <= 2 * along else None

    costs = [(c, name) for name in shown if name != here and (c := cost(name)) is not None]
    return min(costs)[1] if costs else None
