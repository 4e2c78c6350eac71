"""Stack Exchange and sites of its make: a question and its answers. Remarks under them are no posts of their own."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout

# Who edited a post signs before who wrote it; who remarked on it signs further below.
_WRITER = (
    './/*[contains(concat(" ",normalize-space(@class)," ")," post-signature ")]'
    "[not(ancestor::*[contains(@class,'comments')])]"
)
_DETAILS = f'({_WRITER})[last()]//*[contains(concat(" ",normalize-space(@class)," ")," user-details ")]'
_POST = Layout(
    post='xpath://div[@data-questionid or @data-answerid or @id="question" or starts-with(@id,"answer-")]'
    '[.//*[contains(@class,"js-post-body") or contains(@class,"post-text")]]',
    text=(".js-post-body", ".post-text"),
    drop=".question-status, .s-notice, .post-notice, .snippet-ctas, .post-taglist",
    author=(
        f'xpath:({_WRITER}//*[@itemprop="author"]//*[@itemprop="name"])[1]',
        f"xpath:{_DETAILS}/a",
        f"xpath:{_DETAILS}/span[not(@class)]",
        "xpath:self::*[not(@data-author-username='')]/@data-author-username",
    ),
    author_link=(f"xpath:{_DETAILS}/a/@href",),
    date=(
        "xpath:.//time[@itemprop='dateCreated'][not(ancestor::*[contains(@class,'comments')])]",
        f'xpath:({_WRITER})[last()]//*[contains(@class,"relativetime")]',
    ),
    date_part=r"^([^,]*)",
    link=("xpath:self::*[starts-with(@id,'answer-')]//a[contains(@class,'js-share-link')]/@href",),
    title=("#question-header h1", "h1"),
)
STACK_EXCHANGE = Engine(
    name="Stack Exchange",
    marks={
        "#question-header": 0.5,
        ".js-post-body": 0.6,
        "cdn.sstatic.net": 0.7,
        "#answers": 0.3,
        ".question-hyperlink": 0.3,
        ".question-page": 0.6,
    },
    layouts=(_POST,),
    threads=".s-post-summary--content-title a::attr(href), .summary .question-hyperlink::attr(href)",
    following='a[rel="next"]::attr(href), .s-pagination a[rel="next"]::attr(href)',
)
