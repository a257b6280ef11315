"""Whether lines keep their authors and hunks their reviews, and what that costs.

    python benchmarks/provenance.py [--sessions N] [--steps N] [--first SEED] [--minutes N] [--jobs N] [--show] [--skip-times]

Plays random sessions of agents and people in real repositories (see sessions/) and compares what is said of every line and hunk
with the truth: when it is staged, at the end of the session, and at the end in a clone that has the notes and nothing else. Then it
measures the programs (see provenance_times.py). The script says whether the targets hold; it fails only where something breaks.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import count

from attrs import define, field
from provenance_times import event, gate, scratch, verified
from sessions.play import play
from sessions.scores import Answers, Outcome, Score

_RECALL, _PRECISION = 0.99, 0.995
_EVENT, _EVENT_MS, _HUNKS_MS, _VERIFY_S = 6.0, 100.0, 50.0, 5.0
_EVERYTHING = 10**6


@define
class Totals:
    """All sessions together."""

    sessions: int = 0
    scores: dict[str, Score] = field(
        factory=lambda: {name: Score() for name in ("staged", "at the end", "from notes alone")}
    )
    answers: dict[str, Answers] = field(factory=lambda: {name: Answers() for name in ("at a commit", "in a clone")})

    def add(self, outcome: Outcome) -> None:
        """Count a session."""
        self.sessions += 1
        scores = (outcome.staged, outcome.ended, outcome.cloned)
        for total, score in zip(self.scores.values(), scores, strict=True):
            total.add(score)
        for all_, some in zip(self.answers.values(), (outcome.reviewed, outcome.verified), strict=True):
            all_.add(some)


def main() -> int:
    """Play, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=20, help="how many sessions to play")
    parser.add_argument("--minutes", type=float, help="play for so long instead")
    parser.add_argument("--steps", type=int, default=25, help="how much happens in each")
    parser.add_argument("--first", type=int, default=0, help="the seed of the first")
    parser.add_argument("--jobs", type=int, default=1, help="how many are played at once")
    parser.add_argument(
        "--show", action="store_true", help="name each line and hunk that was told wrongly, with the session's seed"
    )
    parser.add_argument("--skip-times", action="store_true", help="measure no times")
    arguments = parser.parse_args()
    seeds = iter(range(arguments.first, arguments.first + (_EVERYTHING if arguments.minutes else arguments.sessions)))
    totals = Totals()
    for outcome in _played(seeds, arguments.steps, arguments.jobs, arguments.minutes):
        totals.add(outcome)
        if arguments.show:
            _show(outcome)
    _print(totals, arguments.steps)
    if not arguments.skip_times:
        _times()
    return 0


def _played(seeds: Iterator[int], steps: int, jobs: int, minutes: float | None) -> Iterator[Outcome]:
    """The outcomes of sessions, several at a time, until there are no more seeds or the time is over."""
    until = time.monotonic() + minutes * 60 if minutes else float("inf")
    if jobs <= 1:
        for seed in seeds:
            yield _one(seed, steps)
            if time.monotonic() > until:
                return
    with ProcessPoolExecutor(jobs) as pool:
        for _ in count():
            batch = [seed for _, seed in zip(range(jobs), seeds, strict=False)]
            if not batch or time.monotonic() > until:
                return
            yield from pool.map(_one, batch, [steps] * len(batch))


def _one(seed: int, steps: int) -> Outcome:
    with scratch() as (folder, environ):
        return play(folder, seed, steps, environ)


def _show(outcome: Outcome) -> None:
    for where, score in (("staged", outcome.staged), ("ended", outcome.ended), ("cloned", outcome.cloned)):
        for said in score.wrong:
            print(f"  {outcome.seed} {where}: {said}", flush=True)
    for where, answers in (("commit", outcome.reviewed), ("clone", outcome.verified)):
        for what, hunks in (("asked again", answers.again), ("let through", answers.unread)):
            for said in hunks:
                print(f"  {outcome.seed} {where}: {what}: {said}", flush=True)


def _print(totals: Totals, steps: int) -> None:
    print(f"{totals.sessions} sessions of {steps} steps")
    print(f"{'':18} {'AI lines':>9} {'marked':>8} {'marks':>7} {'right':>8} {'doubtful':>9}")
    for name, score in totals.scores.items():
        shares = f"{score.recall:>8.2%} {score.claimed:>7} {score.precision:>8.2%} {score.doubtful:>9}"
        print(f"{name:18} {score.written:>9} {shares}")
        _target(f"{name}: marked", holds=score.recall >= _RECALL, target=f"{_RECALL:.1%}")
        _target(f"{name}: right", holds=score.precision >= _PRECISION, target=f"{_PRECISION:.1%}")
    print(f"{'':18} {'AI hunks':>9} {'approved':>9} {'asked again':>12} {'let through':>12}")
    for name, answers in totals.answers.items():
        again, unread = len(answers.again), len(answers.unread)
        print(f"{name:18} {answers.looked_at:>9} {answers.passed:>9} {again:>12} {unread:>12}")
        _target(f"{name}: no unchanged approved hunk is asked about again", holds=not again, target="0")
        _target(f"{name}: no changed hunk counts as approved", holds=not unread, target="0")


def _times() -> None:
    ratio, waits, broken = event()
    waited = f"the agent waits {waits:.0f} ms, {broken:.0f} ms where the repository is broken"
    print(f"an agent's report costs {ratio:.1f} times `python -c pass`; {waited}")
    _target("report", holds=ratio <= _EVENT, target=f"{_EVENT} times")
    _target("report in a broken repository", holds=broken <= _EVENT_MS, target=f"{_EVENT_MS:.0f} ms")
    more, nothing = gate()
    print(f"50 approved hunks add {more:.0f} ms of processor time to a commit (`python -c pass`: {nothing:.0f} ms)")
    _target("50 hunks", holds=more <= _HUNKS_MS, target=f"{_HUNKS_MS:.0f} ms")
    took, bare = verified()
    said = f"{took.wall:.2f} s, {took.cpu:.2f} s of them the processor's"
    print(f"`countermark verify` of 1,000 commits takes {said} (`python -c pass`: {bare.cpu * 1000:.0f} ms)")
    _target("verify", holds=took.wall <= _VERIFY_S, target=f"{_VERIFY_S} s")


def _target(name: str, *, holds: bool, target: str) -> None:
    print(f"  {'holds' if holds else 'MISSED'}: {name} ({target})")


if __name__ == "__main__":
    sys.exit(main())
