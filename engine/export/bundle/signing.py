"""Ed25519 signatures over a manifest; they need the package `cryptography`."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from engine.errors import WaylineError
from engine.export.bundle.archive import BundleError
from engine.export.bundle.making import SIGNATURE

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

_ALGORITHM: Final = "Ed25519"


class SigningError(WaylineError):
    """A file that holds no key of the kind that is needed."""


def signature(manifest: bytes, private_pem: bytes) -> bytes:
    """The content of `manifest.sig`: algorithm, which key, and the signature, as JSON."""
    key = _private(private_pem)
    told = {
        "algorithm": _ALGORITHM,
        "public_key_sha256": _fingerprint(key.public_key()),
        "signature": base64.b64encode(key.sign(manifest)).decode(),
    }
    return (json.dumps(told, indent=1, sort_keys=True) + "\n").encode()


def signer(content: bytes) -> str:
    """Which key signed: the SHA-256 of its public half; BundleError if that cannot be read."""
    return str(_told(content)["public_key_sha256"])


def check_signature(manifest: bytes, content: bytes, public_pem: bytes) -> None:
    """BundleError unless the key signed exactly this manifest."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - an extra

    key = _public(public_pem)
    told = _told(content)
    try:
        key.verify(base64.b64decode(told["signature"], validate=True), manifest)
        is_valid = told["public_key_sha256"] == _fingerprint(key)
    except (InvalidSignature, binascii.Error, TypeError):
        is_valid = False
    if not is_valid:
        raise BundleError(
            "the signature is not this key's for this manifest",
            where=SIGNATURE,
            mend="use the public key of whoever signed, or do not use the bundle.",
        )


def _told(content: bytes) -> dict[str, Any]:
    try:
        told = json.loads(content)
    except ValueError:
        told = None
    if not isinstance(told, dict) or told.get("algorithm") != _ALGORITHM:
        raise BundleError(
            "the signature cannot be read", where=SIGNATURE, mend="get the bundle anew."
        )
    return told


def _fingerprint(key: Ed25519PublicKey) -> str:
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()


def _private(pem: bytes) -> Ed25519PrivateKey:
    _need_cryptography()
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - an extra
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415

    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise SigningError(
            "the file holds no private Ed25519 key without a password",
            mend="make one with: openssl genpkey -algorithm ed25519 -out key.pem",
        )
    return key


def _public(pem: bytes) -> Ed25519PublicKey:
    _need_cryptography()
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - an extra
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415

    try:
        key = serialization.load_pem_public_key(pem)
    except ValueError:
        key = None
    if not isinstance(key, ed25519.Ed25519PublicKey):
        raise SigningError(
            "the file holds no public Ed25519 key",
            mend="get it from the private one with: openssl pkey -in key.pem -pubout",
        )
    return key


def _need_cryptography() -> None:
    try:
        import cryptography  # noqa: F401, PLC0415 - an extra
    except ImportError:
        raise SigningError(
            "signatures need the package cryptography",
            mend="install it with: pip install 'wayline[sign]'",
        ) from None
