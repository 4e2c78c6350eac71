"""Three hundred secrets in every field and script: none is in a dossier, its text layer, its data, or its drawings.

As in the proof of exports, the search is written without the code that redacts. A dossier holds no photographs: all that
is drawn in it is vectors, whose words are text in the page and in the PDF.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from pypdf import PdfReader

from casefile.case import Case
from casefile.records import PostKind, ReadPost
from desk.dossier import writing
from desk.dossier.writing import Wanted
from desk.languages import find_language, languages
from desk.paper import Form
from tests.crawlers.test_printing import needs_browser
from tests.desk.handing_over.making import fill
from tests.desk.handing_over.test_redaction_proof import Planted, plain, planted, posts_of, readings, settings_telling
from tests.graph.making import MEDAN, POIPET, company, phone, read_post, unlike

A, B = "+6281200000003", "+66910000004"
_OFFERS = 6


def offers_of_one_recruiter(secrets: list[Planted]) -> Iterator[ReadPost]:
    """Offers with two contacts of theirs, in which all secrets stand, each in one of its ways of writing."""
    for number in range(_OFFERS):
        shown = [secret.written(number + turn) for turn, secret in enumerate(secrets[number::_OFFERS])]
        company_of_somebody = f"PT {shown[0]}"
        text = f"{unlike(500 + number)} Poipet Medan {A} {B} {company_of_somebody}. {' / '.join(shown)}"
        named = {
            "Poipet": POIPET,
            "Medan": MEDAN,
            A: phone(A),
            B: phone(B),
            company_of_somebody: company(company_of_somebody),
        }
        read = read_post(f"told{number}", text, named, author="agen lautan", day=number)
        url = f"https://xx_board.example/{quote(shown[1])}"
        yield replace(read, post=replace(read.post, title=shown[2], url=url, thread=shown[3]))


@pytest.fixture(scope="module")
def secrets() -> list[Planted]:
    return planted()


@pytest.fixture(scope="module")
def full_case(tmp_path_factory: pytest.TempPathFactory, secrets: list[Planted]) -> Iterator[Case]:
    folder = tmp_path_factory.mktemp("planted") / "case"
    with Case.create(folder, settings_telling(secrets)) as case:
        fill(case, [*posts_of(secrets), *offers_of_one_recruiter(secrets)])
        (folder / "translations").mkdir()
        gists = (f"{post.id}: A job, ask {secrets[7].written(1)}\n" for post in case.store.posts("xx_board"))
        (folder / "translations" / "id.yml").write_text("".join(gists), encoding="utf-8")
        yield case


def written(case: Case, to: Path, **more: object) -> Path:
    wanted = Wanted(subject="1", language=find_language("en"), purpose="a test", legal_basis="none needed", to=to)
    return writing.write(case, replace(wanted, **more)).path  # type: ignore[arg-type]  # as given


def found_in(content: bytes, secrets: list[Planted]) -> list[Planted]:
    told = [plain(reading) for reading in readings(content)]
    return [one for one in secrets if any(plain(one.value.removeprefix("+62")) in text for text in told)]


@pytest.mark.parametrize("recipient", ["own", "police", "partner", "public"])
@pytest.mark.parametrize("language", languages())
def test_no_secret_is_in_any_byte_of_a_page(
    full_case: Case, secrets: list[Planted], recipient: str, language: str, tmp_path: Path
) -> None:
    place = written(
        full_case, tmp_path / "told.html", form=Form.HTML, recipient=recipient, language=find_language(language)
    )
    assert found_in(place.read_bytes(), secrets) == []
    assert "Poipet" in place.read_text(encoding="utf-8")


@needs_browser
@pytest.mark.parametrize("recipient", ["police", "public"])
def test_no_secret_is_in_the_text_or_the_data_of_a_pdf(
    full_case: Case, secrets: list[Planted], recipient: str, tmp_path: Path
) -> None:
    content = written(full_case, tmp_path / "told.pdf", form=Form.PDF, recipient=recipient).read_bytes()
    reader = PdfReader(io.BytesIO(content))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Poipet" in text
    assert found_in(text.encode(), secrets) == []
    told = [
        str(reader.metadata),
        str(reader.xmp_metadata and reader.xmp_metadata.stream.get_data()),
        str(reader.outline),
    ]
    assert found_in("\n".join(told).encode(), secrets) == []
    assert [image for page in reader.pages for image in page.images] == []
    assert list(reader.attachments) == []


@pytest.mark.parametrize("name", ["Al", "李", "🌸", "E"])
def test_a_name_of_one_or_two_signs_is_taken_out_of_the_words_of_posts(case: Case, tmp_path: Path, name: str) -> None:
    offers = [
        read_post(n, f"{unlike(n)} Poipet {A} cari {name} sekarang", {"Poipet": POIPET, A: phone(A)}, author="agen")
        for n in (1, 2, 3)
    ]
    plea = read_post(9, "Tolong", {}, kind=PostKind.PLEA, author=name)
    fill(case, [*offers, plea])
    page = written(case, tmp_path / "told.html", form=Form.HTML).read_text(encoding="utf-8")
    assert "sekarang" in page and f"cari {name} sekarang" not in page


@pytest.mark.parametrize("language", [one for one in languages() if one != "en"])
def test_what_the_case_calls_a_network_is_told_in_the_readers_language(
    full_case: Case, language: str, tmp_path: Path
) -> None:
    place = written(full_case, tmp_path / "told.html", form=Form.HTML, language=find_language(language))
    assert "Towards" not in place.read_text(encoding="utf-8")
