"""Cryptocurrency addresses, and only those whose checksum is right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import base58
from eth_hash.auto import keccak

from casefile.records import Label, Mention
from pipeline.extract.mentions import make_mention
from pipeline.folding import Folded
from pipeline.hints import Hints

_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{26,90}+(?![A-Za-z0-9])")
_SHORTEST = 26
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BECH32_CONSTANT, _BECH32M_CONSTANT = 1, 0x2BC830A3  # BIP 173 and BIP 350
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def wallets(text: str, folded: Folded, hints: Hints) -> Iterator[Mention]:
    """Bitcoin, Ethereum and Tron addresses; the value is `chain:address`."""
    if max(map(len, folded.text.split()), default=0) < _SHORTEST:
        return
    for word in _WORD.finditer(folded.text):
        chain = chain_of(word[0])
        if chain:
            address = word[0].lower() if word[0][:3].lower() == "bc1" else word[0]
            yield make_mention(
                text, folded, Label.WALLET, word.span(), f"{chain}:{address}",
                confidence=0.99, extractor="wallets", chain=chain,
            )  # fmt: skip


def chain_of(address: str) -> str | None:
    """The chain whose checksum this address satisfies, if any."""
    for chain, is_valid in _CHAINS.items():
        if is_valid(address):
            return chain
    return None


def _is_bitcoin(address: str) -> bool:
    if address[:3].lower() == "bc1":
        return _is_segwit(address)
    return address[0] in "13" and len(address) <= 35 and _base58_version(address) in (0x00, 0x05)


def _is_ethereum(address: str) -> bool:
    """EIP-55: the capitals are the checksum, so one case only has none and proves nothing."""
    body = address[2:]
    if address[:2] != "0x" or len(body) != 40 or body in (body.lower(), body.upper()):
        return False
    if not re.fullmatch(r"[0-9a-fA-F]{40}", body):
        return False
    digest = keccak(body.lower().encode()).hex()
    return all(
        char.isdecimal() or char.isupper() == (int(nibble, 16) >= 8) for char, nibble in zip(body, digest, strict=False)
    )


def _is_tron(address: str) -> bool:
    return address[0] == "T" and len(address) == 34 and _base58_version(address) == 0x41


def _base58_version(address: str) -> int | None:
    """The version byte of a base58check address of 20 bytes, None where the checksum is wrong."""
    try:
        payload = base58.b58decode_check(address)
    except ValueError:
        return None
    return payload[0] if len(payload) == 21 else None


def _is_segwit(address: str) -> bool:
    """BIP 173 and BIP 350: version 0 with bech32, later versions with bech32m."""
    if address not in (address.lower(), address.upper()) or not 14 <= len(address) <= 74:
        return False
    data = [_BECH32.find(char) for char in address.lower()[3:]]
    if -1 in data:
        return False
    version, program_bits = data[0], (len(data) - 7) * 5
    expected = _BECH32_CONSTANT if version == 0 else _BECH32M_CONSTANT
    if version > 16 or _polymod([3, 3, 0, 2, 3, *data]) != expected:  # "bc" spread out as BIP 173 tells
        return False
    size, padding = divmod(program_bits, 8)
    if padding > 4 or data[-7] & ((1 << padding) - 1):
        return False
    return size in (20, 32) if version == 0 else 2 <= size <= 40


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate(_GENERATOR):
            check ^= generator if (top >> i) & 1 else 0
    return check


_CHAINS: dict[str, Callable[[str], bool]] = {"bitcoin": _is_bitcoin, "ethereum": _is_ethereum, "tron": _is_tron}
