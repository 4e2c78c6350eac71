import pytest

from casefile.errors import SettingsError
from casefile.settings import Select, SourceSettings
from crawlers.reading.selecting import check_selectors


def source(**select: str) -> SourceSettings:
    return SourceSettings(
        name="xx_demo",
        title="t",
        country="xx",
        why="w",
        url="https://a.example/",
        family="board",
        select=Select(**select),
    )


def test_all_selectors_that_cannot_be_understood_are_named_at_once() -> None:
    with pytest.raises(SettingsError) as error:
        check_selectors(source(post="li..ad", text="xpath:///[", title="h1"))
    assert "select.post" in str(error.value)
    assert "select.text" in str(error.value)
    assert "select.title" not in str(error.value)


def test_good_selectors_pass() -> None:
    check_selectors(source(post="li.ad", link="a::attr(href)", text="xpath:.//p"))


@pytest.mark.parametrize("query", ['xpath://*[re:test(@id, "(a+)+$")]', 'xpath:re:replace (., "(a|a)*b", "g", "")'])
def test_a_regular_expression_that_a_page_could_make_endless_is_refused(query: str) -> None:
    with pytest.raises(SettingsError, match="contains"):
        check_selectors(source(post="li.ad", text=query))


def test_words_that_look_like_a_regular_expression_pass() -> None:
    check_selectors(source(post="li.ad", text='xpath:.//p[contains(., "re: gaji (bulanan)")]'))
