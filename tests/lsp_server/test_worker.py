"""The worker process: what it answers, and what happens when it does not."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from countermark_lsp.job import Job
from countermark_lsp.worker import Worker
from tests.support import Repository, fake_aws_key

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="stops the process by a signal")


@pytest_asyncio.fixture
async def worker(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Worker]:
    for key, value in repository.env.items():
        monkeypatch.setenv(key, value)
    worker = Worker(patience=20)
    yield worker
    await worker.close()


def job(repository: Repository, name: str = "a.py") -> Job:
    return Job(str(repository.path / name), name, f'key = "{fake_aws_key()}"\n')


@pytest.mark.asyncio
async def test_it_answers_one_job_after_the_other(worker: Worker, repository: Repository) -> None:
    reports = [(await worker.inspect(job(repository, name))).report for name in ("a.py", "b/c.py")]

    assert [[item.finding.path for item in report.judged] for report in reports] == [["a.py"], ["b/c.py"]]
    assert reports[0].failures == ()


@pytest.mark.asyncio
async def test_one_that_hangs_is_killed_and_replaced(worker: Worker, repository: Repository) -> None:
    await worker.inspect(job(repository))
    process = await worker.start()
    os.kill(process.pid, signal.SIGSTOP)
    worker._patience = 0.3

    lost = (await worker.inspect(job(repository))).report
    worker._patience = 20
    found = (await worker.inspect(job(repository))).report

    assert [(failure.path, failure.part) for failure in lost.failures] == [("a.py", "engine")]
    assert "no answer" in lost.failures[0].message
    assert await asyncio.wait_for(process.wait(), 5) == -signal.SIGKILL
    assert len(found.judged) == 1


@pytest.mark.asyncio
async def test_one_that_died_while_idle_costs_no_answer(worker: Worker, repository: Repository) -> None:
    await worker.inspect(job(repository))
    process = await worker.start()
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()

    assert len((await worker.inspect(job(repository))).report.judged) == 1


@pytest.mark.asyncio
async def test_who_gives_up_leaves_no_answer_for_the_next(worker: Worker, repository: Repository) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await worker.inspect(job(repository, "given-up.py"))

    assert [item.finding.path for item in (await worker.inspect(job(repository, "wanted.py"))).report.judged] == [
        "wanted.py"
    ]


@pytest.mark.asyncio
async def test_what_is_asked_while_it_closes_starts_nothing(worker: Worker, repository: Repository) -> None:
    asked = asyncio.create_task(worker.inspect(job(repository)))
    await asyncio.sleep(0)  # its process is about to start
    asked.cancel()
    late = asyncio.create_task(worker.inspect(job(repository)))

    async with asyncio.timeout(10):
        await worker.close()
        answer = await late

    assert [failure.part for failure in answer.report.failures] == ["engine"]
    assert {task for task in asyncio.all_tasks() if not task.done()} == {asyncio.current_task()}


@pytest.mark.asyncio
async def test_one_that_never_starts_is_reported(
    worker: Worker, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(repository.path / "gone"))

    assert "stopped unexpectedly" in (await worker.inspect(job(repository))).report.failures[0].message


@pytest.mark.asyncio
async def test_it_ends_with_its_input(repository: Repository) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-m", "countermark_lsp.child", "fast"),
        stdin=asyncio.subprocess.PIPE,
        env=repository.env,
    )
    await process.communicate(b"")

    assert process.returncode == 0


def test_the_server_itself_loads_no_scanner() -> None:
    loaded = "import sys, countermark_lsp.run; print(*(name.partition('.')[0] for name in sys.modules))"
    done = subprocess.run([sys.executable, "-I", "-c", loaded], capture_output=True, text=True, check=True)

    heavy = {"countermark_rules", "detect_secrets", "hyperscan", "semgrep", "yaml", "git", "click"}
    assert heavy & set(done.stdout.split()) == set()
