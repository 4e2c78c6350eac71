"""Pages as sites build them, with invented posts."""

from __future__ import annotations

from crawlers.reading.page import Page, read_page

URL = "https://papan.example/lowongan?page=2"
PROSE = "Ten young people who answered an advert for office work were brought across the river at night. "
MENU = "<nav><ul>" + "".join(f'<li><a href="/menu/{n}">Menu entry {n}</a></li>' for n in range(8)) + "</ul></nav>"
FOOTER = "<footer><ul>" + "".join(f'<li><a href="/f/{n}">About us {n}</a></li>' for n in range(6)) + "</ul></footer>"


def page_of(body: str, url: str = URL) -> Page:
    return read_page(f"<html><body>{body}</body></html>".encode(), url, "text/html; charset=utf-8")


def card(number: int) -> str:
    return f"""<div class="card {"featured" if number == 0 else ""}"><img src="/logo/{number}.png">
    <h3><a href="/jobs/{number}">Warehouse clerk number {number}</a></h3>
    <a class="company" href="/company/maju-{number}">Maju Example {number}</a>
    <p>Sorting parcels at night, housing is paid, {number} people wanted in the harbour town.</p>
    <time datetime="2026-03-0{number % 9 + 1}">long ago</time><button>Save</button><a href="#">Apply now</a></div>"""


def cards(count: int) -> str:
    return "<main>" + "".join(card(n) for n in range(count)) + "</main>"


def row(number: int) -> str:
    return f"""<tr class="a"><td>{number}.</td><td><a href="/item/{number}">Fish packer for the cold store {number}</a></td></tr>
    <tr><td></td><td><span class="age" title="2026-03-07T17:01:14 177">3 hours ago</span></td></tr><tr class="gap"></tr>"""


def reply(number: int) -> str:
    return f"""<div class="message" id="m{number}"><a class="username" href="/users/budi{number}">budi{number}</a>
    <span class="date">2026-03-0{number + 1} 10:0{number}</span>
    <div class="words">Reply {number}: {PROSE * (number % 3 + 1)}</div></div>"""
