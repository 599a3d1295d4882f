"""A field that is a form of its own: folded to a sentence, opened to be edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import ValidationError
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from designer.inspector.field_spec import Spec
from designer.inspector.fields.editor import Editor, mark
from designer.inspector.fields.summary_button import SummaryButton
from designer.inspector.labels import unset_label
from designer.inspector.starting_values import value_for
from designer.inspector.surroundings import Surroundings
from designer.inspector.writing.reading import NONE_POSSIBLE, say
from designer.theme.look import px

Making = Callable[[Spec, Surroundings], Editor]
Summary = Callable[[Any, Spec, Surroundings], str]


class FoldedEditor(Editor):
    """What is inside is made only when it is opened; a box beside it sets it, or sets it not."""

    def __init__(
        self,
        spec: Spec,
        around: Surroundings,
        making: Making,
        summary: Summary,
        *,
        accented: bool = False,
    ) -> None:
        super().__init__(spec, around)
        self._making, self._summary = making, summary
        self._names = ("", "")
        self._shown: tuple[Any, Any, str] = (None, None, "")
        self.button = SummaryButton(accented=accented)
        self.inner: Editor | None = None
        self.box = QCheckBox() if spec.optional else None
        line = QHBoxLayout()
        line.setSpacing(px(4))
        if self.box is not None:
            self.box.clicked.connect(self._on_set)
            line.addWidget(self.box)
        line.addWidget(self.button, 1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(6))
        self._layout.addLayout(line)
        self.button.toggled.connect(self._on_toggled)

    def entry(self) -> QWidget:
        """The box if nothing is set, else the sentence."""
        return self.box if self.box is not None and self._shown[0] is None else self.button

    def forget(self) -> None:
        """Fold it."""
        if self.inner is not None:
            self.inner.forget()
        self.button.setChecked(False)

    def set_wrong(self, wrong: bool) -> None:
        """Mark the sentence."""
        mark(self.button, wrong)

    def set_names(self, name: str, help_: str) -> None:
        """Name the sentence, and the box that sets it."""
        self._names = (name, help_)
        self.button.set_name(name)
        self.button.setAccessibleDescription(help_)
        if self.box is not None:
            self.box.setAccessibleName(name)
            self.box.setAccessibleDescription(help_)

    def show_value(self, value: Any, owner: Any, place: str) -> None:
        """Say it in a sentence, and show it inside if that is open."""
        self._shown = (value, owner, place)
        if self.box is not None:
            self.box.setChecked(value is not None)
        self.button.setVisible(value is not None or self.box is None)
        if value is None and self.box is not None:
            self.box.setText(unset_label(self.spec))
            self.button.setChecked(False)
            return
        if self.box is not None:
            self.box.setText("")
        self.button.set_sentence(self._summary(value, self.spec, self.around))
        if self.inner is not None:
            self.inner.show_value(value, owner, place)

    def open(self) -> None:
        """Show what is inside, if there is anything."""
        self.button.setChecked(self._shown[0] is not None)

    def reveal(self, way: Sequence[str]) -> QWidget:
        """Open it, and go on inside."""
        if self._shown[0] is None and self.box is not None:
            return self.box
        if not way:
            return self.button
        self.open()
        return self.inner.reveal(way) if self.inner is not None else self.button

    def _on_toggled(self, opened: bool) -> None:
        if opened and self.inner is None:
            self.inner = self._making(self.spec, self.around)
            self.inner.changed.connect(self.changed)
            self.inner.left.connect(self.left)
            self.inner.complained.connect(self.complained)
            self.inner.set_names(*self._names)
            self._layout.addWidget(self.inner)
            QWidget.setTabOrder(self.button, self.inner)
            self.inner.show_value(*self._shown)
        if self.inner is not None:
            self.inner.setVisible(opened)

    def _on_set(self, is_set: bool) -> None:
        try:
            value = value_for(self.spec, self.around) if is_set else None
        except ValidationError:
            # What it needs is not there yet, such as an entry.
            self.show_value(*self._shown)
            self.complained.emit(say(NONE_POSSIBLE))
            return
        self.complained.emit("")
        self.changed.emit(value, None)
