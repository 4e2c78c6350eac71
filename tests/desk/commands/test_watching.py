"""`watchlist` and `alerts`: given once, with the reason, by every way, without telling of those who are harmed."""

from __future__ import annotations

import email
import email.policy
import json
from pathlib import Path
from typing import Any

import pytest

from casefile.case import Case
from tests.crawlers.proxies import Asked, Connect, Socks
from tests.desk.commands.conftest import POSTS, Jejak
from tests.desk.servers import mail_server, web_server

ONE = "+6281200009101"
PLEADING = "+6281300009909"


def watch(folder: Path, text: str, name: str = "senja") -> None:
    (folder / "watch").mkdir(exist_ok=True)
    (folder / "watch" / f"{name}.yml").write_text(f"title: Senja\n{text}\n", encoding="utf-8")


def add(jejak: Jejak, folder: Path, *posts: dict[str, Any]) -> None:
    """Import more posts from the same file's source."""
    given = folder.parent / "posts.jsonl"
    given.write_text("".join(json.dumps(post) + "\n" for post in [*POSTS, *posts]), encoding="utf-8")
    assert jejak("import", folder, given).code == 0


def alerts(jejak: Jejak, folder: Path) -> list[dict[str, Any]]:
    """What a run of `process` finds."""
    answer = jejak("process", folder, "--workers", 1, "--json")
    assert answer.code == 0, answer
    return [told["alert"] for line in answer.out.splitlines() if "alert" in (told := json.loads(line))]


def natives(folder: Path, found: dict[str, Any]) -> set[str | None]:
    with Case.open(folder) as case:
        return {case.store.post(post).native_id for post in found["posts"]}


def in_bold(text: str) -> str:
    """The text in the bold capitals of mathematics, as some write to escape a search."""
    return "".join(chr(0x1D400 + ord(c.upper()) - ord("A")) if c.isascii() and c.isalpha() else c for c in text)


@pytest.fixture
def channels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "alerts.yml"
    monkeypatch.setenv("JEJAK_ALERTS", str(path))
    return path


@pytest.mark.parametrize(
    ("text", "kind", "posts"),
    [
        (f'contacts: ["{ONE}"]', "contact", {"a1", "a3", "w1"}),
        ('contacts: ["@hr_senja_contoh"]', "contact", {"a1", "a2", "a3"}),
        ("places: [KH/poipet]", "place", {"a1", "a2", "a3"}),
        ("places: [poipet]", "place", {"a1", "a2", "a3"}),
        ("places: [ปอยเปต]", "place", {"a1", "a2", "a3"}),
        ("places: [Cambodia]", "place", {"a1", "a2", "a3"}),
        ("places: [KH]", "place", {"a1", "a2", "a3"}),
        ('companies: ["PT Contoh Senja"]', "company", {"a1", "a2", "a3"}),
        ("indicators: [food-lodging-inside, no-experience-no-degree]", "indicators", {"a1", "a2", "a3"}),
        (f"text: {json.dumps(POSTS[0]['text'], ensure_ascii=False)}", "text", {"a1", "a2", "a3"}),
        (f"text: {json.dumps(in_bold(POSTS[0]['text']), ensure_ascii=False)}", "text", {"a1", "a2", "a3"}),
        (f'contacts: ["{ONE}"]\nkinds: [warning]', "contact", {"w1"}),
    ],
)
def test_each_kind_of_watch_finds_its_posts_once(
    filled: Path, jejak: Jejak, text: str, kind: str, posts: set[str]
) -> None:
    watch(filled, text)
    (found,) = alerts(jejak, filled)
    assert (found["watch"], found["kind"], natives(filled, found)) == ("senja", kind, posts)
    assert found["reason"]
    assert alerts(jejak, filled) == []


def test_a_new_post_makes_a_new_alert_that_names_it_alone(filled: Path, jejak: Jejak) -> None:
    watch(filled, f'contacts: ["{ONE}"]')
    alerts(jejak, filled)
    add(jejak, filled, {"id": "a4", "text": f"Lowongan kasir di Poipet, gaji 10 juta per bulan, WA {ONE}"})
    (found,) = alerts(jejak, filled)
    assert natives(filled, found) == {"a4"}


def test_alerts_are_not_given_again_after_the_database_was_made_anew(filled: Path, jejak: Jejak) -> None:
    watch(filled, f'contacts: ["{ONE}"]\nplaces: [KH/poipet]')
    assert len(alerts(jejak, filled)) == 2
    for path in filled.glob("case.db*"):
        path.unlink()
    assert alerts(jejak, filled) == []
    assert len(jejak("alerts", filled, "--json").out.splitlines()) == 2


def test_a_recruiters_new_number_and_new_destination_are_told(filled: Path, jejak: Jejak) -> None:
    watch(filled, 'returns: ["@hr_senja_contoh"]\nmoves: ["@hr_senja_contoh"]')
    assert alerts(jejak, filled) == []  # what is known at the first look is no news
    text = POSTS[0]["text"].replace("0812-0000-9101", "0812-0000-9177").replace("Poipet", "Myawaddy")
    add(jejak, filled, {"id": "a5", "text": text, "author": "HR Senja"})
    found = {one["kind"]: one for one in alerts(jejak, filled)}
    assert found["return"]["found"] == ["phone:+6281200009177"]
    assert found["move"]["found"] == ["place:MM/myawaddy"]
    assert natives(filled, found["move"]) == {"a5"}
    assert alerts(jejak, filled) == []


def test_the_same_text_under_another_name_and_number_is_told_even_if_nothing_joins_them(
    filled: Path, jejak: Jejak
) -> None:
    watch(filled, f'returns: ["{ONE}"]')
    alerts(jejak, filled)
    text = POSTS[0]["text"].replace("0812-0000-9101", "0812-0000-9188").replace(" telegram @hr_senja_contoh", "")
    add(jejak, filled, {"id": "a6", "text": text, "author": "Info Senja"})
    (found,) = alerts(jejak, filled)
    assert found["kind"] in ("return", "maybe_return")
    assert found["found"] == ["phone:+6281200009188"]
    assert natives(filled, found) == {"a6"}


def test_a_mistake_is_told_with_its_line_and_ends_nothing(filled: Path, jejak: Jejak) -> None:
    watch(filled, 'contacts: ["0812-0000-9101"]\ncolour: red\nindicators: [no-such-sign]\nplaces: [Atlantis]')
    answer = jejak("watchlist", filled)
    assert answer.code == 1
    assert "watch/senja.yml, line 2" in answer.err
    assert "country code" in answer.err
    assert "watch/senja.yml, line 3" in answer.err
    assert "config/indicators.csv" in answer.err
    assert "watch/senja.yml, line 5" in answer.err
    done = jejak("process", filled)
    assert done.code == 0
    assert "Nothing was watched" in done.err


def test_a_watch_that_waits_for_nothing_is_refused(filled: Path, jejak: Jejak) -> None:
    watch(filled, "why: no reason")
    assert "nothing is watched" in jejak("watchlist", filled).err


def test_the_examples_can_be_used_as_they_are(filled: Path, jejak: Jejak) -> None:
    from casefile.settings import CONFIG_FOLDER

    for path in (CONFIG_FOLDER / "watch").glob("*.yml"):
        (filled / "watch").mkdir(exist_ok=True)
        (filled / "watch" / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    listed = [json.loads(line) for line in jejak("watchlist", filled, "--json").out.splitlines()]
    assert [one["name"] for one in listed] == ["numbers", "town", "wording"]
    assert jejak("watchlist", filled).code == 0


def test_an_empty_watchlist_says_how_to_begin(filled: Path, jejak: Jejak) -> None:
    assert "numbers.yml" in jejak("watchlist", filled).out
    assert "no alerts" in jejak("alerts", filled).out


def test_a_paused_watch_waits_for_nothing(filled: Path, jejak: Jejak) -> None:
    watch(filled, f'contacts: ["{ONE}"]\npaused: true')
    assert alerts(jejak, filled) == []


def test_alerts_leave_by_mail_without_a_plea(filled: Path, jejak: Jejak, channels: Path) -> None:
    watch(filled, f'contacts: ["{ONE}", "{PLEADING}"]')
    with mail_server() as given:
        channels.write_text(
            f"email: {{host: 127.0.0.1, port: {given.port}, security: none, sender: desk@jejak.example, "
            "to: [team@jejak.example]}\n",
            encoding="utf-8",
        )
        assert len(alerts(jejak, filled)) == 2
        assert alerts(jejak, filled) == []
    assert given.envelopes[0].startswith("mail FROM:<desk@jejak.example>")
    (body,) = given.bodies
    message = email.message_from_bytes(body, policy=email.policy.default)
    assert message["Subject"].startswith("[TLP:AMBER] 2 alerts")
    text = message.get_content()
    with Case.open(filled) as case:
        offer, plea = case.store.find_post("a1").id, case.store.find_post("p1").id
    assert offer in text
    assert ONE in text
    assert plea not in text
    assert PLEADING not in text
    assert "disekap" not in text


def test_a_title_cannot_write_into_the_head_of_a_mail(filled: Path, jejak: Jejak, channels: Path) -> None:
    settings = filled / "case.toml"
    text = settings.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title"))
    settings.write_text(text.replace(title, r'title = "Pier\u202e\r\nBcc: spy@jejak.example"'), encoding="utf-8")
    watch(filled, f'contacts: ["{ONE}"]')
    with mail_server() as given:
        channels.write_text(
            f"email: {{host: 127.0.0.1, port: {given.port}, security: none, sender: desk@jejak.example, "
            "to: [team@jejak.example]}\n",
            encoding="utf-8",
        )
        assert "could not be told" not in jejak("process", filled).err
    (body,) = given.bodies
    message = email.message_from_bytes(body, policy=email.policy.default)
    assert message["Bcc"] is None
    assert "\u202e" not in message["Subject"]
    assert [line for line in given.envelopes if "spy" in line] == []


def test_what_a_web_address_refuses_is_kept_and_told_the_next_time(filled: Path, jejak: Jejak, channels: Path) -> None:
    watch(filled, f'contacts: ["{ONE}"]')
    with web_server(500, 500, 200) as given:
        channels.write_text(f"webhook: {{url: 'http://127.0.0.1:{given.port}/key'}}\n", encoding="utf-8")
        answer = jejak("process", filled)
        assert answer.code == 0
        assert "could not be told" in answer.err
        assert "waits" in jejak("alerts", filled).out
        assert given.bodies == []
        assert jejak("alerts", filled, "--tell").code == 0
        jejak("process", filled)
        jejak("process", filled)
    (body,) = given.bodies
    told = json.loads(body)
    assert (told["count"], told["handling"], told["alerts"][0]["watch"]) == (1, "TLP:AMBER", "senja")
    assert "text" not in told["alerts"][0]
    assert "/key" not in (filled / "journal.jsonl").read_text(encoding="utf-8")


def test_a_web_address_that_sends_us_on_is_not_followed(filled: Path, jejak: Jejak, channels: Path) -> None:
    watch(filled, f'contacts: ["{ONE}"]')
    with web_server(200) as elsewhere, web_server(307, location=f"http://127.0.0.1:{elsewhere.port}/") as given:
        channels.write_text(f"webhook: {{url: 'http://127.0.0.1:{given.port}/'}}\n", encoding="utf-8")
        assert "could not be told" in jejak("process", filled).err
    assert elsewhere.bodies == given.bodies == []


def leave_by(filled: Path, line: str) -> None:
    settings = filled / "case.toml"
    text = settings.read_text(encoding="utf-8")
    assert "[network]\n" in text
    settings.write_text(text.replace("[network]\n", f"[network]\n{line}\n"), encoding="utf-8")


HOOK = "webhook: {url: 'https://hooks.example/key'}\n"
MAIL = "email: {host: smtp.example, port: 587, sender: desk@jejak.example, to: [team@jejak.example]}\n"


@pytest.mark.parametrize(
    ("scheme", "proxy_kind", "channel", "asked"),
    [
        ("socks5", Socks, HOOK, Asked("hooks.example", "name", 443)),
        ("socks5", Socks, MAIL, Asked("smtp.example", "name", 587)),
        ("http", Connect, HOOK, Asked("hooks.example", "CONNECT", 443)),
    ],
)
def test_alerts_leave_by_the_proxy_of_the_case(
    filled: Path,
    jejak: Jejak,
    channels: Path,
    scheme: str,
    proxy_kind: type[Socks] | type[Connect],
    channel: str,
    asked: Asked,
) -> None:
    watch(filled, f'contacts: ["{ONE}"]')
    channels.write_text(channel, encoding="utf-8")
    with mail_server() as given, proxy_kind(given.port) as proxy:
        leave_by(filled, f'proxy = "{scheme}://127.0.0.1:{proxy.port}"')
        # The server behind the proxy speaks without encryption, so nothing is told to it.
        assert "could not be told" in jejak("process", filled).err
        assert proxy.asked == [asked]
    assert given.bodies == []
    assert "waits" in jejak("alerts", filled).out


@pytest.mark.parametrize("channel", [HOOK, MAIL])
def test_where_a_case_forbids_it_no_alert_leaves_without_a_proxy(
    filled: Path, jejak: Jejak, channels: Path, channel: str
) -> None:
    watch(filled, f'contacts: ["{ONE}"]')
    channels.write_text(channel, encoding="utf-8")
    settings = filled / "case.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("only_by_proxy = false", "only_by_proxy = true"), encoding="utf-8")
    answer = jejak("process", filled)
    assert (answer.code, "would go out without a proxy" in answer.err) == (0, True)
    assert "waits" in jejak("alerts", filled).out


def test_alerts_are_written_to_a_file(filled: Path, jejak: Jejak, channels: Path, tmp_path: Path) -> None:
    watch(filled, f'contacts: ["{ONE}"]')
    channels.write_text(f"file: {tmp_path / 'alerts.jsonl'}\n", encoding="utf-8")
    jejak("process", filled)
    jejak("process", filled)
    (line,) = (tmp_path / "alerts.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["watch"] == "senja"


def test_of_a_case_for_named_persons_only_the_number_of_alerts_leaves(
    filled: Path, jejak: Jejak, channels: Path
) -> None:
    settings = filled / "case.toml"
    settings.write_text(settings.read_text().replace('handling = "amber"', 'handling = "red"'), encoding="utf-8")
    watch(filled, f'contacts: ["{ONE}"]')
    with web_server() as given:
        channels.write_text(f"webhook: {{url: 'http://127.0.0.1:{given.port}/'}}\n", encoding="utf-8")
        jejak("process", filled)
    (body,) = given.bodies
    told = json.loads(body)
    assert (told["count"], told["alerts"], told["handling"]) == (1, [], "TLP:RED")


@pytest.mark.parametrize(
    "text",
    [
        "webhook: {url: 'http://hooks.example/x'}",
        "webhook: {url: 'http://127.0.0.1@hooks.example/x'}",
        "webhook: {url: 'http://localhost.hooks.example/x'}",
        "email: {host: mail.example, security: none, sender: a@b.example, to: [c@d.example]}",
        'email: {host: mail.example, sender: "a@b.example\\nBcc: x@y.example", to: [c@d.example]}',
        "password: secret",
    ],
)
def test_an_unsafe_way_out_is_refused_and_ends_nothing(filled: Path, jejak: Jejak, channels: Path, text: str) -> None:
    watch(filled, f'contacts: ["{ONE}"]')
    channels.write_text(text + "\n", encoding="utf-8")
    assert jejak("watchlist", filled).code == 1
    answer = jejak("process", filled)
    assert answer.code == 0
    assert "Alerts stay in the terminal" in answer.err


def test_every_way_out_is_in_the_journal_and_the_case_is_whole(filled: Path, jejak: Jejak, channels: Path) -> None:
    watch(filled, f'contacts: ["{ONE}"]')
    channels.write_text(f"file: {filled.parent / 'alerts.jsonl'}\n", encoding="utf-8")
    jejak("process", filled)
    told = [json.loads(line) for line in (filled / "journal.jsonl").read_text().splitlines()]
    (left,) = [entry for entry in told if entry["type"] == "told"]
    assert (left["channel"], len(left["alerts"]), bool(left["by"])) == ("file alerts.jsonl", 1, True)
    assert jejak("verify", filled).code == 0
