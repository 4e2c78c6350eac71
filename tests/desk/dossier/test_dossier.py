"""A dossier leads from every statement to its proof, and tells nobody what they may not know."""

from __future__ import annotations

import io
import json
import random
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from parsel import Selector
from pypdf import PdfReader

from casefile.case import Case
from casefile.errors import ExportRefused, NotFound, SettingsError
from casefile.records import Decision
from casefile.settings import Handling
from desk.dossier import writing
from desk.dossier.writing import Wanted
from desk.languages import find_language
from desk.paper import Form
from tests.crawlers.test_printing import needs_browser
from tests.desk.report.sample import HOSTILE, PLEA, SETTINGS, VICTIM, VICTIM_PHONE, WARNING, hostile_case, sample_case
from tests.desk.test_languages import WHOLE

WHY = {"purpose": "A joint investigation", "legal_basis": "Agreement of 2026"}


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Case]:
    with sample_case(tmp_path) as case:
        yield case


def wanted(subject: str = "network:1", language: str = "en", **more: object) -> Wanted:
    return replace(Wanted(subject=subject, language=find_language(language), form=Form.HTML), **more)  # type: ignore[arg-type]  # as given


def page_of(case: Case, **more: object) -> str:
    return writing.write(case, wanted(**more)).path.read_text(encoding="utf-8")  # type: ignore[arg-type]  # as given


def statements(page: Selector) -> list[Selector]:
    """Everything that says something: sentences of the summary, of recruiters and of signs, and lines of tables."""
    return [
        *page.css(".statements li"),
        *page.css("#who > p"),
        *page.css("#signs > p:not(.how):not(.definition)"),
        *page.css("main table tbody tr:has(td .cite)"),
    ]


def test_ten_statements_by_chance_lead_to_the_proving_post_in_two_steps(sample: Case) -> None:
    page = Selector(page_of(sample))
    told = statements(page)
    assert len(told) > 20
    for statement in random.Random(7).sample(told, 10):
        links = statement.css(".cite a::attr(href)").getall()
        assert links, statement.get()
        for link in links:  # the first step: the note
            note = page.css(link)
            [ident] = note.css(".capture::text").re(r"^post ([0-9a-f]{32})")
            post = sample.store.find_post(ident)  # the second step: the post in the case, with its capture
            assert "".join(note.css("blockquote ::text").getall()).split() == post.text.split()
            digests = {capture.payload_sha256 for capture in sample.store.captures(post.id)}
            assert set(note.css(".capture::text").re("SHA-256 ([0-9a-f]{64})")) <= digests


def test_nothing_is_said_without_a_proof(sample: Case) -> None:
    page = Selector(page_of(sample))
    for statement in [*statements(page), *page.css("#who tbody tr, #where tbody tr, #when tbody tr, #ties tbody tr")]:
        assert statement.css(".cite a"), statement.get()


def test_a_contact_stands_in_the_words_of_every_post_that_is_its_proof(sample: Case) -> None:
    page = Selector(page_of(sample))
    rows = page.xpath("//section[@id='who']//table[caption='Contacts']/tbody/tr")
    written = {
        "hr_lautan_demo": "@hr_lautan_demo",
        "+6281200001111": "0812-0000-1111",
        "+6281200002222": "0812-0000-2222",
    }
    assert {row.css("td:first-child ::text").get() for row in rows} == set(written)
    for row in rows:
        for link in row.css(".cite a::attr(href)").getall():
            words = "".join(page.css(f"{link} blockquote ::text").getall())
            assert written[row.css("td:first-child ::text").get() or ""] in words


@pytest.mark.parametrize("recipient", ["own", "police", "partner", "research", "platform"])
@pytest.mark.parametrize("subject", ["network:1", "actor:lautan"])
def test_who_pleads_or_warns_is_in_no_dossier(sample: Case, recipient: str, subject: str) -> None:
    try:
        page = page_of(sample, subject=subject, recipient=recipient, **WHY)
    except ExportRefused as refused:
        assert "may be given" in str(refused)
        return
    digits = re.sub(r"\D", "", page)
    for secret in (VICTIM[1], "Ibu Sekar", "ibu_sekar", "warga_peduli", PLEA[:40], WARNING[:40]):
        assert secret not in page
    for number in (VICTIM_PHONE[2], "800000555"):
        assert number.lstrip("+62") not in digits


def test_who_may_not_have_contacts_and_words_gets_neither(tmp_path: Path) -> None:
    with sample_case(tmp_path, SETTINGS.model_copy(update={"handling": Handling.CLEAR})) as case:
        page = page_of(case, recipient="public", **WHY)
    for secret in ("hr_lautan_demo", "1200001111", "harborjobs.example", "LOWONGAN"):
        assert secret not in page
    assert "The words of posts are not given to this recipient." in page
    assert "Poipet" in page
    assert re.search("withheld (phone number|messenger account) [b-v]{16}", page)


def test_what_is_handled_more_strictly_than_a_recipient_may_have_does_not_leave(sample: Case) -> None:
    with pytest.raises(ExportRefused, match="AMBER"):
        writing.write(sample, wanted(recipient="public"))
    assert list((sample.folder / "exports").iterdir()) == []


def test_another_recipient_needs_a_purpose_and_the_journal_keeps_it(sample: Case) -> None:
    with pytest.raises(ExportRefused, match="why"):
        writing.write(sample, wanted(recipient="police"))
    writing.write(sample, wanted(recipient="police", **WHY))
    last = list(sample.audit_log())[-1]
    assert last.action == "dossier"
    kept = {"recipient": "police", "handling": "TLP:AMBER+STRICT", "subject": "network:1", **WHY}
    assert {name: last.details[name] for name in kept} == kept


def test_nothing_that_strangers_wrote_acts_in_a_dossier(tmp_path: Path) -> None:
    with hostile_case(tmp_path) as case:
        for number, subject in enumerate(("1", f"actor:{HOSTILE}")):
            page = page_of(case, subject=subject, to=tmp_path / f"{number}.html")
            tags = {element.root.tag for element in Selector(page).css("*")}
            assert not tags & {"script", "img", "iframe", "object", "embed", "link", "base", "form", "marquee"}
            assert all(link.startswith("#note-") for link in Selector(page).css("[href]::attr(href)").getall())
            assert not re.search(r"<[^>]*\son\w+=", page)
            assert "\u202e" not in page


@pytest.mark.parametrize("language", WHOLE)
def test_a_dossier_is_whole_in_every_language(sample: Case, language: str) -> None:
    page = Selector(page_of(sample, language=language))
    english = page.css('[lang="en"] ::text').getall()
    # Reasons and signs that only the sample has.
    own = {"stand together in offers", "Travel paid by the recruiter", "Contact only by chat"}
    assert set(english) - own <= {"What has not been translated yet stands in English."}
    assert page.css("html::attr(lang)").get() == language


def test_what_is_not_translated_stands_in_english_and_the_page_says_so(sample: Case) -> None:
    language = find_language("id")
    known = {key: words for key, words in language.sentences.items() if key != "Summary"}
    written = writing.write(sample, replace(wanted(), language=replace(language, sentences=known)))
    page = Selector(written.path.read_text(encoding="utf-8"))
    assert page.css("#summary h2 span[lang=en]::text").get() == "Summary"
    assert "What has not been translated yet stands in English." in page.css("header").get("")


def test_a_translation_that_was_supplied_stands_beside_the_words_of_the_post(sample: Case) -> None:
    post = next(read.post for read in sample.store.read_posts() if read.post.source == "id_harborjobs")
    folder = sample.folder / "translations"
    folder.mkdir()
    (folder / "en.yml").write_text(f'{post.id}: "A job in Poipet, ticket paid"\n', encoding="utf-8")
    page = Selector(page_of(sample))
    assert [gist.strip() for gist in page.css(".gist bdi::text").getall()] == ["A job in Poipet, ticket paid"]
    assert page.css(".gist").xpath("../blockquote")


@pytest.mark.parametrize(
    ("written", "error"),
    [("- a\n- b\n", SettingsError), ("a: [", SettingsError), ('ffffffffffff: "of nobody"\n', NotFound)],
)
def test_a_wrong_file_of_translations_is_told(sample: Case, written: str, error: type[Exception]) -> None:
    (sample.folder / "translations").mkdir()
    (sample.folder / "translations" / "en.yml").write_text(written, encoding="utf-8")
    with pytest.raises(error):
        writing.write(sample, wanted())


def test_a_hidden_post_proves_nothing(sample: Case) -> None:
    posts = [read.post.id for read in sample.store.read_posts() if read.post.source == "th_jobboard"]
    sample.judge(Decision.HIDE, [(posts[0],)], "not to be shown")
    page = page_of(sample, subject="network:2")
    assert posts[0] not in page
    assert posts[1] in page
    sample.judge(Decision.HIDE, [(posts[1],)], "not to be shown")
    with pytest.raises(ExportRefused, match="Nothing would stand in it"):
        writing.write(sample, wanted("network:2", to=sample.folder / "other.html"))


def test_a_subject_that_is_not_there_is_refused(sample: Case) -> None:
    for subject in ("network:99", "actor:nobody", "+990000000"):
        with pytest.raises(NotFound):
            writing.write(sample, wanted(subject))


def test_a_dossier_is_for_its_owners_eyes_and_nothing_is_written_over(sample: Case, tmp_path: Path) -> None:
    path = tmp_path / "given" / "dossier.html"
    writing.write(sample, wanted(to=path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(ExportRefused, match="there already"):
        writing.write(sample, wanted(to=path))


def test_programs_are_told_what_was_written_and_what_is_held_back(
    sample: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    written = writing.write(sample, wanted())
    writing.show(written, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["dossier"] == str(written.path)
    assert told["held_back"]["posts that ask for help: left out as proof"] == 1


@needs_browser
@pytest.mark.parametrize("language", ["en", "id"])
def test_every_printed_page_says_how_it_is_handled_and_which_it_is(sample: Case, language: str) -> None:
    written = writing.write(sample, replace(wanted(language=language), form=Form.PDF))
    reader = PdfReader(io.BytesIO(written.path.read_bytes()))
    assert reader.trailer["/Root"]["/Lang"] == language
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert len(reader.pages) > 3
    for number, page in enumerate(reader.pages, 1):
        words = page.extract_text()
        assert "TLP:AMBER+STRICT" in words
        assert f"{number} / {len(reader.pages)}" in words
    whole = "\n".join(page.extract_text() for page in reader.pages)
    assert "Poipet" in whole
    assert VICTIM[1] not in whole


@needs_browser
def test_the_figures_of_a_dossier_have_words_for_those_who_do_not_see_them(sample: Case) -> None:
    page = Selector(page_of(sample))
    assert len(page.css("svg")) == 3
    assert all(page.css("svg::attr(aria-label)").getall())
    assert all(table.css("caption") and table.css("th[scope=col]") for table in page.css("table"))
