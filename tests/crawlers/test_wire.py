from scrapy import Request
from scrapy.http import HtmlResponse

from crawlers.wire import exchange_of, note_arrival


def test_the_record_says_honestly_that_the_body_was_decoded() -> None:
    request = Request("https://a.example/x", headers={"User-Agent": "Jejak"})
    headers = {"Content-Encoding": "gzip", "Content-Length": "12", "Content-Type": "text/html"}
    note_arrival(HtmlResponse(request.url, headers=headers, body=b"\x1f\x8b...."), request)
    exchange = exchange_of(
        HtmlResponse(request.url, headers={"Content-Type": "text/html"}, body=b"<p>decoded"), request
    )
    assert exchange.body == b"<p>decoded"
    assert exchange.header("Content-Encoding") is None
    assert exchange.header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert exchange.header("Content-Type") == "text/html"
    assert dict(exchange.request_headers) == {"Host": "a.example", "User-Agent": "Jejak"}


def test_what_was_not_modified_is_recorded_as_such_without_a_body() -> None:
    request = Request("https://a.example/x")
    note_arrival(HtmlResponse(request.url, status=304, headers={"ETag": '"1"'}), request)
    exchange = exchange_of(HtmlResponse(request.url, status=200, body=b"<p>kept before"), request)
    assert (exchange.status, exchange.body, exchange.header("etag")) == (304, b"", '"1"')


def test_no_header_can_start_a_line_of_its_own() -> None:
    request = Request("https://a.example/x")
    exchange = exchange_of(HtmlResponse(request.url, headers={"X-A": "one\r\nX-B: two"}), request)
    assert exchange.header("X-A") == "one X-B: two"
