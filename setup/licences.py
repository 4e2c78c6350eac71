"""Writes docs/licences.md: every locked package, its licence, and whether Jejak needs it to run.

python setup/licences.py [--check]    (--check: write nothing, exit with 1 when the page is not what it would write)
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"

# Words of packages for their licence, as SPDX names it; each was judged to go together with AGPL-3.0-or-later.
# https://www.gnu.org/licenses/license-list.html says which do. A word that is missing here is an error: judge it first.
_WORDS = {
    "MIT": "MIT", "MIT License": "MIT", "MIT license": "MIT",
    "Apache 2.0": "Apache-2.0", "Apache Software License": "Apache-2.0", "Apache License, Version 2.0": "Apache-2.0",
    "BSD": "BSD", "BSD License": "BSD", "BSD 2-Clause License": "BSD-2-Clause",  # BSD: does not say which
    "The BSD 2-Clause License": "BSD-2-Clause",
    "ISC License": "ISC", "ISC license": "ISC", "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0", "Python Software Foundation License": "PSF-2.0",
    "GNU Lesser General Public License v3+": "LGPL-3.0-or-later", "LGPLv3": "LGPL-3.0-only",
    "GNU General Public License (GPL)": "GPL-2.0-or-later",
    "BSD, Public Domain": "BSD AND LicenseRef-Public-Domain", "Public Domain": "LicenseRef-Public-Domain",
    "W3C License": "W3C",
}  # fmt: skip
_FREE = {
    *"0BSD AFL-2.1 Apache-2.0 BSD-2-Clause BSD-3-Clause CC0-1.0 CNRI-Python ISC MIT MIT-0 MPL-2.0 PSF-2.0 W3C".split(),
    *"ZPL-2.1 Zlib GPL-2.0-or-later LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0-only LGPL-3.0-or-later".split(),
    "BSD",
    "LicenseRef-Public-Domain",
}
# These say nothing in their metadata, or not enough; it was read in the licence that they carry.
_READ = {"atheris": "Apache-2.0", "axe-playwright-python": "MIT", "pyrage": "MIT", "tqdm": "MPL-2.0 AND MIT"}

_OPENING = """# Licences

Jejak is free software under AGPL-3.0-or-later (`LICENSE`). These are the packages that `requirements.lock` installs on CPython, with
their licences in SPDX's words; all go together with ours. `make licences` writes this page from what the packages say of themselves, and
refuses a licence that nobody has judged; a test compares. pyvis carries vis-network (Apache-2.0 or MIT), vl-convert-python carries Vega
(BSD-3-Clause), axe-playwright-python carries axe-core (MPL-2.0). Chromium is not carried along: the one of your system is used.

## Known holes in them

Every package is locked by its hashes. Whether a hole in one became known since then is a question to the network, which neither the
tests nor `make lint` ask. Ask it before a release, with pip-audit (`pip-audit --require-hashes --disable-pip -r requirements.lock`) or
osv-scanner, which has a mode without network for whoever carries its list of advisories there. Neither is installed with Jejak.
What our own code does is looked through by bandit's rules in `make lint` (ruff's `S`); `pyproject.toml` says which it leaves out, and why.

## The packages

| package | licence | needed to |
|---|---|---|
"""


def main() -> None:
    """Write the page, or compare it."""
    page = _OPENING + "".join(_lines())
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page:
        sys.exit(f"{PAGE.relative_to(ROOT)} is not what the locked packages say. Run: make licences")


def _lines() -> Iterator[str]:
    needed = _needed_to_run()
    for name, found in sorted(_locked().items()):
        yield f"| {name} | {_licence(found)} | {'run' if name in needed else 'develop'} |\n"


def _locked() -> dict[str, Distribution]:
    """The packages that are locked for this interpreter; an error where one is not installed."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    listed = map(Requirement, re.findall(r"^\w[^\\\n]+", lock, re.MULTILINE))
    names = {canonicalize_name(one.name) for one in listed if one.marker is None or one.marker.evaluate()}
    try:
        return {name: distribution(name) for name in names}
    except PackageNotFoundError as error:
        sys.exit(f"{error.name} is locked but not installed. Run: make setup")


def _needed_to_run() -> set[str]:
    """What the project asks for, and what that asks for in turn."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting, seen = [(line, "") for line in project["dependencies"]], set[tuple[str, str]]()
    while waiting:
        line, extra = waiting.pop()
        wanted = Requirement(line)
        if wanted.marker and not wanted.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(wanted.name)
        for asked in {"", *wanted.extras}:
            if (name, asked) not in seen:
                seen.add((name, asked))
                waiting += [(line, asked) for line in distribution(name).requires or []]
    return {name for name, _ in seen}


def _licence(found: Distribution) -> str:
    """A package's licence in SPDX's words; an error where it says none that somebody has judged."""

    def said(key: str) -> list[str]:
        return found.metadata.get_all(key, [])

    read = _READ.get(canonicalize_name(found.name))
    classified = [word.rpartition(" :: ")[2] for word in said("Classifier") if word.startswith("License ::")]
    told = [*said("License-Expression"), *([read] if read else []), *said("License"), *classified]
    for words in told:
        named = _WORDS.get(words, words)
        if _is_free(named):
            return named
    sys.exit(f"{found.name}: nobody has judged its licence ({told}). Judge it, then name it in setup/licences.py")


def _is_free(expression: str) -> bool:
    """Whether one may use it: of a choice (OR) one licence, of a sum (AND) every one."""
    choices = [choice.split(" AND ") for choice in expression.split(" OR ")]
    return any(all(name in _FREE for name in choice) for choice in choices)


if __name__ == "__main__":
    main()
