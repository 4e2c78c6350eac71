"""Settings files: right ones are read, wrong ones are named with file, place, expectation and example, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.case import Case
from casefile.errors import Mistake, SettingsError
from casefile.settings import CaseSettings, Handling
from casefile.settings_files import read_case_settings, read_source, read_sources, write_case_settings

RIGHT = """\
title: Harbor Jobs
country: xx
languages: [id, en]
why: public job board, no login
url: "https://harborjobs.example/jobs"
family: board
select: {post: "li.ad", text: "p::text"}
gentle:
  delay: 1.5
normal: {min_posts: 20}
"""


def write(folder: Path, content: str | bytes, name: str = "xx_harbor.yml") -> Path:
    (folder / "sources").mkdir(exist_ok=True)
    path = folder / "sources" / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def mistakes(folder: Path) -> list[Mistake]:
    with pytest.raises(SettingsError) as raised:
        read_sources(folder)
    assert raised.value.remedy
    for mistake in raised.value.mistakes:
        assert mistake.file and mistake.where and mistake.problem and mistake.expected and mistake.example
        assert str(mistake) in str(raised.value)
    return raised.value.mistakes


def test_a_source_is_read_with_its_file_name_as_name(tmp_path: Path) -> None:
    write(tmp_path, RIGHT)
    [source] = read_sources(tmp_path)
    assert (source.name, source.family, source.languages) == ("xx_harbor", "board", ("id", "en"))
    assert (source.gentle.delay, source.gentle.concurrency, source.normal.min_posts) == (1.5, 1, 20)
    assert source.select.post == "li.ad"
    assert read_source(tmp_path, "xx_harbor") == source
    assert read_source(tmp_path, "xx_other") is None


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("title", "\ufefftitle"), ("country: xx", "country: no")])
def test_line_ends_byte_order_marks_and_norway_are_no_trouble(tmp_path: Path, change: tuple[str, str]) -> None:
    write(tmp_path, RIGHT.replace(*change))
    assert read_sources(tmp_path)[0].title == "Harbor Jobs"


def test_all_mistakes_of_all_files_come_at_once_each_with_its_line(tmp_path: Path) -> None:
    wrong = RIGHT.replace("country: xx", "country: Indonesia").replace("delay: 1.5", "delay: fast\n  speed: 9")
    write(tmp_path, wrong.replace("family: board\n", ""))
    write(tmp_path, RIGHT.replace("https:", "ftp:"), "xx_two.yml")
    write(tmp_path, "title: [", "xx_three.yml")
    found = {(mistake.file, mistake.where, mistake.problem.split()[0]) for mistake in mistakes(tmp_path)}
    assert found >= {
        ("sources/xx_harbor.yml", "line 2", "'country'"),
        ("sources/xx_harbor.yml", "line 8", "'gentle.delay'"),
        ("sources/xx_harbor.yml", "line 9", "'gentle.speed'"),
        ("sources/xx_harbor.yml", "whole file", "'family'"),
        ("sources/xx_two.yml", "line 5", "'url'"),
    }
    assert any(mistake.file == "sources/xx_three.yml" for mistake in mistakes(tmp_path))


@pytest.mark.parametrize(
    ("content", "where", "problem"),
    [
        ("", "line 1", "holds no settings"),
        ("# nothing\n", "line 1", "holds no settings"),
        ("- a\n- b\n", "line 1", "holds no settings"),
        ("just words", "line 1", "holds no settings"),
        (RIGHT + "title: Again\n", "line 11", "title"),
        (RIGHT + "\tx: 1\n", "line 11", ""),
        (RIGHT + "colour: red\n", "line 11", "'colour' is not a setting"),
        (RIGHT + "name: other\n", "line 11", "'name' is not set here"),
        (RIGHT + "every: 7\n", "line 11", "'every' is 7"),
        (RIGHT + "paused: perhaps\n", "line 11", "'paused'"),
        (RIGHT + "reads: !!python/object/apply:os.system ['true']\n", "line 11", "'reads'"),
        (RIGHT + "timezone: !evil x\n", "line 11", "'timezone'"),
        (RIGHT + "---\ntitle: second\n", "line 11", ""),
        (RIGHT + "browser: *nothing\n", "line 11", "a reference"),
        (RIGHT + "region: 'open\n", "line", ""),
        (RIGHT.encode() + b"timezone: \xff\xfe\n", "byte", "is not UTF-8"),
        (RIGHT.encode("utf-16"), "byte", "is not UTF-8"),
        (RIGHT + "# \0\n", "", ""),
        (RIGHT + "timezone: " + "[" * 50_000, "line 11", "nesting"),
        ("&a [*a, *a]\n", "line 1", "a reference"),
        ("x: &x {x: 1}\ny: {<<: *x}\n", "line 2", "a reference"),
        ("a: &a [x,x,x]\n" + "".join(f"b{n}: &b{n} [*a,*a,*a]\n" for n in range(30)), "line 2", "a reference"),
        ("#" * 1_000_001, "file", "larger than 1 MB"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_named_with_the_place(tmp_path: Path, content: str | bytes, where: str, problem: str) -> None:
    write(tmp_path, content)
    found = mistakes(tmp_path)
    assert any(mistake.where.startswith(where) and problem in mistake.problem for mistake in found), found
    with pytest.raises(SettingsError):
        read_source(tmp_path, "xx_harbor")


@pytest.mark.parametrize("name", ["harbor.yml", "XX_harbor.yml", "xx_har-bor.yml", "xx_harbor.yaml", "xx.yml"])
def test_a_file_with_a_wrong_name_is_named(tmp_path: Path, name: str) -> None:
    write(tmp_path, RIGHT, name)
    [mistake] = mistakes(tmp_path)
    assert (mistake.file, mistake.where) == (f"sources/{name}", "file name")


def test_a_folder_called_like_a_source_is_a_mistake_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "sources" / "xx_folder.yml").mkdir(parents=True)
    with pytest.raises(SettingsError, match="xx_folder"):
        read_sources(tmp_path)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("sources")
    write(folder, text)
    with pytest.raises(SettingsError):
        read_sources(folder)


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=3, max_size=40).filter(lambda t: len(t.strip()) > 2)


@given(words, words, st.sampled_from(Handling), st.none() | st.just("id"), st.lists(words, max_size=2).map(tuple))
def test_case_settings_come_back_as_written(
    tmp_path_factory: pytest.TempPathFactory,
    title: str,
    contact: str,
    handling: Handling,
    region: str | None,
    allow: tuple[str, ...],
) -> None:
    folder = tmp_path_factory.mktemp("case")
    settings = CaseSettings(
        title=title,
        purpose="p",
        legal_basis="l",
        contact=contact,
        handling=handling,
        region=region,
        allow_addresses=allow,
    )
    write_case_settings(folder, settings)
    assert read_case_settings(folder) == settings


@pytest.mark.parametrize(
    ("old", "new", "where", "problem"),
    [
        ('title = "', 'title = "', "line 3", ""),
        ('handling = "amber"', 'handling = "pink"', "line", "'handling' is 'pink'"),
        ("retention_days = 730", "retention_days = 0", "line", "'retention_days' is 0"),
        ("retention_days = 730", "retention_days = 730\nretention_days = 7", "line", ""),
        ("retention_days = 730", 'colour = "red"', "line", "'colour' is not a setting"),
        ("purpose", "#", "whole file", "'purpose' is missing"),
        ("retention_days = 730", "retention_days = " + "[" * 20_000, "", ""),
    ],
)
def test_a_wrong_case_file_is_named_with_the_line(case: Case, old: str, new: str, where: str, problem: str) -> None:
    path = case.folder / "case.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1) if new != old else text.replace(old, "title = "), encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        Case.open(case.folder)
    assert any(
        mistake.file == "case.toml"
        and mistake.where.startswith(where)
        and problem in mistake.problem
        and mistake.example
        for mistake in raised.value.mistakes
    ), str(raised.value)
