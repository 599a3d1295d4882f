"""One of a few: an enumeration, or one of the things of the document that a field may name."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.inspector.completing import Misfit, completed
from designer.inspector.field_spec import Spec, is_model
from designer.inspector.fields.combo import Combo
from designer.inspector.fields.editor import Editor
from designer.inspector.fields.new_entry import NewEntry
from designer.inspector.labels import unset_label
from designer.inspector.references import reference_of
from designer.inspector.surroundings import Surroundings
from designer.inspector.writing.codecs import codec

_NEW: Final = object()


class ChoiceEditor(Editor):
    """A combo box; of things of the document a new one can be made in passing."""

    def __init__(self, spec: Spec, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(spec, around, parent)
        self._value: Any = None
        self._reference = reference_of(spec)
        self.combo = Combo()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.combo)
        self.combo.activated.connect(self._on_activated)
        self._new: NewEntry | None = None

    def entry(self) -> QWidget:
        """The combo box."""
        return self.combo

    def show_value(self, value: Any, owner: Any, place: str) -> None:  # noqa: ARG002
        """Choose the value among those that may stand there."""
        self._value = value
        self.combo.put(self._entries(value, owner), value)

    def _entries(self, value: Any, owner: Any) -> list[tuple[object, str]]:
        found = codec(self.spec, self.around, owner)
        choices = list(found.choices or []) if found else []
        if self.spec.choices and is_model(type(owner)):
            choices = [one for one in choices if self._may_stand(one[0], value, owner)]
        entries: list[tuple[object, str]] = list(choices)
        if self.spec.optional:
            entries.insert(0, (None, unset_label(self.spec)))
        if value is not None and all(one != value for one, _ in entries):
            entries.append((value, self.tr("{0} (missing)").format(value)))
        if self._reference is not None and self._reference.new:
            entries.append((_NEW, self._new_text()))
        return entries

    def _may_stand(self, choice: Any, value: Any, owner: Any) -> bool:
        fits = completed(owner, {self.spec.name: choice})
        return choice == value or not (isinstance(fits, Misfit) and fits.together)

    def _new_text(self) -> str:
        from designer.inspector.writing.reading import say  # noqa: PLC0415

        return f"{say(self._reference.new)} …" if self._reference else ""

    def _on_activated(self, _index: int) -> None:
        chosen = self.combo.value()
        if chosen is _NEW:
            self.combo.setCurrentIndex(self.combo.index_of(self._value))
            self._open_new()
        elif chosen != self._value:
            self._value = chosen
            self.changed.emit(chosen, None)

    def _open_new(self) -> None:
        if self._reference is None:
            return
        if self._new is None:
            self._new = NewEntry(self._reference, self.around)
            self._new.made.connect(self._on_made)
            self._new.given_up.connect(self._close_new)
            self._layout.addWidget(self._new)
        self._new.open()

    def _on_made(self, name: str) -> None:
        self._close_new()
        self._value = name
        self.changed.emit(name, None)

    def _close_new(self) -> None:
        if self._new is not None:
            self._new.hide()
        self.combo.setFocus()
