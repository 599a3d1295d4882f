"""Is this bundle whole, unchanged and safe? What is run before anything else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.document import content_hash, parse_document
from engine.errors import DocumentError
from engine.export.bundle.archive import BundleError, archive_files
from engine.export.bundle.making import DIGEST, FORMAT, MANIFEST, SIGNATURE, VERSION
from engine.export.bundle.signing import check_signature, signer
from engine.export.vector import Vector

_ANEW = "get the bundle anew from where it was made."


@dataclass(frozen=True, slots=True)
class Verified:
    """A bundle in which every file is what its manifest says.

    signed_by: SHA-256 of the key that signed, None without a signature.  is_signature_checked:
    whether it was held against a key.
    """

    files: Mapping[str, bytes]
    manifest: Mapping[str, Any]
    signed_by: str | None
    is_signature_checked: bool

    def vectors(self) -> list[Vector]:
        """The conformance vectors in it."""
        lines = self.files["conformance/vectors.jsonl"].splitlines()
        return [Vector.model_validate_json(line) for line in lines]


def verified(data: bytes, public_pem: bytes | None = None) -> Verified:
    """The bundle of these bytes; BundleError that names the file if anything is amiss.

    public_pem: the key that must have signed it.
    """
    files = archive_files(data)
    manifest = _manifest(files)
    listed = {one["path"]: one for one in manifest["files"]}
    for name, content in files.items():
        if name in {MANIFEST, DIGEST, SIGNATURE}:
            continue
        if name not in listed:
            raise BundleError("the manifest does not list this file", where=name, mend=_ANEW)
        if hashlib.sha256(content).hexdigest() != listed[name]["sha256"]:
            raise BundleError("the file is not the one of the manifest", where=name, mend=_ANEW)
    missing = next((name for name in listed if name not in files), None)
    if missing is not None:
        raise BundleError("the file is missing", where=missing, mend=_ANEW)
    _check_journey(files, manifest)
    signed = files.get(SIGNATURE)
    if public_pem is not None:
        if signed is None:
            raise BundleError(
                "the bundle is not signed", where=SIGNATURE, mend="ask for a signed one."
            )
        check_signature(files[MANIFEST], signed, public_pem)
    return Verified(files, manifest, signer(signed) if signed else None, public_pem is not None)


def _manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    for name in (MANIFEST, DIGEST):
        if name not in files:
            raise BundleError("the file is missing", where=name, mend=_ANEW)
    if files[DIGEST] != f"{hashlib.sha256(files[MANIFEST]).hexdigest()}\n".encode():
        raise BundleError("the manifest is not the one that was written", where=MANIFEST,
                          mend=_ANEW)  # fmt: skip
    manifest = json.loads(files[MANIFEST])
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise BundleError("this is no manifest of a Wayline bundle", where=MANIFEST, mend=_ANEW)
    if manifest.get("version") != VERSION:
        raise BundleError(
            f"the bundle is of version {manifest.get('version')!r}; this Wayline reads {VERSION}",
            where=MANIFEST,
            mend="update Wayline.",
        )
    return manifest


def _check_journey(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
    name = "journey.json"
    try:
        document = parse_document(files.get(name, b""))
    except DocumentError as error:
        raise BundleError(error.what, where=name, mend=error.mend) from None
    if content_hash(document) != manifest["journey"]["content_sha256"]:
        raise BundleError("the journey is not the one of the manifest", where=name, mend=_ANEW)
