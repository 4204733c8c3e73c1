"""Real storage for tests: a PostgreSQL server of its own and an S3 emulator, each started once per session.

Where a Docker engine answers, RUMIAI_TEST_CONTAINERS=1 takes PostgreSQL from a container instead.
"""

import logging
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import boto3
import psycopg
import pytest
from moto.server import ThreadedMotoServer

BUCKET = "rumiai-test"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def containers_wanted() -> bool:
    return os.environ.get("RUMIAI_TEST_CONTAINERS") == "1"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a PostgreSQL server, without a database name."""
    if containers_wanted():
        from testcontainers.postgres import PostgresContainer  # noqa: PLC0415 - needs a Docker client

        with PostgresContainer("postgres:16", driver=None) as container:
            yield container.get_connection_url().rsplit("/", 1)[0]
        return
    binaries = _postgres_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL's server programs are not installed: apt-get install postgresql")
    # /tmp, since a socket's path may have 107 characters only, and since the server must not run as root
    with tempfile.TemporaryDirectory(prefix="rumiai-pg-", dir="/tmp") as folder:
        yield from _run_postgres(binaries, Path(folder))


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """URL of a fresh database."""
    name = f"test_{os.getpid()}_{free_port()}"
    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield f"{postgres_server}/{name}"
    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def s3_environment() -> Iterator[dict[str, str]]:
    """What AWS_* a process needs to reach the emulator."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # a line per request otherwise
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
    }
    server.stop()


@pytest.fixture
def s3_url(s3_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """URL of an empty prefix in the emulator; this process can reach it too."""
    for name, value in s3_environment.items():
        monkeypatch.setenv(name, value)
    boto3.client("s3", endpoint_url=s3_environment["AWS_ENDPOINT_URL"], region_name="us-east-1").create_bucket(Bucket=BUCKET)
    return f"s3://{BUCKET}/{free_port()}"


def _postgres_binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _run_postgres(binaries: Path, folder: Path) -> Iterator[str]:
    owner = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    as_owner = ["runuser", "-u", owner, "--"] if os.geteuid() == 0 else []
    if as_owner:
        shutil.chown(folder, owner)
    data, port = folder / "data", free_port()

    def run(*command: str | Path) -> None:
        subprocess.run([*as_owner, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")

    run(binaries / "initdb", "-D", data, "-U", "rumiai", "--auth=trust", "--no-sync")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
    run(*control, "-o", options, "start")
    try:
        yield f"postgresql://rumiai@127.0.0.1:{port}"
    finally:
        run(*control, "-m", "immediate", "stop")
