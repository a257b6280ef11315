"""The rules about tests, silenced checks and gates; those about guards that Semgrep sees are files of their own."""

from __future__ import annotations

from countermark.finding import Confidence, Rule, Severity

_CWE = "https://cwe.mitre.org/data/definitions/{}.html"


def _rule(
    name: str,
    title: str,
    why: str,
    remedy: str,
    severity: Severity,
    confidence: Confidence,
    *cwe: int,
    owasp: tuple[str, ...] = (),
) -> Rule:
    return Rule(
        f"guards/{name}",
        title,
        why,
        remedy,
        severity,
        confidence,
        tuple(f"CWE-{number}" for number in cwe),
        tuple(_CWE.format(number) for number in cwe),
        owasp=owasp,
    )


TEST_REMOVED = _rule(
    "test-removed",
    "Test removed",
    "A test is gone, and what it tested is still there. What it would have noticed goes unnoticed from now on.",
    "Put the test back and mend what it complains about, or say in the commit message what tests the same now.",
    Severity.MEDIUM,
    Confidence.MEDIUM,
    1053,
)
SECURITY_TEST_REMOVED = _rule(
    "security-test-removed",
    "Security test removed",
    "A test of who may do what is gone, and what it tested is still there. The next change can open that door and every "
    "test still passes.",
    "Put the test back and mend what it complains about; a test of access that is in the way is most often right.",
    Severity.HIGH,
    Confidence.LOW,
    693,
    1053,
)
TEST_SKIPPED = _rule(
    "test-skipped",
    "Test switched off",
    "A test that ran before is skipped now, or may fail without notice. Nobody sees any more when what it tests breaks.",
    "Mend what it complains about. Where it has to wait, give the reason and where it is tracked as the mark's text.",
    Severity.MEDIUM,
    Confidence.HIGH,
    1053,
)
ASSERTION_WEAKENED = _rule(
    "assertion-weakened",
    "Assertion removed or made to pass",
    "The test is still there and no longer asks what it asked, so it passes whatever the code does.",
    "Put the assertion back and mend the code; where the behaviour changed on purpose, assert the new one.",
    Severity.MEDIUM,
    Confidence.MEDIUM,
    1053,
)
CHECK_SILENCED = _rule(
    "check-silenced",
    "Check silenced",
    "A comment tells a checker to leave this code alone. What it would have found here, now and later, nobody will hear of.",
    "Mend what it complains about, or name the one rule and give the reason on the same line.",
    Severity.MEDIUM,
    Confidence.MEDIUM,
    1164,
    693,
)
FAILURE_IGNORED = _rule(
    "failure-ignored",
    "Check that may fail unnoticed",
    "The check still runs, and its failure no longer stops anything: what it finds is merged all the same.",
    "Let it fail, and mend or baseline what it finds; where it is new and only informs, say so beside it.",
    Severity.MEDIUM,
    Confidence.HIGH,
    693,
)
EXCEPT_BROADENED = _rule(
    "except-broadened",
    "Errors caught that were not",
    "Only the errors that were expected were caught here; now all are, and a failed check or a bug goes on as if nothing had happened.",
    "Catch what you expect by name and let the rest stop the request.",
    Severity.MEDIUM,
    Confidence.MEDIUM,
    396,
    703,
    owasp=("A10:2025",),
)
CI_GATE_REMOVED = _rule(
    "ci-gate-removed",
    "CI no longer runs a check",
    "Tests or a scanner that ran on every change run nowhere in these files any more. What they would stop is merged from now on.",
    "Put the step back, or show in this change where it runs now.",
    Severity.MEDIUM,
    Confidence.HIGH,
    693,
)
CI_PERMISSIONS_REMOVED = _rule(
    "ci-permissions-removed",
    "Limits of the CI token removed",
    "The workflow said what its token may do and does not any more, so it may do all that the repository's default "
    "allows: often, write.",
    "Put `permissions:` back, with the least that the jobs need.",
    Severity.MEDIUM,
    Confidence.HIGH,
    250,
    732,
)
COVERAGE_LOWERED = _rule(
    "coverage-lowered",
    "Threshold of coverage lowered",
    "Less of the code has to be tested than before for the gate to open.",
    "Leave the threshold and add the tests that are missing.",
    Severity.MEDIUM,
    Confidence.HIGH,
    1053,
)
OWNER_REMOVED = _rule(
    "owner-removed",
    "Code owner removed",
    "Changes to these files needed somebody's approval and need none any more.",
    "Keep an owner for them; name the new one in the same change.",
    Severity.MEDIUM,
    Confidence.HIGH,
    693,
    284,
)
PROTECTION_LOOSENED = _rule(
    "branch-protection-loosened",
    "Protection of a branch loosened",
    "What had to hold before a change reaches the branch need not hold any more: reviews, checks, or rules for administrators.",
    "Put the setting back; let somebody else than the author decide on it.",
    Severity.HIGH,
    Confidence.MEDIUM,
    693,
    284,
)
HOOK_REMOVED = _rule(
    "hook-removed",
    "Commit hook removed",
    "A check that ran before each commit is gone from the settings, for everybody who works here.",
    "Put it back, or name in the same change the hook that does the same.",
    Severity.MEDIUM,
    Confidence.MEDIUM,
    693,
)
SETTINGS_LOOSENED = _rule(
    "settings-loosened",
    "Countermark told to look away",
    "These settings let pass, or leave out, what was stopped or looked at before: for everybody, from this change on.",
    "Suppress the one finding that is meant, with a reason; settings are for what holds everywhere.",
    Severity.HIGH,
    Confidence.MEDIUM,
    693,
)
RULES = (
    TEST_REMOVED,
    SECURITY_TEST_REMOVED,
    TEST_SKIPPED,
    ASSERTION_WEAKENED,
    CHECK_SILENCED,
    FAILURE_IGNORED,
    EXCEPT_BROADENED,
    CI_GATE_REMOVED,
    CI_PERMISSIONS_REMOVED,
    COVERAGE_LOWERED,
    OWNER_REMOVED,
    PROTECTION_LOOSENED,
    HOOK_REMOVED,
    SETTINGS_LOOSENED,
)
