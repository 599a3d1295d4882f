"""No crash, full disk or odd target loses a document."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.document import Document, document_to_bytes, read_document, write_document
from engine.errors import SaveError
from engine.files import save_atomically

ROOT = Path(__file__).parent.parent.parent
OLD = b"old content\n"
NEW = b"new content, which is longer\n"

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root can do this")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "j.journey.json"
    path.write_bytes(OLD)
    return path


def refusal(path: Path, data: bytes = NEW) -> SaveError:
    with pytest.raises(SaveError) as caught:
        save_atomically(path, data)
    error = caught.value
    assert str(path) in error.where
    assert error.mend
    return error


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if ".~" in path.name]


@contextlib.contextmanager
def nobody() -> Iterator[None]:
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def run(code: str, *arguments: object, before: tuple[str, ...] = ()) -> tuple[int, str]:
    command = [*before, sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout + done.stderr


SAVE = """
import sys
from pathlib import Path
from engine.errors import SaveError
from engine.files import save_atomically
try:
    save_atomically(Path(sys.argv[1]), b"x" * int(sys.argv[2]))
except SaveError as error:
    print("refused:", error)
else:
    print("saved")
"""


def test_new_file_old_file_and_backup(tmp_path: Path) -> None:
    path, backup = tmp_path / "j.journey.json", tmp_path / "j.journey.json~"
    save_atomically(path, OLD)
    assert path.read_bytes() == OLD
    assert not backup.exists()
    save_atomically(path, NEW)
    assert (path.read_bytes(), backup.read_bytes()) == (NEW, OLD)
    save_atomically(path, b"third", backup=False)
    assert (path.read_bytes(), backup.read_bytes()) == (b"third", OLD)
    save_atomically(path, b"")
    assert (path.read_bytes(), backup.read_bytes()) == (b"", b"third")
    assert sorted(path.name for path in tmp_path.iterdir()) == [path.name, backup.name]


def test_document_is_saved_and_read(tmp_path: Path, document: Document) -> None:
    path = tmp_path / "j.journey.json"
    write_document(path, document)
    assert path.read_bytes() == document_to_bytes(document)
    assert read_document(path) == document


def test_new_file_has_the_mode_of_the_umask_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    umask = os.umask(0o027)
    try:
        path = tmp_path / "j"
        save_atomically(path, OLD)
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        for mode in (0o600, 0o664, 0o777, 0o200):
            path.chmod(mode)
            save_atomically(path, NEW)
            assert stat.S_IMODE(path.stat().st_mode) == mode
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(umask)


def test_symbolic_links_are_followed_and_kept(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real = tmp_path / "real" / "j"
    real.write_bytes(OLD)
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to(real)
    save_atomically(tmp_path / "one", NEW)
    assert real.read_bytes() == NEW
    assert (tmp_path / "real" / "j~").read_bytes() == OLD
    assert (tmp_path / "one").is_symlink()
    assert (tmp_path / "two").is_symlink()
    (tmp_path / "dangling").symlink_to("real/made")
    save_atomically(tmp_path / "dangling", NEW)
    assert (tmp_path / "real" / "made").read_bytes() == NEW
    (tmp_path / "loop").symlink_to("loop")
    refusal(tmp_path / "loop")


def test_hard_links_are_broken_by_a_save(file: Path) -> None:
    other = file.with_name("other")
    other.hardlink_to(file)
    save_atomically(file, NEW)
    assert (file.read_bytes(), other.read_bytes()) == (NEW, OLD)


def test_odd_targets_are_refused_and_still_there(tmp_path: Path) -> None:
    pipe, folder = tmp_path / "pipe", tmp_path / "folder"
    os.mkfifo(pipe)
    folder.mkdir()
    (folder / "content").write_bytes(OLD)
    for odd in (pipe, folder):
        assert "not a regular file" in refusal(odd).what
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert (folder / "content").read_bytes() == OLD
    for gone in ("no/folder/j", "x" * 300, "pipe/j"):
        refusal(tmp_path / gone)
    assert "null" in refusal(tmp_path / "nul\0l").what
    assert left_over(tmp_path) == []


@root_only
def test_device_is_refused_and_still_there(tmp_path: Path) -> None:
    device = tmp_path / "full"
    try:
        os.mknod(device, 0o666 | stat.S_IFCHR, os.makedev(1, 7))
    except OSError as error:
        pytest.skip(f"no device can be made here: {error}")
    assert "not a regular file" in refusal(device).what
    assert stat.S_ISCHR(device.stat().st_mode)


def test_read_only_file_is_refused(file: Path) -> None:
    file.chmod(0o444)
    assert "read-only" in refusal(file).what
    assert file.read_bytes() == OLD


@root_only
def test_read_only_folder_is_refused(file: Path) -> None:
    for folder in (file.parent, *list(file.parents)[1:4]):
        if folder.stat().st_uid == 0 and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    file.chmod(0o666)
    with nobody():
        if not os.access(file, os.R_OK, effective_ids=True):
            pytest.skip("others cannot come to the test's folder")
        assert "permission denied" in refusal(file).what
        assert "permission denied" in refusal(file.with_name("new")).what
    assert file.read_bytes() == OLD
    assert left_over(file.parent) == []


def test_backup_that_cannot_be_made_stops_the_save(file: Path) -> None:
    file.with_name(file.name + "~").mkdir()
    assert "untouched" in refusal(file).what
    assert file.read_bytes() == OLD
    assert left_over(file.parent) == []


def test_folder_without_hard_links_gets_a_copied_backup(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    save_atomically(file, NEW)
    assert file.with_name(file.name + "~").read_bytes() == OLD
    assert left_over(file.parent) == []


def test_folder_that_cannot_be_synced_is_no_failure(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def sync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(number, os.strerror(number))
        real(handle)

    monkeypatch.setattr(os, "fsync", sync)
    number = 22
    save_atomically(file, NEW)
    assert file.read_bytes() == NEW
    number = 5
    assert "is saved, but" in refusal(file, b"third").what
    assert file.read_bytes() == b"third"


def test_stale_temporary_files_are_swept_and_others_left(file: Path) -> None:
    folder = file.parent
    names = ("~wayline-1.tmp", ".~wayline-old.tmp", ".~wayline-new.tmp", ".~wayline-old.json")
    for name in names:
        (folder / name).write_bytes(b"")
        if "new" not in name:
            os.utime(folder / name, (time.time() - 100_000,) * 2)
    save_atomically(file, NEW)
    kept = {path.name for path in folder.iterdir()}
    assert kept == {*names, file.name, file.name + "~"} - {".~wayline-old.tmp"}


@pytest.mark.parametrize("name", ["ü 客户.json", "a\nb", "-rf", "x" * 254, ".hidden", "[*?]"])
def test_odd_names_are_saved(tmp_path: Path, name: str) -> None:
    for content in (OLD, NEW):
        path = tmp_path / name
        if len(os.fsencode(name)) < 255:
            save_atomically(path, content)
            assert path.read_bytes() == content
    assert left_over(tmp_path) == []


def test_name_without_room_for_the_backups_mark(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)
    save_atomically(path, OLD)
    assert "too long" in refusal(path).what
    assert path.read_bytes() == OLD
    assert left_over(tmp_path) == []


def test_name_that_is_no_utf8(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.json"))
    save_atomically(path, OLD)
    assert path.read_bytes() == OLD


def test_limit_on_file_size_is_reported_and_nothing_lost(file: Path) -> None:
    limit = "import resource, signal; resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536));"
    code, said = run(limit + SAVE, file, 1_000_000)
    assert code == 0, said
    assert "file too large" in said
    assert str(file) in said
    assert file.read_bytes() == OLD
    assert left_over(file.parent) == []


def test_no_files_to_open_is_reported_and_nothing_lost(file: Path) -> None:
    limit = "import resource, os, engine.files; resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3));"
    code, said = run(limit + SAVE, file, 10)
    assert code == 0, said
    assert "too many open files" in said
    assert file.read_bytes() == OLD


@pytest.fixture
def small_disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", request.param, "none", place]
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", place], check=True)


@pytest.mark.parametrize("small_disk", ["size=260k"], indirect=True)
def test_full_disk_is_reported_and_nothing_lost(small_disk: Path) -> None:
    path = small_disk / "j.journey.json"
    save_atomically(path, OLD * 5000)
    for size in (210_000, 250_000, 300_000, 5_000_000):
        assert "no space left" in refusal(path, b"x" * size).what
        assert path.read_bytes() == OLD * 5000
        assert left_over(small_disk) == []
    save_atomically(path, NEW)
    assert path.read_bytes() == NEW


@pytest.mark.parametrize("small_disk", ["nr_inodes=3"], indirect=True)
def test_full_table_of_files_is_reported_and_nothing_lost(small_disk: Path) -> None:
    path = small_disk / "j"
    path.write_bytes(OLD)
    (small_disk / "other").write_bytes(OLD)
    assert "no space left" in refusal(path).what
    assert path.read_bytes() == OLD


@pytest.mark.parametrize("small_disk", ["size=260k"], indirect=True)
def test_read_only_disk_is_reported(small_disk: Path) -> None:
    path = small_disk / "j"
    path.write_bytes(OLD)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert "read-only" in refusal(path).what
    assert "read-only" in refusal(small_disk / "new").what
    assert path.read_bytes() == OLD


@pytest.fixture(scope="module")
def strace() -> str:
    found = shutil.which("strace")
    if found is None:
        pytest.skip("strace is not installed")
    if subprocess.run([found, "-o", os.devnull, "true"], check=False).returncode:
        pytest.skip("nothing may be traced here")
    return found


@pytest.mark.parametrize("call", ["fsync", "rename", "fchmod"])
def test_failing_system_call_is_reported_and_nothing_lost(
    file: Path, strace: str, call: str
) -> None:
    inject = f"inject={call}:error=EIO:when=1"
    code, said = run(SAVE, file, 1000, before=(strace, "-f", "-o", os.devnull, "-e", inject))
    assert code == 0, said
    assert "refused:" in said
    assert "input/output error" in said
    assert file.read_bytes() == OLD
    assert left_over(file.parent) == []


@pytest.mark.parametrize(
    ("call", "times"), [("fsync", 2), ("rename", 2), ("fchmod", 1), ("link", 1), ("unlink", 2)]
)
def test_killed_at_a_system_call_leaves_the_old_or_the_new(
    file: Path, strace: str, call: str, times: int
) -> None:
    for number in range(1, times + 1):
        file.write_bytes(OLD)
        inject = f"inject={call}:signal=KILL:when={number}"
        code, _ = run(SAVE, file, 1000, before=(strace, "-f", "-o", os.devnull, "-e", inject))
        assert code != 0
        assert file.read_bytes() in {OLD, b"x" * 1000}


LOOP = """
import sys
from pathlib import Path
from engine.files import save_atomically
path = Path(sys.argv[1])
print("ready", flush=True)
for number in range(10_000):
    save_atomically(path, bytes([97 + number % 26]) * 3_000_000)
"""


def test_kill_at_random_moments_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    chance, path, versions = random.Random(9), tmp_path / "j.journey.json", set()
    for _ in range(60):
        with subprocess.Popen(
            [sys.executable, "-c", LOOP, path], cwd=ROOT, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(chance.random() * 0.06)
            process.send_signal(signal.SIGKILL)
        for kept in (path, path.with_name(path.name + "~")):
            if kept.exists():
                content = kept.read_bytes()
                assert len(content) == 3_000_000
                assert content == content[:1] * 3_000_000
                versions.add(content[:1])
    assert len(versions) > 1


def test_two_at_once_leave_one_of_both(tmp_path: Path) -> None:
    path = tmp_path / "j"
    code = LOOP.replace("10_000", "20").replace('print("ready", flush=True)', "")
    together = [
        subprocess.Popen([sys.executable, "-c", code, path], cwd=ROOT, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for process in together:
        assert process.communicate(timeout=60)[1] == b""
    content = path.read_bytes()
    assert content == content[:1] * 3_000_000
    assert left_over(tmp_path) == []
