from crawlers.reading.page import Page, read_page
from crawlers.reading.telegram import is_contact, is_preview, older_page, read_messages
from crawlers.reading.understand import PageType, understand

MESSAGE = """<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="kerja_demo/{n}">
<div class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name" href="https://t.me/kerja_demo">
<span dir="auto">Kerja <i class="emoji"><b>🔥</b></i></span></a></div>{more}
<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>
<span class="tgme_widget_message_views">{views}</span><a class="tgme_widget_message_date"
href="https://t.me/kerja_demo/{n}?single"><time datetime="2026-10-0{n}T08:35:56+00:00">08:35</time></a></div></div>"""


def preview(*messages: str) -> Page:
    more = '<a href="/s/kerja_demo?before=1" class="tme_messages_more js-messages_more" data-before="1"></a>'
    markup = f'<section class="tgme_channel_history">{more}{"".join(messages)}</section>'
    return read_page(markup.encode(), "https://t.me/s/kerja_demo", "text/html; charset=utf-8")


def message(n: int = 1, text: str = "Halo", more: str = "", views: str = "2.5K") -> str:
    return MESSAGE.format(n=n, text=text, more=more, views=views)


def test_a_message_tells_who_when_what_and_how_often_it_was_seen() -> None:
    (found,) = read_messages(preview(message(3, "Gaji <b>10 juta</b><br/>Kamboja")))
    assert (found.native_id, found.url) == ("kerja_demo/3", "https://t.me/kerja_demo/3")
    assert (found.author, found.published_words) == ("Kerja 🔥", "2026-10-03T08:35:56+00:00")
    assert (found.text, found.views, found.thread) == ("Gaji 10 juta\nKamboja", 2_500, "kerja_demo")


def test_the_channels_address_is_not_that_of_a_person_who_signed() -> None:
    signature = '<span class="tgme_widget_message_from_author" dir="auto">Dewi</span>'
    signed, unsigned = read_messages(preview(message(1, more=signature), message(2)))
    assert (signed.author, signed.author_url) == ("Dewi", None)
    assert (unsigned.author, unsigned.author_url) == ("Kerja 🔥", "https://t.me/kerja_demo")


def test_a_quoted_message_is_not_the_answers_text() -> None:
    quote = """<a class="tgme_widget_message_reply" href="https://t.me/kerja_demo/1"><div
    class="tgme_widget_message_text">the question</div></a>"""
    (found,) = read_messages(preview(message(2, "the answer", quote)))
    assert (found.text, found.reply_to) == ("the answer", "https://t.me/kerja_demo/1")


def test_the_channel_that_a_message_comes_from_is_kept_with_its_link() -> None:
    origin = """<div class="tgme_widget_message_forwarded_from">Forwarded from <a href="https://t.me/asal_demo/9"
    class="tgme_widget_message_forwarded_from_name"><span>Asal</span></a></div>"""
    (found,) = read_messages(preview(message(more=origin)))
    assert found.forwarded_from == "Asal (https://t.me/asal_demo/9)"


def test_pictures_are_named_and_not_fetched() -> None:
    photo = """<a class="tgme_widget_message_photo_wrap" style="width:9px;background-image:url('https://cdn.example/a.jpg')"></a>"""
    (found,) = read_messages(preview(message(text="", more=photo)))
    assert [(one.kind, one.url) for one in found.media] == [("photo", "https://cdn.example/a.jpg")]


def test_a_service_message_is_no_post() -> None:
    service = message().replace('class="tgme_widget_message"', 'class="tgme_widget_message service_message"')
    assert read_messages(preview(service)) == []


def test_the_page_before_is_followed_and_the_first_has_none() -> None:
    assert older_page(preview(message())) == "https://t.me/s/kerja_demo?before=1"
    assert older_page(read_page(b"<p>first", "https://t.me/s/kerja_demo")) is None


def test_a_channel_without_a_preview_is_told_from_an_empty_one() -> None:
    assert is_preview(preview())
    assert not is_preview(read_page(b"<a class=tgme_action_button_new>Send Message</a>", "https://t.me/nobody_demo"))


def test_a_page_that_only_says_how_to_reach_a_name_holds_no_post() -> None:
    markup = """<div class="tgme_page_wrap"><div class="tgme_page"><div class="tgme_page_additional">If you have Telegram, you
      can contact <a class="tgme_username_link">@kerja_demo</a> right away.</div></div></div>"""
    understood = understand(read_page(markup.encode(), "https://t.me/s/kerja_demo"))
    assert (understood.type, understood.engine, understood.posts) == (PageType.TELEGRAM, "telegram-contact", ())
    assert not is_contact(preview(message()))
