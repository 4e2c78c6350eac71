"""Reading hostile texts: µs a character at growing sizes, which stay alike where the time is linear.

python -m benchmarks.hostile [--largest 1000000] [--only part of a kind's name] [--steps]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from random import Random

from pipeline.components import COMPONENTS
from pipeline.draft import Draft
from pipeline.plain import make_plain
from pipeline.reader import load_reader

_WORDS = "kerja gaji admin di Phnom Penh hubungi WA 0812-0000-1234 RM8,000 招聘 客服 ทำงาน việc làm no fee".split()


def _endless(piece: str) -> Callable[[int], str]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def _mixed(size: int) -> str:
    random = Random(1)
    return "".join(
        chr(random.choice((random.randrange(0x20, 0x3000), random.randrange(0x20, 0x7F)))) for _ in range(size)
    )


def _words(between: str) -> Callable[[int], str]:
    return lambda size: between.join(Random(2).choices(_WORDS, k=size // 4))[:size]


KINDS: dict[str, Callable[[int], str]] = {
    "posts in one endless line": _words(" "),
    "posts in many lines": _words("\n"),
    "words without any space": _words(""),
    "one letter": _endless("a"),
    "one digit": _endless("7"),
    "digits with gaps": _endless("0 8 1-2 "),
    "phone numbers": _endless("0812-0000-1234 "),
    "numbers as words": _endless("nol delapan satu dua "),
    "letters for digits": _endless("o8I2 Oo l0 "),
    "amounts": _endless("RM8,000-9,000 sebulan "),
    "signs of money": _endless("$€฿₫₱"),
    "spaces": _endless(" "),
    "line ends": _endless("\r\n"),
    "dots": _endless("."),
    "at-signs": _endless("@"),
    "accounts": _endless("@nama_contoh tele: nama_contoh "),
    "e-mails half written": _endless("a.b@c.d-e."),
    "one e-mail without end": _endless("abc.def"),
    "links half written": _endless("http://a.b/"),
    "links spaced": _endless("h t t p : / / "),
    "brackets open": _endless("(["),
    "brackets closed": _endless("([a])"),
    "quotes": _endless("“a” 'b' "),
    "capitals": _endless("AAAA BBBB "),
    "companies": _endless("PT Contoh Saja Tbk "),
    "forms of companies alone": _endless("PT CV Ltd Sdn Bhd "),
    "persons": _endless("Pak Budi, Mr. Contoh (31) "),
    "places": _endless("dari Medan lewat Batam ke Poipet "),
    "one place": _endless("Kamboja"),
    "denials": _endless("no fee tanpa biaya jangan percaya "),
    "Chinese": _endless("招聘客服包吃住公司"),
    "Thai without a space": _endless("บริษัทรับสมัครพนักงาน"),
    "Burmese": _endless("အလုပ်ခေါ်စာ "),
    "Khmer": _endless("ក្រុមហ៊ុនជ្រើសរើសបុគ្គលិក"),
    "Devanagari": _endless("कंपनी में नौकरी है "),
    "emoji": _endless("🇰🇭💰✈️👩‍💻"),
    "keycaps": _endless("0️⃣8️⃣"),
    "flags torn apart": _endless("🇰"),
    "broken surrogates": _endless("\ud800x\udfff"),
    "right-to-left marks": _endless("\u202ea\u202c\u200f08"),
    "invisible characters": _endless("a\u200b\u2060\ufeff"),
    "piled-up accents": _endless("a" + "\u0301\u0335\u0489" * 30),
    "accents apart from letters": _endless("tuye\u0302\u0309n du\u0323ng "),
    "styled letters": _endless("𝐇𝐢𝐫𝐢𝐧𝐠 ⓦⓐ ０８１２"),
    "ligatures": _endless("ﷺ㍿ﬃ"),
    "HTML left in": _endless('<p class="a">gaji&nbsp;5 juta<br/></p>'),
    "HTML never closed": _endless("<a href='"),
    "base64": _endless("QUJDRA0812abcXYZ/+"),
    "a regular expression's bomb": _endless("aaaaaaaaaaaaaaaaaaaaaaaa! "),
    "hyphens and letters": _endless("a-"),
    "ampersands": _endless("A & "),
    "wallets half written": _endless("0x" + "ab" * 19 + " "),
    "any characters": _mixed,
}


def main() -> None:
    """Measure and print a line for each kind of text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--largest", type=int, default=1_000_000, help="characters; a fourth and a sixteenth come first"
    )
    parser.add_argument("--only", default="", help="part of the name of a kind")
    parser.add_argument("--steps", action="store_true", help="what each component costs at the largest size")
    told = parser.parse_args()
    sizes = (told.largest // 16, told.largest // 4, told.largest)
    print(f"{'µs a character at':28}" + "".join(f"{size:>10,}" for size in sizes) + "   growth")
    load_reader()
    for name, make in KINDS.items():
        if told.only in name:
            _tell(name, [make(size) for size in sizes], told.steps)


def _tell(name: str, texts: list[str], steps: bool) -> None:
    costs = [_seconds(text) for text in texts]
    rates = [1e6 * sum(cost.values()) / len(text) for cost, text in zip(costs, texts, strict=True)]
    print(f"{name:28}" + "".join(f"{rate:10.2f}" for rate in rates) + f"{rates[-1] / rates[0]:9.2f}", flush=True)
    if steps:
        dear = sorted(costs[-1].items(), key=lambda cost: -cost[1])
        print("    " + ", ".join(f"{step} {1e6 * seconds / len(texts[-1]):.2f}" for step, seconds in dear))


def _seconds(text: str) -> dict[str, float]:
    """Seconds of the processor for every component."""
    start = time.process_time()
    draft = Draft(post_id="", plain=make_plain(text))
    costs = {"plain": time.process_time() - start}
    for name, component in COMPONENTS.items():
        start = time.process_time()
        component(draft)
        costs[name] = time.process_time() - start
    return costs


if __name__ == "__main__":
    main()
