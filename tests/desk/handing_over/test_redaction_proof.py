"""Three hundred secrets of people who plead, warn or stand by, in every field and script: none is in any exported byte.

The search here is a second one, written without the code that redacts: what leaves is unpacked, its escapes are undone,
and letters and digits are compared.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle, product
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from casefile.case import Case
from casefile.records import Media, PostKind, ReadPost
from casefile.settings import CaseSettings, Handling
from desk.handing_over.door import Request, give
from graph.export.formats import ExportFormat
from tests.conftest import SETTINGS
from tests.desk.handing_over.making import ALL_BUT_PAGES, fill, written
from tests.graph.making import MEDAN, POIPET, Named, company, email, handle, person, phone, read_post, unlike

A, B = "+6281200000001", "+66910000002"
_COUNT = 300
_CLEAN = 5
# Two or three syllables of each script make names that nobody bears.
_SYLLABLES = {
    "id": "ra bu ki tu wo le ma fi zu pe nga dro".split(),
    "vi": "quỳ đỗ thưở nhãng ợt khuê trọ ngẫu sửu vẹo".split(),
    "th": "กู แซ บื้อ ฉุย โท่ เพ๊ะ ดึ๋ง ฮา ว้อ ณุ".split(),
    "zh": "鑫 犇 焱 垚 淼 骉 猋 鱻 羴 晶".split(),
    "km": "ខូ ជៀ ត្រឺ ប៉ុ ស្លែ ណូ ហ៊ឹ រ៉ោ ភូ ឃ្មី".split(),
    "my": "ကွီ ချော့ ဒုံ ပြူ သွိ ညှဲ ဘောက် လှူ ယွမ့် ရှီ".split(),
    "lo": "ຂີ້ ແຈ ດຸ້ ໂຕະ ນື ເປັຽ ມູ ຫຼີ ວໍ້ ຊຸ".split(),
    "hi": "ठू झी भो घृ ढै फु ञा खौ थे छं".split(),
    "ar": "غوص طيق ضفر ظلى شذخ قثو جعث خصم".split(),
    "ru": "щур жбо фэц хлю пщё зыр гъя мню".split(),
}
_DIGITS = (
    "0123456789",
    "๐๑๒๓๔๕๖๗๘๙",
    "០១២៣៤៥៦៧៨៩",
    "၀၁၂၃၄၅၆၇၈၉",
    "०१२३४५६७८९",
    "٠١٢٣٤٥٦٧٨٩",
    "０１２３４５６７８９",
    "໐໑໒໓໔໕໖໗໘໙",
)


@dataclass(frozen=True)
class Planted:
    """A secret: whose, of which sort, and how it may be written elsewhere."""

    value: str
    kind: PostKind
    sort: str

    def named(self) -> Named:
        makers = {"phone": phone, "handle": handle, "email": email, "person": person, "author": person}
        return makers[self.sort](f"telegram:{self.value}" if self.sort == "handle" else self.value)

    def written(self, turn: int) -> str:
        """One of its ways of writing."""
        if self.sort == "phone":
            local = f"0{self.value[3:]}"
            ways = (
                self.value,
                local,
                " ".join(local),
                f"{local[:4]}-{local[4:8]}-{local[8:]}",
                f"({local[:4]}) {local[4:]}",
            )
            script = _DIGITS[turn % len(_DIGITS)]
            return ways[turn % len(ways)].translate(str.maketrans(_DIGITS[0], script))
        ways = (
            self.value,
            self.value.upper(),
            self.value.title(),
            f"@{self.value}",
            f"«{self.value}»",
            f"{self.value}!",
        )
        return ways[turn % len(ways)]


def planted() -> list[Planted]:
    """The secrets, of each kind of post, sort and language."""
    sorts, kinds = ("person", "author", "phone", "handle", "email"), (PostKind.PLEA, PostKind.WARNING, PostKind.OTHER)
    found: list[Planted] = []
    for number, (sort, kind, script) in enumerate(cycle(product(sorts, kinds, _SYLLABLES))):
        if len(found) == _COUNT:
            return found
        syllables = _SYLLABLES[script]
        size = len(syllables)
        parts = [
            syllables[number % size],
            syllables[number // size % size],
            syllables[number // 7 % size],
            syllables[(number * 3 + 1) % size],
        ]
        name = ("" if script in ("th", "zh", "km", "my", "lo") else " ").join(("".join(parts[:2]), "".join(parts[2:])))
        latin = "".join("bcdfghjklmnpqrstvwxz"[int(c)] + "aeiou"[int(c) % 5] for c in f"{number + 9000}")
        value = {
            "phone": f"+6287{number:08d}",
            "handle": f"{latin}_aid{number}",
            "email": f"{latin}{number}@help.example",
        }.get(sort, f"{name} {latin}")
        found.append(Planted(value, kind, sort))
    raise AssertionError


def posts_of(secrets: list[Planted]) -> Iterator[ReadPost]:
    """The posts of the people themselves; and offers in which their secrets stand in every field that there is."""
    for number, secret in enumerate(secrets):
        text = f"{unlike(number)} {secret.value} {A}"
        read = read_post(f"own{number}", text, {secret.value: secret.named()}, kind=secret.kind, source="xx_forum")
        author = secret.value if secret.sort == "author" else f"penulis {number}"
        picture = Media(
            kind="image", url=f"https://pictures.example/{quote(secret.value)}/foto.jpg", name=f"{secret.value}.jpg"
        )
        yield replace(read, post=replace(
            read.post, author=author, title=secret.value, thread=secret.value, reply_to=secret.value, media=(picture,),
            author_url=f"https://xx_forum.example/u/{quote(author)}", forwarded_from=secret.value if secret.kind is PostKind.PLEA else None,
        ))  # fmt: skip
    for number in range(0, len(secrets), 3):
        yield offer_with(secrets[number : number + 3], number)
    for number in range(_CLEAN):
        yield read_post(
            f"clean{number}", f"{unlike(number)} Poipet {A}", {"Poipet": POIPET, A: phone(A)}, author="agen"
        )


def offer_with(secrets: list[Planted], number: int) -> ReadPost:
    """An offer that tells of other people in each of its fields."""
    shown = [secret.written(number + turn) for turn, secret in enumerate(secrets)]
    first, second, third = shown
    told = f"{first} / {html.escape(second)} / {quote(third)} / {second} / {third}"
    text = f"{unlike(number % 40)} Poipet Medan {A} {B} PT {first}. {told}"
    named = {"Poipet": POIPET, "Medan": MEDAN, A: phone(A), B: phone(B), f"PT {first}": company(f"PT {first}")}
    read = read_post(
        f"offer{number}", text, named, author=f"agen {second}" if number % 2 else "agen", source="xx_board"
    )
    picture = Media(kind="image", url=f"https://pictures.example/{quote(third)}/foto.jpg", name=f"{first}.jpg")
    return replace(read, post=replace(
        read.post, title=first, url=f"https://xx_board.example/{quote(first)}/{number}", media=(picture,), thread=second,
        forwarded_from=third, author_url=f"https://xx_board.example/u/{quote(second)}",
    ))  # fmt: skip


def readings(content: bytes) -> Iterator[str]:
    """What a file says: as it stands, and as those read it who undo its escapes."""
    text = content.decode("utf-8", "replace")
    yield text
    yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
    yield unquote(html.unescape(text))


def plain(text: str) -> str:
    """Letters and digits only, of one case, width and script of digits."""
    even = unicodedata.normalize("NFKC", "".join(_as_ours(character) for character in text)).casefold()
    return "".join(character for character in even if unicodedata.category(character)[0] in "LMN")


def _as_ours(character: str) -> str:
    return str(unicodedata.digit(character)) if unicodedata.category(character) == "Nd" else character


def settings_telling(secrets: list[Planted]) -> CaseSettings:
    """Settings of a case in whose own words secrets stand."""
    told = f"About {secrets[0].value} and {secrets[5].written(3)}"
    return SETTINGS.model_copy(update={"title": told, "purpose": told, "legal_basis": told, "handling": Handling.CLEAR})


@pytest.fixture(scope="module")
def secrets() -> list[Planted]:
    return planted()


@pytest.fixture(scope="module")
def full_case(tmp_path_factory: pytest.TempPathFactory, secrets: list[Planted]) -> Iterator[Case]:
    with Case.create(tmp_path_factory.mktemp("planted") / "case", settings_telling(secrets)) as case:
        fill(case, list(posts_of(secrets)))
        yield case


@pytest.mark.parametrize(("recipient", "formats"), [("police", tuple(ExportFormat)), ("public", ALL_BUT_PAGES)])
def test_none_of_three_hundred_secrets_is_in_any_exported_byte(
    full_case: Case, secrets: list[Planted], recipient: str, formats: tuple[ExportFormat, ...], tmp_path: Path
) -> None:
    place = tmp_path / "given"
    given = give(
        full_case,
        Request(recipient=recipient, formats=formats, to=place, purpose=secrets[9].value, legal_basis="ours"),
    )
    assert len(given.prepared.pages.told) == (_CLEAN if ExportFormat.WACZ in formats else 0)
    needles = {plain(secret.value.removeprefix("+62")): secret for secret in secrets}
    assert len(needles) == _COUNT
    left = 0
    for name, content in written(place):
        for text in map(plain, readings(content)):
            found = [secret for needle, secret in needles.items() if needle in text]
            assert not found, (name, found[:3])
        left += 1
    assert left > 20


def test_the_search_of_this_test_finds_each_secret_in_the_case_itself(full_case: Case, secrets: list[Planted]) -> None:
    texts = plain(" ".join(post.text for post in full_case.store.posts()))
    assert [secret for secret in secrets if plain(secret.value.removeprefix("+62")) not in texts] == []


def test_the_recruiters_own_numbers_do_leave(full_case: Case, tmp_path: Path) -> None:
    give(full_case, Request(formats=(ExportFormat.CSV,), to=tmp_path / "given"))
    content = b"".join(content for _, content in written(tmp_path / "given"))
    assert A.encode() in content and B.encode() in content
