"""All links of the graph that is shown, each along its way around the cards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsItem

from designer.canvas.card import CardItem
from designer.canvas.link import LinkItem
from designer.canvas.obstacles import Obstacles, Rect
from designer.canvas.paper import FrameItem
from designer.canvas.routes import Point, is_back, lanes, route
from designer.selection import LinkKey
from engine.journey import Graph, Link

Ends = tuple[Point, Point]
_MOST_SPOTS = 50
"""When more than this moves at once, links beside it keep their ways."""


class Links:
    """Keeps links and cards together; what an edit does not concern is not looked at again.

    Of a step in a collapsed frame, `inside` says in which: its links begin and end there.
    """

    def __init__(
        self,
        cards: Mapping[str, CardItem],
        frames: Mapping[str, FrameItem],
        add: Callable[[QGraphicsItem], None],
        remove: Callable[[QGraphicsItem], None],
    ) -> None:
        """Of these cards; `add` and `remove` put an item on the canvas and take it away."""
        self.items: dict[LinkKey, LinkItem] = {}
        self.inside: Mapping[str, str] = {}
        self._cards, self._frames = cards, frames
        self._add, self._remove = add, remove
        self._obstacles = Obstacles()
        self._at: dict[str, list[LinkKey]] = defaultdict(list)
        self._ends: dict[LinkKey, Ends] = {}
        self._lanes: dict[LinkKey, int] = {}
        self._shown: list[Link] | None = None
        self._fresh: set[LinkKey] = set()

    # ---- which links there are

    def mirror(self, graph: Graph, touched: frozenset[str] | None, *, same_cards: bool) -> None:
        """Show the links of the graph; `touched`: steps whose exits may be called otherwise."""
        if touched is not None and same_cards and self._shown is graph.links:
            stale = [key for n in touched for key in self._at.get(n, ()) if key[0] == n]
            for key, link in {key: self.items[key].link for key in stale}.items():
                self._put(key, link)
            return
        self._shown = graph.links
        wanted = {
            (link.from_, link.exit): link
            for link in graph.links
            if link.to in self._cards and link.from_ in self._cards
        }
        for key in [key for key in self.items if key not in wanted]:
            self._remove(self.items.pop(key))
        for key, link in wanted.items():
            old = self.items.get(key)
            if old is None or old.link is not link or touched is None or key[0] in touched:
                self._put(key, link)
        self._at = defaultdict(list)
        for key, item in self.items.items():
            self._at[key[0]].append(key)
            self._at[item.link.to or ""].append(key)

    def _put(self, key: LinkKey, link: Link) -> None:
        old = self.items.get(key)
        if old is not None:
            self._remove(old)
        card = self._cards[link.from_]
        label = next((e.label for e in card.exits if e.name == link.exit), link.exit)
        self.items[key] = LinkItem(link, label if len(card.exits) > 1 else "")
        self._add(self.items[key])
        self._fresh.add(key)

    # ---- where they run

    def put_card(self, name: str) -> list[Rect]:
        """The card lies elsewhere; returns where it lay and where it lies now."""
        old, new = self._obstacles.rect(name), _rect(self._cards[name].scene_rect())
        self._obstacles.put(name, new)
        return [new] if old is None else [old, new]

    def forget_card(self, name: str) -> list[Rect]:
        """The card is gone; returns where it lay."""
        old = self._obstacles.rect(name)
        self._obstacles.remove(name)
        return [] if old is None else [old]

    def route(self, moved: Iterable[str], spots: list[Rect], *, anew: bool) -> None:
        """New ways for links whose ends, or whose neighbourhood, changed.

        moved: the cards that lie elsewhere; spots: where something came or went;
        anew: any link may end elsewhere, because frames are collapsed.
        """
        changed = self._changed_ends(moved, anew=anew)
        numbers = self._numbers(changed)
        beside = [] if len(spots) > 2 * _MOST_SPOTS else [QRectF(*_size(spot)) for spot in spots]
        for key, item in self.items.items():
            is_stale = (
                key in changed
                or numbers.get(key) != self._lanes.get(key)
                or any(item.sceneBoundingRect().intersects(spot) for spot in beside)
            )
            if is_stale:
                self._route_one(item, self._ends[key], numbers.get(key, 0))
        self._lanes = numbers

    def _changed_ends(self, moved: Iterable[str], *, anew: bool) -> dict[LinkKey, Ends | None]:
        """The links that begin or end elsewhere, are new or gone, with their old ends."""
        changed: dict[LinkKey, Ends | None] = {
            key: self._ends.pop(key) for key in [k for k in self._ends if k not in self.items]
        }
        asked = {key for name in moved for key in self._at.get(name, ())}
        for key, item in self.items.items():
            is_new = key in self._fresh
            if is_new or anew or key in asked:
                old, new = self._ends.get(key), self._ends_of(item)
                if is_new or old != new:
                    changed[key] = old
                    self._ends[key] = new
                if anew or is_new:
                    within = self.inside.get(key[0])
                    item.setVisible(within is None or within != self.inside.get(item.link.to or ""))
        self._fresh.clear()
        return changed

    def _numbers(self, changed: Mapping[LinkKey, Ends | None]) -> dict[LinkKey, int]:
        """The lanes; they stay as they are unless a link changed that leads, or led, back."""
        pairs = ((old, self._ends.get(key)) for key, old in changed.items())
        moved = (ends for pair in pairs if pair[0] != pair[1] for ends in pair)
        if any(ends is not None and is_back(*ends) for ends in moved):
            return lanes(self._ends)
        return self._lanes

    def _ends_of(self, item: LinkItem) -> Ends:
        """Where the link begins and ends: at cards, or at the collapsed frame that hides them."""
        source, target = item.link.from_, item.link.to or ""
        start = self._cards[source].exit_point(item.link.exit)
        end = self._cards[target].entry_point()
        if source in self.inside:
            area = self._frames[self.inside[source]].scene_rect()
            start = QPointF(area.right(), area.center().y())
        if target in self.inside:
            area = self._frames[self.inside[target]].scene_rect()
            end = QPointF(area.left(), area.center().y())
        return (start.x(), start.y()), (end.x(), end.y())

    def _route_one(self, item: LinkItem, ends: Ends, lane: int) -> None:
        names = (item.link.from_, item.link.to or "")
        item.show_route(route(*ends, names, self._obstacles, lane))

    # ---- for the eye only, while something is dragged

    def follow(self, names: Iterable[str]) -> None:
        """Run to where these cards are drawn for the moment."""
        names = list(names)
        for name in names:
            self.put_card(name)
        for key in {key for name in names for key in self._at.get(name, ())}:
            item = self.items[key]
            self._ends[key] = self._ends_of(item)
            self._route_one(item, self._ends[key], self._lanes.get(key, 0))

    def start_anew(self) -> None:
        """Another graph is shown."""
        self._lanes, self._ends = {}, {}

    def restyle(self) -> None:
        """Take the colours of the active theme."""
        for item in self.items.values():
            item.restyle()


def _rect(area: QRectF) -> Rect:
    return Rect(area.left(), area.top(), area.right(), area.bottom())


def _size(rect: Rect) -> tuple[float, float, float, float]:
    return rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top
