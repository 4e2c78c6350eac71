from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.addresses import may_reach, networks


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1%eth0", "fc00::1",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fd00:ec2::254",
        "fec0::1", "feff::1", "64:ff9b:1::7f00:1", "::7f00:1", "::ffff:0:7f00:1", "2001:0:7f00:1::1", "2001:db8::1",
        "2606:4700::5efe:7f00:1", "2606:4700::200:5efe:10.0.0.1", "3fff::1", "5f00::1", "168.63.129.16", "192.0.0.192",
        "192.88.99.1", "100.100.100.200", "::1%lo", "not an address", "", "127.1", "0x7f000001", "2130706433",
    ],
)  # fmt: skip
def test_no_address_inside_a_network_is_reached(address: str) -> None:
    assert not may_reach(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_reached(address: str) -> None:
    assert may_reach(address)


def test_a_case_may_allow_an_address_or_a_network() -> None:
    allowed = networks(["127.0.0.1", "10.5.0.0/16", "localhost"])
    assert may_reach("127.0.0.1", allowed) and may_reach("10.5.6.7", allowed)
    assert not may_reach("127.0.0.2", allowed) and not may_reach("10.6.0.1", allowed)


@given(st.ip_addresses(network="10.0.0.0/8") | st.ip_addresses(network="192.168.0.0/16"))
def test_no_private_address_in_any_clothing_is_reached(address: IPv4Address | IPv6Address) -> None:
    assert not may_reach(str(address))
    assert not may_reach(f"::ffff:{address}")


@given(st.ip_addresses())
def test_what_is_allowed_is_reached(address: IPv4Address | IPv6Address) -> None:
    assert may_reach(str(address), [ip_network(str(address))])
