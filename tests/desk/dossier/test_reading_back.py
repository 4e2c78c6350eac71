from pathlib import Path

import pytest

from casefile.case import Case
from casefile.errors import ExportRefused
from desk.dossier.making import make_dossier, origin_of
from desk.dossier.material import find_subject
from desk.dossier.model import Dossier
from desk.dossier.reading_back import refuse_what_is_held_back
from desk.handing_over.held_back import hold_back
from desk.handing_over.profiles import OURSELVES, find_profile
from desk.handing_over.pseudonyms import pseudonyms_for
from desk.handing_over.reasons import reasons_for
from desk.handing_over.written_forms import Finder, Secret, Sort
from tests.desk.report.sample import sample_case


def dossier_of(case: Case) -> Dossier:
    connections, profile = case.store.connections(), find_profile(case, OURSELVES)
    held = hold_back(case, connections, profile, pseudonyms_for(profile.name))
    origin = origin_of(case, held, reasons_for(case, profile, None, None), case.settings.handling)
    return make_dossier(case, connections, find_subject(connections, "network:1"), held, origin, {})


def test_a_held_back_value_stops_a_dossier_wherever_it_stands(tmp_path: Path) -> None:
    with sample_case(tmp_path) as case:
        dossier = dossier_of(case)
    for sort, value in (
        (Sort.ACCOUNT, "hr_lautan_demo"),  # a contact, and the words of posts
        (Sort.NAME, "PT Lautan Demo"),  # a company in tables
        (Sort.NAME, "Kerja di luar negeri"),  # the words of posts only
        (Sort.NAME, "ethics board"),  # the legal basis
    ):
        with pytest.raises(ExportRefused, match="must not leave"):
            refuse_what_is_held_back(dossier, Finder([Secret(sort, value, "[withheld]")]))


@pytest.mark.parametrize("name", ["Mar", "Jun", "May", "Will", "Isolation", "IDR", "To", "KH", "Th"])
def test_the_sentences_and_dates_around_values_are_ours_and_stop_nothing(tmp_path: Path, name: str) -> None:
    with sample_case(tmp_path) as case:
        refuse_what_is_held_back(dossier_of(case), Finder([Secret(Sort.NAME, name, "[withheld]")]))


def test_a_name_of_one_or_two_signs_stops_a_dossier_that_tells_it(tmp_path: Path) -> None:
    with sample_case(tmp_path) as case:
        dossier = dossier_of(case)
    with pytest.raises(ExportRefused, match="must not leave"):
        refuse_what_is_held_back(dossier, Finder([Secret(Sort.NAME, "PT", "[withheld]")]))
