"""The set-up script, run with Elasticsearch's own tools where they are here."""

from __future__ import annotations

import os
import ssl
import stat
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from ruamel.yaml import YAML

from casefile.config_folder import CONFIG_FOLDER
from tests.elastic.server import NoServer, find_tree

_SCRIPT = CONFIG_FOLDER.parent / "deploy" / "first-start.sh"
_LIBRARIES = "modules/x-pack-core,modules/x-pack-security,lib/tools/security-cli"


def _run(secrets: Path, tools: Path, *arguments: str) -> str:
    owner = f"{os.getuid()}:{os.getgid()}"
    environment = {**os.environ, "JEJAK_SECRETS": str(secrets), "JEJAK_TOOLS": str(tools), "JEJAK_OWNER": owner}
    done = subprocess.run(["bash", _SCRIPT, *arguments], env=environment, capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Elasticsearch's tool for certificates, whose start script is not in the tree that tests have."""
    try:
        tree = find_tree()
    except NoServer as reason:
        pytest.skip(str(reason))
    java = (tree / "bin" / "elasticsearch").read_text().split('ES_JAVA_HOME="')[1].split('"')[0]
    tool = tmp_path_factory.mktemp("tools") / "elasticsearch-certutil"
    tool.write_text(
        f"#!/bin/bash\nexport ES_JAVA_HOME='{java}' CLI_NAME=certutil CLI_LIBS={_LIBRARIES}\n"
        f"""exec bash -c 'source "$(dirname "$0")"/elasticsearch-cli' '{tree}/bin/elasticsearch-certutil' "$@"\n"""
    )
    tool.chmod(0o755)
    return tool.parent


@pytest.fixture(scope="module")
def secrets(tools: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first") / "secrets"
    _run(folder, tools, "make")
    return folder


def test_certificates_are_for_the_names_that_are_asked_and_signed_by_our_authority(secrets: Path) -> None:
    for service in ("elasticsearch", "kibana"):
        folder = secrets / service
        made = x509.load_pem_x509_certificate((folder / f"{service}.crt").read_bytes())
        authority = x509.load_pem_x509_certificate((secrets / "authority" / "ca.crt").read_bytes())
        made.verify_directly_issued_by(authority)
        names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        assert {service, "localhost"} <= set(names.get_values_for_type(x509.DNSName))
        ssl.create_default_context(cafile=str(folder / "ca.crt")).load_cert_chain(
            folder / f"{service}.crt", folder / f"{service}.key"
        )


def test_nobody_else_can_read_any_of_it_and_the_authority_is_given_to_nobody(secrets: Path) -> None:
    for path in secrets.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert [path.parent.name for path in secrets.rglob("ca.key")] == ["authority"]


def test_kibana_knows_its_password_and_keys_and_asks_nothing_of_the_internet(secrets: Path) -> None:
    settings = YAML(typ="safe").load(secrets / "kibana" / "kibana.yml")
    assert settings["elasticsearch.password"] == (secrets / "elasticsearch" / "kibana_system.password").read_text()
    keys = {settings[f"xpack.{part}.encryptionKey"] for part in ("security", "encryptedSavedObjects", "reporting")}
    assert len(keys) == 3
    assert all(len(key) == 32 for key in keys)
    assert settings["map.includeElasticMapsService"] is settings["telemetry.optIn"] is False


def test_a_second_start_makes_nothing_anew(secrets: Path, tools: Path) -> None:
    before = {path: path.read_bytes() for path in secrets.rglob("*") if path.is_file()}
    assert _run(secrets, tools, "make") == ""
    assert before == {path: path.read_bytes() for path in secrets.rglob("*") if path.is_file()}
