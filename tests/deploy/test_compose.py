from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from casefile.config_folder import CONFIG_FOLDER

_DEPLOY = CONFIG_FOLDER.parent / "deploy"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(YAML(typ="safe").load(_DEPLOY / "compose.yml"))


def test_nothing_answers_beyond_this_machine(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))


def test_everything_is_limited_and_may_do_no_more_than_it_must(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert service["mem_limit"]
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]


def test_what_runs_on_is_looked_after_and_starts_after_what_it_needs(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        if service.get("restart"):
            assert service["healthcheck"]["test"], name
            assert service["depends_on"], name


def test_versions_are_pinned_by_one_variable(compose: dict[str, Any]) -> None:
    images = {service["image"] for service in compose["services"].values()}
    assert all(image.endswith(":${JEJAK_STACK_VERSION:-9.4.3}") for image in images)


def test_every_volume_that_is_mounted_is_declared_and_the_authority_is_seen_once(compose: dict[str, Any]) -> None:
    mounted = [mount.split(":")[0] for service in compose["services"].values() for mount in service["volumes"]]
    named = [mount for mount in mounted if not mount.startswith(".")]
    assert set(named) == set(compose["volumes"])
    assert named.count("authority") == 1


def test_every_file_that_is_mounted_is_there(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for mount in service["volumes"]:
            if mount.startswith("."):
                assert (_DEPLOY / Path(mount.split(":")[0])).is_file()


def test_the_variables_of_the_example_are_those_that_are_read() -> None:
    text = (_DEPLOY / "compose.yml").read_text(encoding="utf-8")
    for line in (_DEPLOY / "env.example").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, _, value = line.partition("=")
            assert f"${{{name}:-{value}}}" in text
