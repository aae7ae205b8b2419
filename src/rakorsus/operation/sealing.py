"""A file sealed by a passphrase: AES-256-GCM in pieces, so that memory stays flat.

Layout: 8 bytes of mark, 16 of salt, then pieces of up to 1 MiB, each with its 16-byte tag. The
nonce of a piece is its number and whether it is the last one (the STREAM construction of Hoang,
Reyhanitabar, Rogaway and Vizár, 2015): pieces cannot be swapped, repeated, cut off or altered
without notice. The key comes from the passphrase by scrypt (n = 2^16, r = 8, p = 1).
"""

from __future__ import annotations

import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MARK = b"RAKSEAL1"
_SALT = 16
_PIECE = 1024 * 1024
_TAG = 16


class WrongPassphrase(ValueError):
    """The passphrase is not the one of this file, or the file was changed."""


def is_sealed(path: str | os.PathLike[str]) -> bool:
    with open(path, "rb") as file:
        return file.read(len(MARK)) == MARK


def seal(source: BinaryIO, target: BinaryIO, passphrase: str) -> None:
    """Write `source`, read to its end, sealed into `target`."""
    salt = os.urandom(_SALT)
    target.write(MARK + salt)
    cipher = _cipher(passphrase, salt)
    number = 0
    piece = source.read(_PIECE)
    while True:
        following = source.read(_PIECE)
        target.write(cipher.encrypt(_nonce(number, last=not following), piece, MARK))
        if not following:
            return
        number, piece = number + 1, following


def unseal(source: BinaryIO, target: BinaryIO, passphrase: str) -> None:
    """Write what was sealed in `source` into `target`.

    Raises:
        WrongPassphrase: nothing of what was written before it may be used.
    """
    if source.read(len(MARK)) != MARK:
        raise WrongPassphrase("not a sealed file")
    cipher = _cipher(passphrase, source.read(_SALT))
    number = 0
    piece = source.read(_PIECE + _TAG)
    while True:
        following = source.read(_PIECE + _TAG)
        try:
            target.write(cipher.decrypt(_nonce(number, last=not following), piece, MARK))
        except (InvalidTag, ValueError) as error:
            raise WrongPassphrase("wrong passphrase, or the file was changed") from error
        if not following:
            return
        number, piece = number + 1, following


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    key = Scrypt(salt=salt, length=32, n=2**16, r=8, p=1).derive(passphrase.encode())
    return AESGCM(key)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
