import pytest

from crawlers.reading.page import read_page
from crawlers.reading.walls import name_wall


@pytest.mark.parametrize(
    ("markup", "status", "url", "wall"),
    [
        ("<form><input type=password></form>", 200, "https://a.example/x", "login"),
        ("<p>hello", 401, "https://a.example/x", "login"),
        ("<p>hello", 200, "https://a.example/login?next=/x", "login"),
        ('<div class="g-recaptcha">', 200, "https://a.example/x", "captcha"),
        ('<script src="https://challenges.cloudflare.com/x">', 403, "https://a.example/x", "captcha"),
        ("<p>hello", 429, "https://a.example/x", "blocks us"),
        ("<p>您的访问被拒绝", 200, "https://a.example/x", "blocks us"),
        ("<p>hello", 402, "https://a.example/x", "payment"),
    ],
)
def test_a_wall_is_named(markup: str, status: int, url: str, wall: str) -> None:
    named = name_wall(read_page(markup.encode(), url, "text/html; charset=utf-8"), status)
    assert named is not None and wall in named


@pytest.mark.parametrize(
    "url", ["https://a.example/x", "https://a.example/authors/x", "https://a.example/t/login-advice"]
)
def test_a_page_without_a_wall_has_none(url: str) -> None:
    assert name_wall(read_page(b"<p>No posts today", url), 200) is None
