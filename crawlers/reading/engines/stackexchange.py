"""Stack Exchange and sites of its make: a question, its answers, and the comments on each."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout

_SIGNATURE = './/*[contains(concat(" ",normalize-space(@class)," ")," post-signature ")]'
_OWN = "not(ancestor::*[contains(@class,'comments')])"
_QUESTION = Layout(
    post='xpath://div[@data-questionid or @data-answerid or @id="question" or starts-with(@id,"answer-")][.//*[contains(@class,"js-post-body") or'
    ' contains(@class,"post-text")]] | //li[starts-with(@id,"comment-")][.//*[contains(@class,"comment-copy")]]',
    text=(".js-post-body", ".post-text", ".comment-copy"),
    drop=".question-status, .s-notice, .post-notice, .snippet-ctas, .post-taglist",
    author=(
        f'xpath:({_SIGNATURE}[{_OWN}]//*[@itemprop="author"]//*[@itemprop="name"])[1]',
        f'xpath:({_SIGNATURE}[{_OWN}])[last()]//*[contains(@class,"user-details")]/a',
        f'xpath:({_SIGNATURE}[{_OWN}])[last()]//*[contains(@class,"user-details")]/span[not(@class)]',
        "xpath:self::*[not(@data-author-username='')]/@data-author-username",
        "xpath:self::li//*[contains(concat(' ',@class,' '),' comment-user ')]",
    ),
    author_link=(
        f'xpath:({_SIGNATURE}[{_OWN}])[last()]//*[contains(@class,"user-details")]/a/@href',
        "xpath:self::li//a[contains(concat(' ',@class,' '),' comment-user ')]/@href",
    ),
    date=(
        "xpath:self::*[not(self::li)]//time[@itemprop='dateCreated'][not(ancestor::li)]",
        f'xpath:({_SIGNATURE}[{_OWN}])[last()]//*[contains(@class,"relativetime")]',
        "xpath:self::li//*[contains(@class,'relativetime')]",
    ),
    date_part=r"^([^,]*)",
    link=(
        "xpath:self::div[starts-with(@id,'answer-')]//a[contains(@class,'js-share-link')]/@href",
        "xpath:self::li//a[contains(@class,'comment-link')]/@href",
    ),
    title=("#question-header h1", "h1"),
    nested=True,
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
    layouts=(_QUESTION,),
    threads=".s-post-summary--content-title a::attr(href), .summary .question-hyperlink::attr(href)",
    following='a[rel="next"]::attr(href), .s-pagination a[rel="next"]::attr(href)',
)
