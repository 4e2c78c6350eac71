import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.reading.addresses import permalink, web_address

BASE = "https://jobs.example/list?page=2"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/ad/1", "https://jobs.example/ad/1"),
        ("?id=5", "https://jobs.example/list?id=5"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("https://user:secret@jobs.example:443/a", "https://jobs.example/a"),
        ("/việc làm", "https://jobs.example/vi%E1%BB%87c%20l%C3%A0m"),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
    ],
)
def test_a_link_becomes_an_absolute_address(link: str, address: str) -> None:
    assert web_address(BASE, link) == address


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://a/b", "mailto:a@b.example", "", None],
)
def test_no_other_scheme_is_followed(link: str | None) -> None:
    assert web_address(BASE, link) is None


@pytest.mark.parametrize("link", ["http://[", "https://host:port/", "http://host:99999999/", "https://:80/"])
def test_a_broken_link_is_none(link: str) -> None:
    assert web_address(BASE, link) is None


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("https://a.example/t?id=5&sid=0123abcd&utm_source=x#p7", "https://a.example/t?id=5"),
        ("https://a.example/t;jsessionid=AB12?id=5", "https://a.example/t?id=5"),
        ("https://a.example/t?b=2&a=1", "https://a.example/t?b=2&a=1"),
    ],
)
def test_a_permalink_holds_no_session(address: str, clean: str) -> None:
    assert permalink(address) == clean


def test_a_permalink_of_a_reply_keeps_its_anchor() -> None:
    assert permalink("https://a.example/t?sid=1#p7", fragment=True) == "https://a.example/t#p7"


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_any_link_is_an_http_address_or_none(link: str) -> None:
    address = web_address(BASE, link)
    assert address is None or address.startswith(("http://", "https://"))


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_an_address_stays_what_it_is(link: str) -> None:
    address = web_address(BASE, link)
    assert address is None or web_address(BASE, address) == address


@given(st.from_regex(r"/[\w\-.~%/?=&#: ]{0,40}", fullmatch=True, alphabet="/abz09-._~%?=&#: é"))
def test_a_link_within_a_site_is_the_same_address_however_it_is_written(link: str) -> None:
    if not link.startswith("//") and "/." not in link:
        assert web_address("https://a.example/x/y?z#f", link) == web_address("", f"https://a.example{link}")


@pytest.mark.parametrize("host", ["a\x1b[2J", "a b", "a\ud800", "a<b>", "\u202eelpmaxe", "a\x9b"])
def test_a_host_with_signs_that_no_name_holds_is_no_address(host: str) -> None:
    assert web_address("", f"https://{host}/x") is None


def test_half_a_surrogate_pair_breaks_no_address() -> None:
    assert web_address("", "https://forum.example/\ud800?q=\udfff") == "https://forum.example/??q=?"
