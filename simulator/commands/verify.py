"""`wayline verify`: what is run first when a bundle comes in."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.commands.telling import tell

if TYPE_CHECKING:
    from engine.export.bundle.verifying import Verified

EPILOG = """A bundle is read without unpacking anything: names that lead elsewhere, files that would
grow out of all proportion and any changed byte are refused, with the file that is concerned."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The bundle, and whose signature it must have."""
    parser.epilog = EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("bundle", type=Path, metavar="BUNDLE", help="a bundle (zip file)")
    parser.add_argument(
        "--key", type=Path, metavar="PEM", help="the public key that must have signed it"
    )
    parser.add_argument("--json", action="store_true", help="print the manifest as JSON")


def run(options: argparse.Namespace) -> int:
    """Say what it is; exit code 1 if it is not whole, 2 if it cannot be read."""
    from engine.export.bundle.archive import MAX_BYTES, BundleError  # noqa: PLC0415 - not for help
    from engine.export.bundle.verifying import verified  # noqa: PLC0415
    from engine.files import read_bytes  # noqa: PLC0415

    data = read_bytes(options.bundle, MAX_BYTES)
    key = read_bytes(options.key, 100_000) if options.key else None
    try:
        found = verified(data, key)
    except BundleError as error:
        tell(error.at(str(options.bundle)))
        return 1
    if options.json:
        print(json.dumps(dict(found.manifest), indent=1, ensure_ascii=False))  # noqa: T201
    else:
        _say(found)
    return 0


def _say(found: Verified) -> None:
    journey = found.manifest["journey"]
    print(f"whole: {len(found.files)} files are what the manifest says")  # noqa: T201
    print(f"journey: {journey['name']} ({journey['id']})")  # noqa: T201
    print(f"content: {journey['content_sha256']}")  # noqa: T201
    if found.signed_by is None:
        print("signature: none")  # noqa: T201
    else:
        how = "valid, by the given key" if found.is_signature_checked else "not checked (no --key)"
        print(f"signature: {how}; key {found.signed_by}")  # noqa: T201
    for one in found.manifest["targets"]:
        print(f"  {one['name']:<20} {one['status']}")  # noqa: T201
