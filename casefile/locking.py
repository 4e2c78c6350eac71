"""A case at rest: the whole folder in one encrypted file, and back; the plain one goes only when the other was read again.

The file is a tar of two members, so that it opens without Jejak. `case.tar.age` is the folder, encrypted (age-encryption.org)
for a key made for this once; `key.enc` is that key under the passphrase, as `openssl enc -aes-256-cbc -pbkdf2` writes it. Age's own
passphrases are not used: how long they take is measured, and a slower machine then refuses to open them.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import IO, Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7
from filelock import FileLock, Timeout

from casefile.chain import storage_error, sync_folder
from casefile.errors import CaseError
from casefile.settings_files import SETTINGS_FILE

SUFFIX = ".locked"
FEWEST_LETTERS = 12
_KEY, _CASE = "key.enc", "case.tar.age"
_ROUNDS = 2_000_000  # a second or two; OWASP (2023) asks for 600,000 with SHA-256
_SALTED = b"Salted__"  # how OpenSSL begins such a file; eight bytes of salt follow
_BLOCK = 1 << 20
_TAR_BLOCK = 512
_FILTERED: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # from Python 3.11.4 on
_LARGEST_KEY = 10_000  # bytes; one has some 300


def lock_case(folder: Path, passphrase: str) -> Path:
    """Put a case into one encrypted file beside it, and remove the folder; returns the file.

    Raises CaseError while somebody works in the case, where there is a file of that name, or the passphrase is short.
    """
    import pyrage

    folder = folder.resolve()
    locked = folder.with_name(folder.name + SUFFIX)
    if not (folder / SETTINGS_FILE).is_file():
        raise CaseError(f"{folder}: there is no case here (no {SETTINGS_FILE})", "Check the name.")
    if locked.exists():
        raise CaseError(
            f"{locked}: is there already",
            "Unlock it first. If a locking was cut off, both are whole: remove one of them.",
        )
    if len(passphrase) < FEWEST_LETTERS:
        raise CaseError(
            f"A passphrase has {FEWEST_LETTERS} letters or more.", "Five words that you will not forget do."
        )
    with _alone(folder), _explained(locked):
        identity = pyrage.x25519.Identity.generate()
        part = locked.with_name(f".{locked.name}.part")
        with part.open("wb") as file:
            part.chmod(0o600)
            _write_key(file, _hidden(str(identity).encode("ascii"), passphrase))
            _write_case(file, folder, identity)
        if _read_case(part, identity, _digests) != dict(_files(folder)):
            part.unlink()
            raise CaseError(f"{folder}: changed while it was being locked; nothing was removed", "Try again.")
        part.replace(locked)
        sync_folder(locked.parent)
    _remove(folder)
    return locked


def unlock_case(locked: Path, passphrase: str) -> Path:
    """Make the folder of a locked case again, and remove the file; returns the folder.

    Raises CaseError when the passphrase is wrong, the file is damaged, or a folder of that name is there.
    """
    import pyrage

    locked = locked.resolve()
    folder = locked.with_name(locked.name.removesuffix(SUFFIX))
    if locked.suffix != SUFFIX or not locked.is_file():
        raise CaseError(f"{locked}: is no locked case", f"Give the file that `jejak lock` made (…{SUFFIX}).")
    if folder.exists():
        raise CaseError(
            f"{folder}: is there already",
            "Nothing is written over it. If a locking was cut off, both are whole: remove one.",
        )
    with _explained(locked):
        try:
            identity = pyrage.x25519.Identity.from_str(_shown(_member(locked, _KEY), passphrase).decode("ascii"))
        except (pyrage.IdentityError, ValueError) as error:
            raise CaseError(f"{locked}: does not open with this passphrase", "Type it again.") from error
        room = folder.with_name(f".{folder.name}.opening")
        shutil.rmtree(room, ignore_errors=True)  # of an unlocking that was cut off
        room.mkdir(mode=0o700)
        _read_case(locked, identity, lambda tar: _extract(tar, room))
        if hasattr(os, "sync"):
            os.sync()
        room.replace(folder)
        sync_folder(folder.parent)
        locked.unlink()
    finish(folder)
    return folder


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Raises CaseError while another command works in the case."""
    try:
        for path in (folder / ".locks").glob("*.lock"):
            with FileLock(path, timeout=0):
                pass
    except Timeout as error:
        raise CaseError(f"{folder}: another command works in this case", "Wait until it is done.") from error
    yield


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except tarfile.TarError as error:
        raise CaseError(f"{path}: is damaged, or no locked case ({error})", "Take another copy of it.") from error
    except OSError as error:
        if error.errno is None:  # what decrypting says of a changed or cut file
            raise CaseError(f"{path}: is damaged ({error})", "Take another copy of it.") from error
        raise storage_error(error, path) from error


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file of a case, relative to it, with its SHA-256; raises CaseError at what is neither file nor folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise CaseError(f"{path}: is neither a file nor a folder", "Move it out of the case, then lock it.")
        if path.is_file():
            with path.open("rb") as file:
                yield path.relative_to(folder).as_posix(), hashlib.file_digest(file, "sha256").hexdigest()


def _digests(tar: tarfile.TarFile) -> dict[str, str]:
    """The same of a tar."""
    found = {}
    for member in tar:
        if member.isfile() and (content := tar.extractfile(member)):
            digest = hashlib.sha256()
            while block := content.read(_BLOCK):
                digest.update(block)
            found[member.name] = digest.hexdigest()
    return found


def _extract(tar: tarfile.TarFile, room: Path) -> None:
    for member in tar:
        if not (member.isfile() or member.isdir()) or not (room / member.name).resolve().is_relative_to(room):
            raise tarfile.ReadError(f"it holds {member.name}, which is no file or folder of a case")
        tar.extract(member, room, **_FILTERED)


def _write_key(file: IO[bytes], key: bytes) -> None:
    file.write(_header(_KEY, len(key)) + key + _padding(len(key)))


def _write_case(file: IO[bytes], folder: Path, identity: Any) -> None:
    """The folder as the second member; how long it is, is known, and written, when it is there."""
    import pyrage

    place = file.tell()
    file.write(bytes(_TAR_BLOCK))

    def pack(out: IO[bytes]) -> None:
        with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            for path in sorted(folder.rglob("*")):
                tar.add(path, path.relative_to(folder).as_posix(), recursive=False)

    with _poured(pack) as packed:
        pyrage.encrypt_io(packed, file, [identity.to_public()])
    length = file.tell() - place - _TAR_BLOCK
    file.write(_padding(length) + bytes(2 * _TAR_BLOCK))  # two empty blocks end a tar
    file.seek(place)
    file.write(_header(_CASE, length))
    file.flush()
    os.fsync(file.fileno())


def _read_case(locked: Path, identity: Any, read: Callable[[tarfile.TarFile], Any]) -> Any:
    """What `read` makes of the tar of the folder, decrypted as it goes."""
    import pyrage

    with locked.open("rb") as file, tarfile.open(fileobj=file, mode="r:") as outer:
        encrypted = outer.extractfile(_CASE)
        if encrypted is None:
            raise tarfile.ReadError(f"{_CASE} is missing")
        with _poured(lambda out: pyrage.decrypt_io(encrypted, out, [identity])) as plain:
            with tarfile.open(fileobj=plain, mode="r|") as tar:
                made = read(tar)
            while plain.read(_BLOCK):  # to the very end, where a cut would show
                pass
        return made


def _member(locked: Path, name: str) -> bytes:
    with tarfile.open(locked, mode="r:") as outer:
        try:
            content = outer.extractfile(name)
        except KeyError as error:
            raise tarfile.ReadError(f"{name} is missing") from error
        return content.read(_LARGEST_KEY) if content else b""


def _hidden(key: bytes, passphrase: str) -> bytes:
    salt = os.urandom(8)
    padder, cipher = PKCS7(128).padder(), _cipher(passphrase, salt).encryptor()
    return _SALTED + salt + cipher.update(padder.update(key) + padder.finalize()) + cipher.finalize()


def _shown(hidden: bytes, passphrase: str) -> bytes:
    """The key; raises ValueError when the passphrase is another one (or, one time in 256, is not the key)."""
    start = len(_SALTED) + 8
    cipher, unpadder = _cipher(passphrase, hidden[len(_SALTED) : start]).decryptor(), PKCS7(128).unpadder()
    return unpadder.update(cipher.update(hidden[start:]) + cipher.finalize()) + unpadder.finalize()


def _cipher(passphrase: str, salt: bytes) -> Cipher[CBC]:
    made = hashlib.pbkdf2_hmac("sha256", passphrase.encode("utf-8"), salt, _ROUNDS, 48)
    return Cipher(AES(made[:32]), CBC(made[32:]))


def _header(name: str, size: int) -> bytes:
    told = tarfile.TarInfo(name)
    told.size, told.mode = size, 0o600
    return told.tobuf(tarfile.GNU_FORMAT)  # one block, however large the member is


def _padding(size: int) -> bytes:
    return bytes(-size % _TAR_BLOCK)


@contextmanager
def _poured(write: Callable[[IO[bytes]], None]) -> Iterator[IO[bytes]]:
    """A stream to read from, of what `write` writes meanwhile; its error is raised when all was read."""
    reading, writing = os.pipe()
    failed: list[BaseException] = []

    def pour() -> None:
        try:
            with os.fdopen(writing, "wb") as out:
                write(out)
        except BrokenPipeError:
            return  # whoever reads has enough, or failed and says so itself
        except BaseException as error:  # noqa: BLE001 - another thread: it is raised again in the one that waits
            failed.append(error)

    thread = Thread(target=pour, name="pour", daemon=True)
    thread.start()
    try:
        with os.fdopen(reading, "rb") as plain:
            yield plain
    finally:
        thread.join()
        if failed:
            raise failed[0]


def finish(folder: Path) -> bool:
    """Remove what a locking that was cut off left of the plain folder; whether there was anything."""
    going = _going(folder.resolve())
    if not going.exists():
        return False
    try:
        shutil.rmtree(going)
    except OSError as error:
        raise storage_error(error, going) from error
    return True


def _going(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.going")


def _remove(folder: Path) -> None:
    """Under another name first: a half-removed folder must not look like a case."""
    finish(folder)
    try:
        folder.replace(_going(folder))
    except OSError as error:
        raise storage_error(error, folder) from error
    finish(folder)
