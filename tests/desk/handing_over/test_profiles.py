"""Who may be given what."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.errors import ExportRefused, SettingsError
from desk.handing_over.profiles import OURSELVES, Profile, find_profile, profiles

ROOT = Path(__file__).resolve().parents[3]


def test_every_setting_of_a_recipient_is_explained() -> None:
    page = (ROOT / "docs/sharing.md").read_text(encoding="utf-8")
    assert [name for name in Profile.model_fields if not re.search(rf"`{name}`", page) and name != "name"] == []


def test_the_general_recipients_can_be_read(case: Case) -> None:
    assert {OURSELVES, "police", "partner", "platform", "research", "public"} <= set(profiles(case))


def test_a_recipient_of_the_case_goes_before_the_general_one(case: Case) -> None:
    (case.folder / "sharing").mkdir()
    text = "title: Ours\nreceives: green\ntexts: none\nformats: [csv]\n"
    (case.folder / "sharing/police.yml").write_text(text, encoding="utf-8")
    assert find_profile(case, "police").title == "Ours"


@pytest.mark.parametrize(
    "wrong",
    [
        "title: A\nreceives: purple\nformats: [csv]\n",
        "title: A\nreceives: green\nformats: []\n",
        "title: A\nreceives: green\nformats: [csv]\nnames: pseudonym\ntexts: offers\n",
        "title: A\nreceives: green\nformats: [csv]\naddresses: site\nimages: addresses\n",
        "title: A\nreceives: green\nformats: [csv]\nsecrets: keep\n",
    ],
)
def test_a_recipient_that_cannot_be_kept_to_is_refused(case: Case, wrong: str) -> None:
    (case.folder / "sharing").mkdir()
    (case.folder / "sharing/wrong.yml").write_text(wrong, encoding="utf-8")
    with pytest.raises(SettingsError, match="wrong"):
        profiles(case)


def test_an_unknown_recipient_is_refused_with_those_that_are_known(case: Case) -> None:
    with pytest.raises(ExportRefused, match="police"):
        find_profile(case, "polise")
