"""`wayline export`, `verify` and `conform` as users meet them."""

from __future__ import annotations

import json
import os
import random
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from engine.export.bundle.archive import BundleError
from engine.export.bundle.verifying import verified
from engine.export.target import targets
from simulator.cli import main

ROOT = Path(__file__).parent.parent.parent
QUICK = ["--replications", "2", "--jobs", "1"]


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


Wayline = Callable[..., Done]


@pytest.fixture
def wayline(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Wayline:
    """The command, with what it writes; other tests have it in a process of its own."""
    monkeypatch.chdir(ROOT)

    def run(*words: str | Path) -> Done:
        capfd.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as error:
            code = int(str(error.code))
        return Done(code, *capfd.readouterr())

    return run


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundle") / "starter.zip"
    assert main(["export", "starter", "--bundle", str(path), *QUICK]) == 0
    return path


def test_every_target_is_listed_with_what_it_loses(wayline: Wayline) -> None:
    done = wayline("export", "evara", "--list", "--json")
    told = {one["target"]: one for one in json.loads(done.stdout)}
    assert set(told) == set(targets())
    kept = ("step", "feature", "target", "severity", "reason", "workaround")
    for one in told.values():
        assert one["files"], one["target"]
        for loss in one["losses"]:
            assert tuple(loss) == kept
            assert all(loss[name] for name in kept if name != "step")


@pytest.mark.parametrize("name", sorted(targets()))
def test_a_target_is_written_into_a_folder(wayline: Wayline, tmp_path: Path, name: str) -> None:
    done = wayline("export", "evara", "--target", name, "--out", tmp_path / "made", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    written = {one.name: one.stat().st_size for one in (tmp_path / "made").iterdir()}
    assert written == {one["name"]: one["bytes"] for one in told["files"]}


def test_losses_are_said_beside_what_is_written(wayline: Wayline) -> None:
    done = wayline("export", "evara", "--target", "spiff")
    assert done.stdout.startswith("<?xml")
    assert "degraded: step front_desk, skills, teams, priority" in done.stderr
    assert "What to do:" in done.stderr


def test_a_journey_with_errors_is_not_exported(wayline: Wayline, tmp_path: Path) -> None:
    path = tmp_path / "bad.journey.json"
    document = json.loads((ROOT / "samples/starter.journey.json").read_text("utf-8"))
    document["journey"]["links"].pop()
    path.write_text(json.dumps(document), encoding="utf-8")
    done = wayline("export", path, "--target", "spiff", "--out", tmp_path / "made")
    assert done.returncode == 2
    assert "error" in done.stderr
    assert "To mend it" in done.stderr
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["export", "starter", "--target", "nope"],
        ["export", "starter", "--target", "document"],
        ["export", "starter", "--target", "spiff", "--stream"],
        ["export", "starter", "--bundle", "nowhere/at/all.zip", *QUICK],
        ["export", "starter", "--bundle", "x.zip", "--sign", "README.md", *QUICK],
        ["verify", "nowhere.zip"],
        ["conform", "nowhere.zip"],
        ["conform", "starter", "--results", "README.md"],
        ["export", "starter", "--target", "spiff", "--sign", "key.pem"],
        ["export", "starter", "--list", "--out", "somewhere"],
    ],
)
def test_bad_input_is_told_and_exits_with_2(wayline: Wayline, words: list[str]) -> None:
    done = wayline(*words)
    assert done.returncode == 2, done.stdout
    assert "To mend it" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bundle_is_verified(wayline: Wayline, bundle: Path) -> None:
    done = wayline("verify", bundle)
    assert done.returncode == 0, done.stderr
    assert "signature: none" in done.stdout
    manifest = json.loads(wayline("verify", bundle, "--json").stdout)
    with zipfile.ZipFile(bundle) as archive:
        inside = set(archive.namelist())
    own = {"manifest.json", "manifest.sha256"}
    assert {one["path"] for one in manifest["files"]} == inside - own
    assert {one["name"]: one["status"] for one in manifest["targets"]} == {
        name: one.status.value for name, one in targets().items()
    }


def test_a_program_is_told_how_far_a_bundle_is(
    wayline: Wayline, bundle: Path, tmp_path: Path
) -> None:
    path = tmp_path / "told.zip"
    done = wayline("export", "starter", "--bundle", path, "--stream", *QUICK)
    assert done.returncode == 0, done.stderr
    *progress, last = map(json.loads, done.stdout.splitlines())
    assert [(one["kind"], one["done"], one["of"]) for one in progress] == [
        ("progress", 1, 2),
        ("progress", 2, 2),
    ]
    assert last == {"kind": "bundle", "manifest": verified(path.read_bytes()).manifest}
    assert path.read_bytes() == bundle.read_bytes()


def test_the_same_journey_gives_the_same_bytes(
    wayline: Wayline, bundle: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.zip"
    wayline("export", "starter", "--bundle", again, "--replications", "2", "--jobs", "2")
    assert again.read_bytes() == bundle.read_bytes()


def test_one_flipped_byte_anywhere_is_found(bundle: Path) -> None:
    data = bundle.read_bytes()
    chance = random.Random(1)
    headers = [at for at in range(len(data) - 4) if data[at : at + 2] == b"PK"]
    around = [at + by for at in headers for by in (0, 5, 11, 15, 19, 27, 31, 40)]
    anywhere = [chance.randrange(len(data)) for _ in range(300)]
    for at in [*around, *anywhere, len(data) - 1]:
        if at >= len(data):
            continue
        changed = bytearray(data)
        changed[at] ^= 1 << chance.randrange(8)
        with pytest.raises(BundleError) as caught:
            verified(bytes(changed))
        assert caught.value.where


def test_the_changed_file_is_named(wayline: Wayline, bundle: Path, tmp_path: Path) -> None:
    data = bundle.read_bytes()
    at = data.index(b'"format": "wayline/data-use"')
    changed = tmp_path / "changed.zip"
    changed.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    done = wayline("verify", changed)
    assert done.returncode == 1
    assert "data-use.json" in done.stderr


@pytest.mark.parametrize(
    "name", ["../up.txt", "/etc/passwd", "a/../../b", "C:\\x", "..", "a\\b", "a//b", "sp ace"]
)
def test_names_that_lead_elsewhere_are_refused(wayline: Wayline, tmp_path: Path, name: str) -> None:
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"x")
    done = wayline("verify", path)
    assert done.returncode == 1
    assert "not safe" in done.stderr


def test_a_file_that_would_fill_the_disk_is_refused(wayline: Wayline, tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.txt", b"\0" * 10_000_000)
    assert path.stat().st_size < 20_000
    done = wayline("verify", path)
    assert done.returncode == 1
    assert "far larger" in done.stderr
    assert "big.txt" in done.stderr


def test_what_is_no_bundle_is_told(wayline: Wayline, tmp_path: Path) -> None:
    path = tmp_path / "odd.zip"
    path.write_bytes(os.urandom(500))
    done = wayline("verify", path)
    assert done.returncode == 1
    assert "no whole bundle" in done.stderr


def test_a_signature_is_checked(wayline: Wayline, tmp_path: Path) -> None:
    keys = {}
    for who in ("ours", "other"):
        private, public = tmp_path / f"{who}.pem", tmp_path / f"{who}.pub"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", private], check=True)
        subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public], check=True)
        keys[who] = private, public
    path = tmp_path / "signed.zip"
    done = wayline("export", "starter", "--bundle", path, "--sign", keys["ours"][0], *QUICK)
    assert done.returncode == 0, done.stderr
    assert "valid, by the given key" in wayline("verify", path, "--key", keys["ours"][1]).stdout
    assert "not checked" in wayline("verify", path).stdout
    wrong = wayline("verify", path, "--key", keys["other"][1])
    assert wrong.returncode == 1
    assert "manifest.sig" in wrong.stderr


def test_an_unsigned_bundle_does_not_pass_for_a_signed_one(
    wayline: Wayline, bundle: Path, tmp_path: Path
) -> None:
    private, public = tmp_path / "key.pem", tmp_path / "key.pub"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", private], check=True)
    subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public], check=True)
    done = wayline("verify", bundle, "--key", public)
    assert done.returncode == 1
    assert "not signed" in done.stderr


def test_vectors_of_a_bundle_conform(wayline: Wayline, bundle: Path, tmp_path: Path) -> None:
    told = json.loads(wayline("conform", bundle, "--json").stdout)
    assert told["differing"] == {}
    assert told["vectors"] == told["coverage"]["paths"] > 0
    lines = tmp_path / "vectors.jsonl"
    wayline("conform", bundle, "--vectors", lines)
    with zipfile.ZipFile(bundle) as archive:
        assert lines.read_bytes() == archive.read("conformance/vectors.jsonl")


def test_results_of_another_engine_are_held_against_the_vectors(
    wayline: Wayline, tmp_path: Path
) -> None:
    lines, results = tmp_path / "vectors.jsonl", tmp_path / "results.jsonl"
    wayline("conform", "evara", "--vectors", lines)
    vectors = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    told = [{"id": one["id"], **one["expected"]} for one in vectors]
    results.write_text("".join(f"{json.dumps(one)}\n" for one in told), encoding="utf-8")
    assert wayline("conform", "evara", "--results", results).returncode == 0
    told[0]["steps"][-1] = "elsewhere"
    del told[1]
    results.write_text("".join(f"{json.dumps(one)}\n" for one in told), encoding="utf-8")
    done = wayline("conform", "evara", "--results", results)
    assert done.returncode == 1
    assert f"{vectors[0]['id']}: steps: " in done.stdout
    assert f"{vectors[1]['id']}: there is no result" in done.stdout


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda told: [told], "no object with an id"),
        (lambda told: [*told, told[0]], "line 16"),
        (lambda told: [*told, told[0]], "a result of"),
        (lambda told: [{**told[0], "id": "nobody"}], "there is no vector “nobody”"),
        (lambda told: [{**told[0], "steps": "x"}], "steps: "),
    ],
)
def test_wrong_results_are_told_with_line_and_reason(
    wayline: Wayline, tmp_path: Path, change: Callable[[list[Any]], list[Any]], said: str
) -> None:
    lines, results = tmp_path / "vectors.jsonl", tmp_path / "results.jsonl"
    wayline("conform", "evara", "--vectors", lines)
    vectors = [json.loads(line) for line in lines.read_text("utf-8").splitlines()][:15]
    told = [{"id": one["id"], **one["expected"]} for one in vectors]
    results.write_text("".join(f"{json.dumps(one)}\n" for one in change(told)), encoding="utf-8")
    done = wayline("conform", "evara", "--results", results)
    assert done.returncode == 2, done.stdout
    assert said in done.stderr
