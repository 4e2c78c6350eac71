from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.reading.records.densest import fuller_text
from crawlers.reading.records.openings import posted_date
from crawlers.reading.records.outline import read_outline
from crawlers.reading.unknown import read_unknown
from tests.crawlers.reading.records.built import FOOTER, MENU, PROSE, page_of

DUTIES = "".join(
    f"<li>Answer the calls of customer {n} and write down what each of them asks for.</li>" for n in range(9)
)
ADVERT = f"""{MENU}<table><tr><td><table><tr><td><h1>Clerk at sea</h1></td></tr><tr><td>Posted date: 4/27/2026</td></tr>
<tr><td><a href="/friend">Refer a friend to this job and win a prize for it</a></td></tr>
<tr><td>Requirements<br>{PROSE * 3}</td></tr><tr><td><ul>{DUTIES}</ul></td></tr><tr><td>Salary: 900</td></tr></table></td>
</tr></table>{FOOTER}"""


def test_lines_that_the_article_lacks_are_read_from_the_densest_part() -> None:
    text = fuller_text(read_outline(page_of(ADVERT)), f"Requirements\n{PROSE * 3}", "Clerk at sea")
    assert text.startswith("Clerk at sea")
    assert all(f"customer {n} " in text for n in range(9)) and "Salary: 900" in text
    assert "Menu entry" not in text and "About us" not in text and "Refer a friend" not in text


def test_a_text_that_lacks_no_line_stays_as_it_is() -> None:
    text = "A line of its own\n" + PROSE * 3
    assert fuller_text(read_outline(page_of(f"{MENU}<p>{PROSE * 3}</p>{FOOTER}")), text) == text


def test_an_advert_in_nested_tables_is_read_whole_and_dated_by_its_label() -> None:
    post = read_unknown(page_of(ADVERT, "https://papan.example/jobs/7/job")).posts[0]
    assert all(f"customer {n} " in post.text for n in range(9))
    assert post.published_words == "4/27/2026"


def test_a_date_counts_as_the_adverts_where_its_label_says_so() -> None:
    assert posted_date("Location: Town Posted Date: 4/27/2026") == "4/27/2026"
    assert posted_date("Ngày đăng: 27/04/2026") == "27/04/2026"
    assert posted_date("发布时间：2026-04-27") == "2026-04-27"
    assert posted_date("Closing date: 4/27/2026") is None


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>/=\"' abditrul0\n&;", max_size=300), st.text(max_size=60))
def test_no_markup_and_no_text_raise(markup: str, text: str) -> None:
    assert isinstance(fuller_text(read_outline(page_of(markup)), text, text), str)
    posted_date(text)
