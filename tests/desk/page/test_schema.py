"""What the page's OpenAPI allows, and what it does not, never breaks the page: asked by schemathesis."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from desk.page.api import PREFIX, description
from tests.desk.page.conftest import Desk

OPERATIONS = [found.ok() for found in schemathesis.openapi.from_dict(description()).get_all_operations()]  # type: ignore[union-attr]  # a description of ours is sound


@pytest.mark.parametrize("mode", list(GenerationMode))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_question_breaks_the_page_and_each_answer_is_as_described(
    desk: Desk, mode: GenerationMode, data: st.DataObject
) -> None:
    operation = data.draw(st.sampled_from(OPERATIONS))
    case = data.draw(operation.as_strategy(generation_mode=mode))
    asked: dict[str, Any] = {name: str(value) for name, value in (case.query or {}).items()}
    try:
        answer = desk.client.request(case.method, PREFIX + operation.path, params=asked)
    except UnicodeEncodeError:
        return  # nobody can send half a letter
    assert str(answer.status_code) in (*operation.definition.raw["responses"], "405"), answer.text[:300]
    assert answer.headers["content-type"].startswith("application/json") or answer.status_code == 405
