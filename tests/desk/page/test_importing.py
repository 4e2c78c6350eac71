"""Files that are dragged into the page."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from casefile.errors import ImportRefused
from desk.page.incoming import _parts, bundle, discard_old, new_name
from tests.desk.page.conftest import ORIGIN, Desk, Served, wait_for_work
from tests.desk.page.test_browser import barriers
from tests.desk.page.test_screens import words_of

CHAT = """12/07/2026, 09:15 - Sinta Contoh: LOWONGAN admin Poipet, gaji USD 900, WA 0812-0000-3333
12/07/2026, 09:16 - Budi Contoh: Syaratnya apa?
"""
TABLE = "nama,isi iklan,tanggal\nSinta,Kerja di Poipet hubungi 0812-0000-3333,2026-07-12\nBudi,,2026-07-13\n"


def give(desk: Desk, held: str, path: str, content: bytes, mark: str | None = None) -> int:
    headers = {"origin": ORIGIN, "x-jejak-mark": desk.mark() if mark is None else mark}
    answer = desk.client.put(f"/import/{held}/file", params={"path": path}, content=content, headers=headers)
    return int(answer.status_code)


def files_held(desk: Desk) -> list[Path]:
    return [path for path in (desk.case.folder / ".given").rglob("*") if path.is_file()]


def test_a_file_is_looked_at_before_anything_is_kept(desk: Desk) -> None:
    held, before = new_name(), desk.case.store.counts()["posts"]
    assert give(desk, held, "WhatsApp Chat with Loker.txt", CHAT.encode()) == 201
    told = words_of(desk.client.get(f"/import/{held}").text)
    assert "whatsapp" in told and "LOWONGAN admin Poipet" in told and "UTC" in told
    assert desk.case.store.counts()["posts"] == before


def test_what_was_looked_at_is_imported_read_and_connected_and_not_held_any_more(desk: Desk) -> None:
    held, before = new_name(), desk.case.store.counts()["posts"]
    give(desk, held, "table.csv", TABLE.encode())
    form = {"mark": desk.mark(), "timezone": "Asia/Jakarta", "source": "file_loker"}
    assert desk.client.post(f"/import/{held}/keep", data=form, headers={"origin": ORIGIN}).status_code == 303
    job = wait_for_work(desk)
    assert job.code == 0, list(job.lines)
    assert desk.case.store.counts()["posts"] == before + 1
    [post] = [post for post in desk.case.store.posts() if post.source == "file_loker"]
    assert desk.case.store.reading(post.id) is not None
    assert files_held(desk) == []
    shown = words_of(desk.client.get("/import").text)
    assert "What was set aside" in shown and "table.csv:3" in shown


def test_a_column_is_read_as_the_person_says(desk: Desk) -> None:
    held = new_name()
    give(desk, held, "table.csv", b"a,b\nKerja di Poipet hubungi kami,Sinta\n")
    asked = {"column": ["text=a", "author=b"]}
    told = words_of(desk.client.get(f"/import/{held}", params=asked).text)
    assert "Kerja di Poipet hubungi kami" in told and "Sinta" in told


def test_a_folder_keeps_its_layout(desk: Desk) -> None:
    held = new_name()
    give(desk, held, "ChatExport/one/chat.txt", CHAT.encode())
    give(desk, held, "ChatExport\\two\\chat.txt", CHAT.encode())
    top = bundle(desk.case.folder, held).folder
    assert sorted(str(path.relative_to(top)) for path in files_held(desk)) == ["ChatExport/one/chat.txt", "ChatExport/two/chat.txt"]  # fmt: skip


def test_a_second_file_of_one_name_takes_nothing_away(desk: Desk) -> None:
    held = new_name()
    assert give(desk, held, "chat.txt", b"first") == 201
    assert give(desk, held, "chat.txt", b"second") == 400
    assert [path.read_bytes() for path in files_held(desk)] == [b"first"]


def test_nothing_is_held_without_the_mark_of_the_session(desk: Desk) -> None:
    assert give(desk, new_name(), "chat.txt", CHAT.encode(), mark="guess") == 400
    assert files_held(desk) == []


@pytest.mark.parametrize("held", ["..", "../../evidence", "short", "0" * 17, "%2e%2e%2f%2e%2e%2fe%2fe"])
def test_no_name_leads_out_of_what_is_held(desk: Desk, held: str) -> None:
    before = sorted(path for path in desk.case.folder.rglob("*"))
    assert give(desk, held, "chat.txt", CHAT.encode()) >= 400
    assert sorted(path for path in desk.case.folder.rglob("*")) == before


@given(st.text(max_size=300))
def test_a_name_of_a_file_stays_inside_and_fits_every_file_system(path: str) -> None:
    try:
        parts = _parts(path)
    except ImportRefused:
        return
    assert parts and all(0 < len(part.encode("utf-8", "strict")) <= 250 for part in parts)
    assert not any(part in (".", "..") or set(part) & set("/\\:\0\n") for part in parts)


def test_files_that_nobody_imports_can_be_given_back(desk: Desk) -> None:
    held = new_name()
    give(desk, held, "chat.txt", CHAT.encode())
    answer = desk.client.post(f"/import/{held}/discard", data={"mark": desk.mark()}, headers={"origin": ORIGIN})
    assert answer.status_code == 303 and list((desk.case.folder / ".given").iterdir()) == []
    assert desk.client.get(f"/import/{held}").status_code == 404


def test_what_was_just_given_is_not_taken_for_old(desk: Desk) -> None:
    give(desk, new_name(), "chat.txt", CHAT.encode())
    discard_old(desk.case.folder)
    assert len(files_held(desk)) == 1


@pytest.mark.parametrize(
    "said", [{"timezone": "Mars/Olympus"}, {"source": "a b/c"}, {"date_order": "x"}, {"column": "text"}, {"region": "Indonesia"}]
)  # fmt: skip
def test_what_cannot_be_is_told_and_the_files_stay(desk: Desk, said: dict[str, str]) -> None:
    held = new_name()
    give(desk, held, "chat.txt", CHAT.encode())
    answer = desk.client.get(f"/import/{held}", params=said)
    assert answer.status_code == 400 and 'role="alert"' in answer.text
    assert len(files_held(desk)) == 1


def drop(page: Page, name: str, content: str) -> None:
    page.evaluate(
        """([name, content]) => {
            const data = new DataTransfer();
            data.items.add(new File([content], name));
            document.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        [name, content],
    )


def test_a_person_drags_a_chat_in_and_reads_its_posts(served: Served) -> None:
    page = served.context.pages[0]
    page.goto(f"{served.base}/import")
    drop(page, "WhatsApp Chat with Loker.txt", CHAT)
    page.wait_for_url(re.compile("/import/.{16}$"))
    assert barriers(page) == []
    page.get_by_text("Say more about them").click()
    page.get_by_label("Time zone of the phone").fill("Asia/Jakarta")
    page.get_by_role("button", name="Look again").click()
    page.wait_for_url(re.compile("timezone=Asia"))
    page.get_by_role("button", name="Import, read and connect").click()
    page.wait_for_url("**/doing")
    page.locator(".job .state", has_text="done").wait_for(timeout=180_000)
    assert barriers(page) == []
    page.goto(f"{served.base}/search?q=0812-0000-3333")
    page.locator(".hit h2 a").click()
    assert "2026-07-12" in page.content() or "12 Jul 2026, 02:15" in page.inner_text("main")


def test_files_are_chosen_without_a_mouse(served: Served, tmp_path: Path) -> None:
    page, chat = served.context.pages[0], tmp_path / "_chat.txt"
    chat.write_text(CHAT, "utf-8")
    page.goto(f"{served.base}/import")
    page.bring_to_front()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose files").press("Enter")
    chooser.value.set_files(chat)
    page.wait_for_url(re.compile("/import/.{16}$"))
    assert "LOWONGAN admin Poipet" in page.inner_text("main")
