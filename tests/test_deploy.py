"""The worked examples in deploy/: run against object storage, and read."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

import pytest
import yaml

from tests.building import NOW, ROOT, SITE, build
from tests.cases import cases
from tests.pages import SITEURL, write_text
from tests.sharing import read_folder, write_shared_site

DEPLOY = ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
SCRIPT = DEPLOY / "build-share.sh"
JOBS = ("read", "build", "publish")
SHARES = 2
PER_BUILD = {"BUILD", "SOURCE_DATE_EPOCH"}
"""What the command in docs/scaling.md puts into the config map of one build."""


def load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


def config() -> dict[str, str]:
    return dict(load(KUBERNETES / "config.yaml")["data"])


def copied_by_the_dockerfile() -> list[str]:
    lines = (KUBERNETES / "Dockerfile").read_text("utf-8").splitlines()
    copies = [line.split()[1:-1] for line in lines if line.startswith("COPY ")]
    return [name for names in copies for name in names]


@dataclass(slots=True)
class Cluster:
    """Machines that have nothing in common but a bucket; `image` is what a container holds."""

    folder: Path
    endpoint: str
    content: Path
    image: Path = field(init=False)
    _numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.image = self.folder / "image"
        for name in copied_by_the_dockerfile():
            target = self.image / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).is_dir():
                leave = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / name, target, ignore=leave)
            else:
                shutil.copy(ROOT / name, target)

    def run_all(self, phase: str, name: str) -> list[subprocess.CompletedProcess[str]]:
        """A container for each share, all at once."""
        with ThreadPoolExecutor(SHARES) as pool:
            return list(pool.map(lambda index: self.run(phase, name, index), range(SHARES)))

    def run(self, phase: str, name: str, index: int = 0) -> subprocess.CompletedProcess[str]:
        """A container that begins with an empty folder."""
        work = self.folder / f"machine-{next(self._numbers)}"
        work.mkdir()
        told = {"BUILD": name, "SOURCE_DATE_EPOCH": str(NOW), "JOB_COMPLETION_INDEX": str(index)}
        return self._run(["/bin/sh", str(self.image / "deploy/build-share.sh"), phase], work, told)

    def fetch(self, name: str) -> dict[str, bytes]:
        """What is in a folder of the bucket."""
        target = self.folder / f"fetched-{next(self._numbers)}"
        result = self._run(["rclone", "copy", f"store:rubric/{name}", str(target)], self.folder, {})
        assert result.returncode == 0, result.stderr
        return read_folder(target)

    def _run(
        self, command: list[str], work: Path, told: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        here = {
            "SITEURL": SITEURL,
            "SHARES": str(SHARES),
            "RCLONE_CONFIG_STORE_ENDPOINT": self.endpoint,
            "CONTENT": str(self.content),
            "RUBRIC_SITE": str(SITE),
        }
        environment = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(work),
            "COLUMNS": "200",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            **config(),
            **here,
            **told,
        }
        return subprocess.run(
            command, cwd=work, env=environment, capture_output=True, text=True, check=False
        )


@pytest.fixture
def endpoint() -> Iterator[str]:
    """A server that speaks the S3 API, with an empty bucket `rubric`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, "the server has ended"
            time.sleep(0.1)
        request = Request(f"{address}/rubric", method="PUT")
        build_opener(ProxyHandler({})).open(request, timeout=60).close()
        yield address
    finally:
        server.terminate()
        server.wait()


@pytest.mark.skipif(not shutil.which("rclone"), reason="rclone is not installed")
def test_machines_that_share_a_bucket_publish_what_one_machine_would(endpoint: str, tmp_path: Path):
    content = write_shared_site(tmp_path, 3)
    whole = build(content, tmp_path / "whole/output")
    cluster = Cluster(tmp_path / "cluster", endpoint, content)
    for reading in cluster.run_all("read", "first"):
        assert reading.returncode == 0, reading.stderr
    for index in range(SHARES):
        if index == SHARES - 1:
            early = cluster.run("publish", "first")
            assert (early.returncode, early.stderr) == (
                1,
                f"{index} of {SHARES} shares of first are done. The site stays as it is.\n",
            )
            assert cluster.fetch("site") == {}
        building = cluster.run("build", "first", index)
        assert building.returncode == 0, building.stderr
        assert "0 of them parsed" in building.stdout
    publishing = cluster.run("publish", "first")
    assert publishing.returncode == 0, publishing.stderr
    assert cluster.fetch("site") == whole.files()
    assert cluster.fetch("exports") == read_folder(whole.output.parent / "exports")
    assert cluster.fetch("builds") == {}

    # The next build parses what has changed, and what has vanished goes.
    (content / "ru/posts/post-2.md").unlink()
    text = write_text("Post 1", "Other words.\n\n#servicestories", aliases=["/en/was-1/"])
    (content / "en/posts/post-1.md").write_text(text, encoding="utf-8")
    parsed = []
    for reading in cluster.run_all("read", "second"):
        parsed += [int(number) for number in re.findall(r"(\d+) of them parsed", reading.stdout)]
    assert (len(parsed), sum(parsed)) == (SHARES, 1)
    assert [each.returncode for each in cluster.run_all("build", "second")] == [0] * SHARES
    assert cluster.run("publish", "second").returncode == 0
    again = build(content, tmp_path / "again/output")
    assert "ru/post-2/index.html" in whole.files().keys() - again.files().keys()
    assert cluster.fetch("site") == again.files()


@cases("phase", JOBS)
def test_a_job_asks_the_script_for_what_it_can_do(phase: str):
    job = load(KUBERNETES / f"{phase}.yaml")
    (container,) = job["spec"]["template"]["spec"]["containers"]
    assert container["args"] == [phase]
    assert f"\n{phase})\n" in SCRIPT.read_text("utf-8")
    dockerfile = (KUBERNETES / "Dockerfile").read_text("utf-8")
    assert f'ENTRYPOINT ["/rubric/{SCRIPT.relative_to(ROOT).as_posix()}"]' in dockerfile
    assert f"WORKDIR {container['workingDir']}\nENTRYPOINT" in dockerfile
    assert os.access(SCRIPT, os.X_OK)


@cases("phase", JOBS)
def test_a_job_gives_all_that_the_script_needs(phase: str):
    job = load(KUBERNETES / f"{phase}.yaml")
    (container,) = job["spec"]["template"]["spec"]["containers"]
    given = [next(iter(source.values()))["name"] for source in container["envFrom"]]
    assert given == ["rubric", "rubric-build", "rubric-storage"]
    needed = set(re.findall(r"\$\{(\w+):\?\}", SCRIPT.read_text("utf-8")))
    assert len(needed) > 4
    known = config().keys() | PER_BUILD
    if job["spec"].get("completionMode") == "Indexed":
        known |= {"JOB_COMPLETION_INDEX"}  # Kubernetes tells each pod of such a job its number
        assert job["spec"]["completions"] == job["spec"]["parallelism"] == int(config()["SHARES"])
    else:
        needed -= {"JOB_COMPLETION_INDEX"}
        assert phase == "publish"
    assert needed <= known


@cases("phase", JOBS)
def test_a_pod_may_do_little(phase: str):
    pod = load(KUBERNETES / f"{phase}.yaml")["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["securityContext"]["runAsUser"] >= 10_000
    assert not pod["automountServiceAccountToken"]
    assert container["securityContext"] == {
        "readOnlyRootFilesystem": True,
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
    }
    writable = {volume["name"] for volume in pod["volumes"] if "emptyDir" in volume}
    assert {mount["name"] for mount in container["volumeMounts"]} == writable
    assert container["workingDir"] in [mount["mountPath"] for mount in container["volumeMounts"]]


def test_no_example_holds_a_key():
    assert not any("KEY" in name or "SECRET" in name or "TOKEN" in name for name in config())


def test_the_image_holds_what_docker_is_let_to_see():
    """A list of what to leave out lets everything else in; this one says what is let in."""
    ignored = (KUBERNETES / "Dockerfile.dockerignore").read_text("utf-8").split()
    assert ignored[0] == "*"
    assert {name[1:] for name in ignored if name.startswith("!")} == set(copied_by_the_dockerfile())


def test_docs_tell_how_the_jobs_are_started():
    text = (ROOT / "docs/scaling.md").read_text("utf-8")
    assert all(f"--from-literal={name}=" in text for name in PER_BUILD)
    assert all(name in text for name in ("config.yaml", "rubric-storage", "github-actions.yml"))
    assert "for job in read build publish" in text


def test_the_workflow_is_a_line_of_jobs_that_share_alike():
    jobs = load(DEPLOY / "github-actions.yml")["jobs"]
    assert [jobs[name].get("needs") for name in jobs] == [
        None,
        "time",
        ["time", "read"],
        "build",
    ]
    for name in ("read", "build"):
        shares = jobs[name]["strategy"]["matrix"]["share"]
        assert (
            shares == list(range(1, len(shares) + 1)) == jobs["read"]["strategy"]["matrix"]["share"]
        )
        told = jobs[name]["env"]
        assert told["RUBRIC_SHARD"] == "${{ matrix.share }}/${{ strategy.job-total }}"
        assert told["SOURCE_DATE_EPOCH"] == "${{ needs.time.outputs.now }}"
    (reading,) = (step for step in jobs["read"]["steps"] if "publish" in step.get("run", ""))
    assert reading["env"] == {"RUBRIC_ONLY_READ": "1"}


def test_the_workflow_hands_on_the_folders_that_a_build_uses():
    jobs = load(DEPLOY / "github-actions.yml")["jobs"]
    steps = [step for job in jobs.values() for step in job["steps"]]
    folders = {line for s in steps for line in str(s.get("with", {}).get("path", "")).split()}
    # The project's own OUTPUT_PATH, what lies beside it, and where pictures are kept.
    assert folders == {
        "output",
        "exports",
        ".output.store/texts",
        ".output.store/values",
        ".cache/social",
    }
    sent = {s["with"]["name"] for s in steps if "upload-artifact" in s.get("uses", "")}
    taken = {s["with"]["pattern"] for s in steps if "download-artifact" in s.get("uses", "")}
    assert {name.replace("${{ matrix.share }}", "*") for name in sent} - taken == {"exports-*"}
