"""Selecting by keys: everything, what follows or leads here, the next link, frame or note."""

from __future__ import annotations

from designer.canvas.along import along
from designer.canvas.scene import JourneyScene
from designer.canvas.walking import next_of
from designer.selection import Selection


class Selecting:
    """On one canvas."""

    def __init__(self, scene: JourneyScene, selection: Selection) -> None:
        self._scene, self._selection = scene, selection

    def all(self) -> None:
        """Every step, frame and note that is shown."""
        scene = self._scene
        steps = [name for name in scene.cards if not scene.is_hidden(name)]
        frames = [name for name, frame in scene.frames.items() if frame.isVisible()]
        notes = [name for name, note in scene.notes.items() if note.isVisible()]
        self._selection.select(steps, (), frames, notes)

    def along(self, *, forward: bool) -> None:
        """All steps that follow the selected ones, or lead to them, besides these."""
        selection = self._selection
        selection.select(along(selection.shown_graph, selection.steps, forward=forward))

    def next_link(self) -> None:
        """The next link of the selected step, one after the other."""
        chosen = self._selection.selected
        step = chosen.steps[-1] if chosen.steps else (chosen.links[-1][0] if chosen.links else None)
        keys = [key for key in self._scene.links if step is None or key[0] == step]
        key = next_of(keys, chosen.links)
        if key is not None:
            self._selection.select(links=[key])

    def next_paper(self) -> None:
        """The next frame or note, one after the other."""
        scene, chosen = self._scene, self._selection.selected
        papers = {**scene.frames, **scene.notes}
        seen = [name for name, paper in papers.items() if paper.isVisible()]
        name = next_of(seen, [*chosen.frames, *chosen.notes])
        if name in scene.frames:
            self._selection.select(frames=[name])
        elif name is not None:
            self._selection.select(notes=[name])
