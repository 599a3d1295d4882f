"""The Export dialog shows what `wayline export` writes, and writes the same."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from designer.exporting.bundling import Bundling, Wish
from designer.exporting.dialog import ExportDialog
from designer.exporting.loss_model import LOSS
from designer.exporting.made import Made, make
from designer.exporting.preview import LONGEST, Preview
from designer.exporting.target_list import BUNDLE
from designer.exporting.words import standing
from designer.theme import look
from designer.two_line_list import LOWER, PICTURE
from designer.window import Window
from designer.windows import Windows
from engine.document import Document, read_document, write_document
from engine.edits import SetField
from engine.errors import WaylineError
from engine.export.bundle.verifying import verified
from engine.export.exporting import exported
from engine.export.target import Status, targets
from engine.graph_edits import rename_step
from engine.program import make_program
from engine.removal import remove_steps
from engine.shipped import sample_path
from simulator.cli import main
from tests.designer import hands
from tests.designer.journeys import broken, with_sub_journey

WAIT = 60_000
FOREVER = (sys.executable, "-c", "import time; time.sleep(60)")
CTRL = Qt.KeyboardModifier.ControlModifier
TWO_MONTHS = 60 * 86_400.0

Opener = Callable[[Document], Window]


@pytest.fixture
def opened(qtbot: QtBot, windows: Windows, tmp_path: Path) -> Opener:
    """A window with this document."""

    def do(document: Document) -> Window:
        path = tmp_path / "opened.journey.json"
        write_document(path, document)
        window = windows.open_path(path)
        assert window is not None
        window.resize(1440, 900)
        hands.bring(window)
        qtbot.waitUntil(window.work().canvas.view.hasFocus)
        return window

    return do


def dialog_of(window: Window, qtbot: QtBot) -> ExportDialog:
    """The dialog, opened by its keys, when all is made."""
    hands.key(Qt.Key.Key_E, CTRL)
    dialog = window.work().exporting.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.made is not None, timeout=WAIT)
    hands.bring(dialog)
    return dialog


@pytest.fixture
def retailer(sample_window: Callable[[str], Window], qtbot: QtBot) -> ExportDialog:
    return dialog_of(sample_window("omnichannel_retail"), qtbot)


def sample(name: str) -> Document:
    return read_document(sample_path(name))


def too_long_for_xstate() -> Document:
    """The retailer waits two months for an event."""
    document = sample("omnichannel_retail")
    step = next(s for s in document.journey.steps if s.type == "wait_for_event")
    document, _ = SetField("Longer", "journey.limit", 2 * TWO_MONTHS).apply(document)
    return SetField("Wait", f"journey.steps.{step.id}.timeout", TWO_MONTHS).apply(document)[0]


def button(root: QWidget, words: str) -> QPushButton:
    return next(b for b in root.findChildren(QPushButton) if b.text() == words and b.isVisible())


def chooser_of(dialog: ExportDialog) -> QFileDialog:
    """The file dialog that is open."""
    [chooser] = [one for one in dialog.findChildren(QFileDialog) if one.isVisible()]
    return chooser


def answer(dialog: ExportDialog, name: Path) -> None:
    """Choose this in the file dialog that is open."""
    chooser = chooser_of(dialog)
    chooser.fileSelected.emit(str(name))
    chooser.reject()
    hands.bring(dialog)


def said(dialog: ExportDialog) -> str:
    assert dialog.banner.isVisible()
    return dialog.banner.text.text()


# ---- what is shown


def test_every_target_is_listed_with_its_status_after_the_bundle(retailer: ExportDialog) -> None:
    model = retailer.targets.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    assert rows[0].data() == "Bundle"
    assert retailer.targets.current == BUNDLE
    assert [row.data() for row in rows[1:]] == [one.title for one in targets().values()]
    words = {
        Status.EXECUTED: "Executed",
        Status.LINTED: "Linted",
        Status.SCHEMA_VALID: "Schema-valid",
        Status.DOCUMENT: "For people",
    }
    pictures: dict[Status, set[str]] = {}
    for row, target in zip(rows[1:], targets().values(), strict=True):
        assert row.data(LOWER).startswith(words[target.status])
        assert words[target.status] in row.data(Qt.ItemDataRole.AccessibleTextRole)
        assert target.engine[1:] in row.data(Qt.ItemDataRole.ToolTipRole)
        pictures.setdefault(target.status, set()).add(row.data(PICTURE))
    assert all(len(names) == 1 for names in pictures.values())
    assert len(set.union(*pictures.values())) == len(pictures), "a picture stands for two"


@pytest.mark.parametrize("name", sorted(targets()))
def test_files_and_losses_are_those_of_the_export(retailer: ExportDialog, name: str) -> None:
    export = exported(make_program(sample("omnichannel_retail")), name)
    retailer.targets.choose(name)
    preview = retailer.target.preview
    names = [preview.choice.itemData(n) for n in range(preview.choice.count())]
    assert names == list(export.files)
    for number, content in enumerate(export.files.values()):
        preview.choice.setCurrentIndex(number)
        assert preview.text.toPlainText().encode() == content
    assert retailer.target.losses.model.losses == export.losses
    assert retailer.target.tabs.tabText(1) == f"Losses {len(export.losses)}"
    assert preview.choice.isVisible() == (len(export.files) > 1)


def test_losses_are_searched_and_sorted(retailer: ExportDialog) -> None:
    retailer.targets.choose("camunda8")
    retailer.target.tabs.setCurrentIndex(1)
    page = retailer.target.losses
    whole = list(page.model.rows)
    page.field.setFocus()
    hands.keys("adviser PRIORITY")
    assert 0 < len(page.model.rows) < len(whole)
    hands.keys("nowhere to be found")
    assert not page.model.rows
    button(page, "Show all").click()
    assert list(page.model.rows) == whole
    page.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    where = [page.model.where(loss).casefold() for loss in page.model.rows]
    assert where == sorted(where, reverse=True)
    page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert page.model.rows[0].severity.value == "info"
    page.table.setFocus()
    hands.key(Qt.Key.Key_C, CTRL)
    assert len(QGuiApplication.clipboard().text().splitlines()) == len(whole)


def test_a_row_leads_to_its_step(opened: Opener, qtbot: QtBot) -> None:
    window = opened(sample("evara"))
    dialog, selection = dialog_of(window, qtbot), window.work().selection
    dialog.targets.choose("spiff")
    dialog.target.tabs.setCurrentIndex(1)
    page = dialog.target.losses
    rows = [n for n, loss in enumerate(page.model.rows) if loss.step]
    first, other = rows[0], next(n for n in rows if page.model.rows[n].step != "front_desk")
    place = page.table.visualRect(page.model.index(first, 2)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert selection.step == page.model.rows[first].step
    page.table.setCurrentIndex(page.model.index(other, 0))
    page.table.setFocus()
    hands.key(Qt.Key.Key_Return)
    assert selection.step == page.model.rows[other].step
    selection.select()
    page.detail.show_step.setFocus()
    hands.key(Qt.Key.Key_Return)
    assert selection.step == page.model.rows[other].step
    assert dialog.isVisible()


def test_a_step_of_a_sub_journey_is_found_there(opened: Opener, qtbot: QtBot) -> None:
    document = with_sub_journey()
    window = opened(document)
    dialog = dialog_of(window, qtbot)
    assert dialog.made is not None
    if dialog.made.refusal is not None:
        pytest.fail(str(dialog.made.refusal))
    page = dialog.target.losses
    dialog.targets.choose("document")
    dialog.target.tabs.setCurrentIndex(1)
    [row] = [n for n, one in enumerate(page.model.rows) if one.step == "identify__hello"]
    assert page.model.index(row, 1).data() == "Identify them › Hello"
    page.table.chosen.emit(page.model.index(row, 0))
    assert window.work().selection.graph == "check"
    assert window.work().selection.step == "hello"


def test_the_text_is_searched(qtbot: QtBot) -> None:
    preview = Preview()
    qtbot.addWidget(preview)
    preview.show()
    preview.show_files({"a.txt": "One 🙂 two\nTWO <b>two</b>".encode()})
    preview.field.setText("two")
    cursor = preview.text.textCursor
    assert (preview.count.text(), cursor().selectedText()) == ("1 of 3", "two")
    QTest.keyClick(preview.field, Qt.Key.Key_Return)
    assert (preview.count.text(), cursor().selectedText()) == ("2 of 3", "TWO")
    QTest.keyClick(preview.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    preview.up.click()
    assert preview.count.text() == "3 of 3"
    preview.field.setText("(")
    assert preview.count.text() == "not found"
    assert not preview.down.isEnabled()


def test_of_a_huge_file_the_first_part_is_shown_and_it_is_said(qtbot: QtBot) -> None:
    preview = Preview()
    qtbot.addWidget(preview)
    preview.show()
    huge = "é\n" * LONGEST
    preview.show_files({"huge.txt": huge.encode()})
    assert preview.text.toPlainText() == huge[:LONGEST]
    assert f"{3 * LONGEST:,}" in preview.note.text()
    assert preview.note.isVisible()
    preview.show_files({"small.txt": b"x"})
    assert not preview.note.isVisible()


def test_a_change_in_the_window_is_followed(opened: Opener, qtbot: QtBot) -> None:
    window = opened(sample("starter"))
    dialog, session = dialog_of(window, qtbot), window.work().session
    dialog.targets.choose("document")
    dialog.target.preview.choice.setCurrentIndex(1)
    session.do(rename_step(session.document, "agent", "Agent & <i>co</i>"))
    assert dialog.made is None
    assert not dialog.save.isEnabled(), "what was before the change must not be saved"
    qtbot.waitUntil(lambda: dialog.made is not None, timeout=WAIT)
    export = exported(make_program(session.document), "document")
    assert dialog.target.preview.file == "journey.md"
    assert dialog.target.preview.text.toPlainText().encode() == export.files["journey.md"]
    assert dialog.save.isEnabled()


# ---- what is not exported


def test_a_blocked_target_says_why_and_what_to_do(opened: Opener, qtbot: QtBot) -> None:
    document = too_long_for_xstate()
    dialog = dialog_of(opened(document), qtbot)
    export = exported(make_program(document), "xstate")
    dialog.targets.choose("xstate")
    assert "Blocked" in dialog.targets.currentIndex().data(LOWER)
    assert not dialog.save.isEnabled()
    notice = dialog.target.notice
    assert notice.isVisible()
    for loss in export.blocking:
        assert loss.reason in notice.text.text()
        assert loss.workaround in notice.text.text()
    assert dialog.target.losses.table.model().index(0, 0).data(LOSS) == export.losses[0]
    dialog.targets.choose("spiff")
    assert dialog.save.isEnabled()
    assert not notice.isVisible()


def test_a_journey_with_errors_leads_to_the_problems(opened: Opener, qtbot: QtBot) -> None:
    window = opened(broken())
    dialog = dialog_of(window, qtbot)
    for name in (BUNDLE, "spiff"):
        dialog.targets.choose(name)
        assert not dialog.save.isEnabled()
    assert "Blocked" in dialog.targets.currentIndex().data(LOWER)
    window.work().around.show("history")
    button(dialog, "Show the problems").click()
    assert window.work().around.below.currentWidget() is window.work().problems
    assert window.work().exporting.dialog is None


def test_a_journey_that_is_mended_is_exported(opened: Opener, qtbot: QtBot) -> None:
    window = opened(sample("starter"))
    session = window.work().session
    session.do(remove_steps(session.document, ["agent"]))
    dialog = dialog_of(window, qtbot)
    assert not dialog.save.isEnabled()
    session.undo()
    qtbot.waitUntil(dialog.save.isEnabled, timeout=WAIT)


def test_a_target_that_breaks_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_program: object) -> dict[str, bytes]:
        raise ZeroDivisionError("oh")

    spiff = targets()["spiff"]
    worse = replace(spiff, write=breaks)
    every = {**targets(), "spiff": worse}
    monkeypatch.setattr("designer.exporting.made.targets", lambda: every)
    monkeypatch.setattr("engine.export.exporting.targets", lambda: every)
    made: Made = make(sample("starter"))
    assert set(made.exports) == set(targets()) - {"spiff"}
    assert "ZeroDivisionError" in made.failures["spiff"].what
    assert standing(made, worse).word == "Failed"


# ---- saving


@pytest.mark.parametrize("name", ["camunda8", "document"])
def test_what_is_saved_is_what_the_command_writes(
    retailer: ExportDialog, name: str, tmp_path: Path
) -> None:
    command, window = tmp_path / "command", tmp_path / "window"
    window.mkdir()
    assert main(["export", "omnichannel_retail", "--target", name, "--out", str(command)]) == 0
    written = {one.name: one.read_bytes() for one in command.iterdir()}
    retailer.targets.choose(name)
    retailer.save.click()
    answer(retailer, window / next(iter(written)) if len(written) == 1 else window)
    assert {one.name: one.read_bytes() for one in window.iterdir()} == written
    assert str(window) in said(retailer)
    retailer.save.click()
    chooser = chooser_of(retailer)
    assert Path(chooser.directory().absolutePath()) == window, "the folder is not remembered"
    chooser.reject()


def test_what_is_there_is_replaced_only_if_it_is_said(
    retailer: ExportDialog, tmp_path: Path
) -> None:
    (tmp_path / "journey.md").write_text("mine")
    retailer.targets.choose("document")
    retailer.save.click()
    answer(retailer, tmp_path)
    assert "journey.md" in said(retailer)
    button(retailer.banner, "Cancel").click()
    assert (tmp_path / "journey.md").read_text() == "mine"
    assert not (tmp_path / "journey.html").exists()
    retailer.save.click()
    answer(retailer, tmp_path)
    hands.key(Qt.Key.Key_Return)
    assert (tmp_path / "journey.md").read_text() != "mine"
    assert (tmp_path / "journey.html").exists()


def test_what_cannot_be_saved_is_said(retailer: ExportDialog, tmp_path: Path) -> None:
    retailer.targets.choose("camunda8")
    retailer.save.click()
    answer(retailer, tmp_path / "nowhere" / "a.bpmn")
    assert "To mend it" in said(retailer)


# ---- the bundle


def begin_bundle(dialog: ExportDialog, path: Path, replications: int = 2) -> None:
    dialog.targets.choose(BUNDLE)
    dialog.bundle.replications.setValue(replications)
    dialog.save.click()
    answer(dialog, path)


def wait_for_bundle(dialog: ExportDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.bundling.is_going_on, timeout=WAIT)


def test_a_bundle_is_that_of_the_command(opened: Opener, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = dialog_of(opened(sample("starter")), qtbot)
    assert (dialog.bundle.replications.value(), dialog.bundle.seed.value()) == (200, 1)
    path, other = tmp_path / "window.zip", tmp_path / "command.zip"
    begin_bundle(dialog, path)
    assert dialog.bundle.cancel.isVisible()
    assert not dialog.save.isEnabled()
    assert not path.exists()
    wait_for_bundle(dialog, qtbot)
    assert str(path) in said(dialog)
    assert verified(path.read_bytes()).manifest["journey"]["id"] == "starter"
    words = ["--replications", "2", "--jobs", "1"]
    assert main(["export", "starter", "--bundle", str(other), *words]) == 0
    assert path.read_bytes() == other.read_bytes()
    assert dialog.save.isEnabled()


def test_a_bundle_is_signed(opened: Opener, qtbot: QtBot, tmp_path: Path) -> None:
    serialization = pytest.importorskip("cryptography.hazmat.primitives.serialization")
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PrivateKey,
    )

    private = Ed25519PrivateKey.generate()
    (tmp_path / "key.pem").write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    dialog = dialog_of(opened(sample("starter")), qtbot)
    button(dialog.bundle, "Choose…").click()
    answer(dialog, tmp_path / "key.pem")
    begin_bundle(dialog, tmp_path / "signed.zip")
    wait_for_bundle(dialog, qtbot)
    assert verified((tmp_path / "signed.zip").read_bytes(), public).is_signature_checked
    button(dialog.bundle, "Do not sign").click()
    assert dialog.bundle.wish(tmp_path).key is None


def test_a_file_that_is_no_key_is_said(opened: Opener, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("no key")
    dialog = dialog_of(opened(sample("starter")), qtbot)
    dialog.bundle.sign_with(tmp_path / "no.pem")
    begin_bundle(dialog, tmp_path / "no.zip")
    wait_for_bundle(dialog, qtbot)
    assert "key" in said(dialog)
    assert "To mend it" in said(dialog)
    assert not (tmp_path / "no.zip").exists()


@pytest.mark.parametrize("way", ["button", "escape"])
def test_a_cancelled_bundle_leaves_no_file(
    opened: Opener, qtbot: QtBot, tmp_path: Path, way: str
) -> None:
    dialog = dialog_of(opened(sample("starter")), qtbot)
    folder = tmp_path / "bundles"
    folder.mkdir()
    begin_bundle(dialog, folder / "never.zip", 100_000)
    with qtbot.waitSignal(dialog.bundling.progressed, timeout=WAIT):
        pass
    so_far = dialog.bundle.progress.findChildren(QLabel)[0].text()
    for name in ("spiff", BUNDLE):
        dialog.targets.choose(name)
    assert dialog.bundle.progress.findChildren(QLabel)[0].text() == so_far
    if way == "button":
        button(dialog.bundle, "Cancel").click()
    else:
        hands.key(Qt.Key.Key_Escape)
    wait_for_bundle(dialog, qtbot)
    assert not list(folder.iterdir())
    assert "Cancelled" in said(dialog)
    assert dialog.save.isEnabled()
    assert not dialog.bundle.cancel.isVisible()
    hands.key(Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_process_that_is_gone_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    script = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
    for command in ((sys.executable, "-c", script), ("/nothing/here",), (sys.executable, "-c", "")):
        bundling = Bundling(command=command)
        with qtbot.waitSignal(bundling.failed, timeout=WAIT) as heard:
            bundling.start(sample("starter"), Wish(tmp_path / "a.zip", 2, 1, None))
        assert isinstance(heard.args[0], WaylineError)
        assert not bundling.is_going_on
    script = "print('what is this?'); import time; time.sleep(60)"
    bundling = Bundling(command=(sys.executable, "-uc", script))
    with qtbot.waitSignal(bundling.failed, timeout=WAIT) as heard:
        bundling.start(sample("starter"), Wish(tmp_path / "a.zip", 2, 1, None))
    assert "what is this?" in heard.args[0].where
    assert not (tmp_path / "a.zip").exists()


def test_a_closed_dialog_ends_its_process_unheard(qtbot: QtBot, tmp_path: Path) -> None:
    bundling = Bundling(command=FOREVER)
    bundling.start(sample("starter"), Wish(tmp_path / "a.zip", 2, 1, None))
    with (
        qtbot.assertNotEmitted(bundling.failed),
        qtbot.assertNotEmitted(bundling.cancelled),
        qtbot.assertNotEmitted(bundling.finished),
    ):
        bundling.close()
    assert not bundling.is_going_on


# ---- for everybody


def test_the_keys_open_one_dialog(opened: Opener, qtbot: QtBot) -> None:
    window = opened(sample("starter"))
    dialog = dialog_of(window, qtbot)
    hands.bring(window)
    window.actions_.all["export"].trigger()
    assert window.work().exporting.dialog is dialog
    hands.key(Qt.Key.Key_Escape)
    assert window.work().exporting.dialog is None


def test_ctrl_f_is_for_what_is_shown(retailer: ExportDialog) -> None:
    retailer.targets.choose("camunda8")
    for tab, field in enumerate((retailer.target.preview.field, retailer.target.losses.field)):
        retailer.target.tabs.setCurrentIndex(tab)
        retailer.targets.setFocus()
        hands.key(Qt.Key.Key_F, CTRL)
        assert hands.focus() is field


@pytest.mark.parametrize("name", [BUNDLE, "document"])
@pytest.mark.parametrize("tab", [0, 1])
def test_tab_reaches_everything(retailer: ExportDialog, name: str, tab: int) -> None:
    retailer.targets.choose(name)
    retailer.target.tabs.setCurrentIndex(tab)
    retailer.target.preview.field.setText("a")
    QApplication.processEvents()
    takes = Qt.FocusPolicy.TabFocus
    wanted = {
        w
        for w in retailer.findChildren(QWidget)
        if w.isVisible() and w.isEnabled() and w.focusPolicy() & takes and w.focusProxy() is None
    }
    retailer.targets.setFocus()
    reached: set[QWidget] = set()
    while (focus := hands.focus()) not in reached:
        reached.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    missing = wanted - reached
    assert not missing, [(type(w).__name__, w.accessibleName()) for w in missing]


def test_enter_in_a_field_saves_nothing(retailer: ExportDialog) -> None:
    for field in (*retailer.bundle.findChildren(QSpinBox), retailer.targets):
        field.setFocus()
        hands.key(Qt.Key.Key_Return)
        assert not retailer.findChildren(QFileDialog)
    retailer.save.setFocus()
    hands.key(Qt.Key.Key_Return)
    chooser = chooser_of(retailer)
    chooser.reject()


@pytest.mark.parametrize("document", [too_long_for_xstate, broken], ids=["blocked", "errors"])
def test_all_of_it_fits_with_text_of_twice_the_size(
    opened: Opener, qtbot: QtBot, qapp: QApplication, document: Callable[[], Document]
) -> None:
    look.apply(qapp, "light", 2.0)
    try:
        window = opened(document())
        window.resize(1100, 700)
        dialog = dialog_of(window, qtbot)
        for name in (BUNDLE, *targets()):
            dialog.targets.choose(name)
            for tab in range(2):
                dialog.target.tabs.setCurrentIndex(tab)
                qapp.processEvents()
                assert dialog.width() <= 1100, (name, tab)
                assert dialog.minimumSizeHint().width() <= 1060, (name, tab)
    finally:
        look.apply(qapp, "light")
