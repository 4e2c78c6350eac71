"""Wallets count only with a right checksum. The addresses are made here, or are the standards' own examples."""

from __future__ import annotations

import base58
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.wallets import wallets
from tests.pipeline.extract.reading import values

INVENTED = bytes(range(20))
ADDRESSES = {
    "bitcoin": [
        base58.b58encode_check(b"\x00" + INVENTED).decode(),
        base58.b58encode_check(b"\x05" + INVENTED).decode(),
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",  # BIP 173
        "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",  # BIP 350
    ],
    "tron": [base58.b58encode_check(b"\x41" + INVENTED).decode()],
    "ethereum": ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"],  # EIP-55
}
ALL = [(chain, address) for chain, addresses in ADDRESSES.items() for address in addresses]


@pytest.mark.parametrize(("chain", "address"), ALL)
def test_an_address_with_a_right_checksum_is_found(chain: str, address: str) -> None:
    expected = address.lower() if address.startswith("BC1") else address
    assert values(wallets, f"USDT：{address}。") == [f"{chain}:{expected}"]


@pytest.mark.parametrize(
    "text",
    [
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",  # one capital is wrong
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",  # no capitals, no checksum
        "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7k7grplx",  # version 1 with bech32
        "0" * 40,
        "1" * 34,
    ],
)
def test_an_address_without_a_right_checksum_is_none(text: str) -> None:
    assert values(wallets, text) == []


@given(st.sampled_from([address for _, address in ALL if not address.startswith("BC1")]), st.data())
def test_one_changed_character_is_noticed(address: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(3, len(address) - 1))
    if address.startswith("0x") and not address[place].isalpha():
        return  # EIP-55 puts its checksum in the letters' case
    changed = address[:place] + address[place].swapcase() + address[place + 1 :]
    if changed != address:
        assert values(wallets, changed) == []
