"""The rules. The messages of findings say besides what is to be used in this place."""

from __future__ import annotations

from countermark.finding import Confidence, Rule, Severity

from .ways import pages

_CI = ("github/aws", "github/azure", "github/gcp", "gitlab/aws", "circleci/aws", "jenkins/aws")
_RESOURCES = ("aws_iam_access_key", "google_service_account_key", "azuread_application_password")
_AFTERWARDS = "Afterwards delete the old one where it was issued, or it goes on to open everything."


def _rule(
    id: str,  # noqa: A002 - the name that rules have
    title: str,
    why: str,
    remedy: str,
    ways: tuple[str, ...],
    confidence: Confidence = Confidence.HIGH,
) -> Rule:
    return Rule(
        f"credentials/{id}", title, why, f"{remedy} {_AFTERWARDS}", Severity.MEDIUM, confidence, ("CWE-1391",), pages(ways)
    )  # fmt: skip


RULES = (
    _rule(
        "static-key-in-ci",
        "Static cloud key in a pipeline",
        "This pipeline is given a key that works from anywhere until somebody deletes it. Every step and every dependency that "
        "runs in it can take it along, and nobody will see that.",
        "Let the pipeline prove who it is, and let the cloud answer with credentials that end with the job.",
        _CI,
    ),
    _rule(
        "long-lived-registry-token",
        "Stored token where the registry trusts the pipeline itself",
        "Whoever gets this token, from a step, a log or a fork, can publish as you until somebody revokes it.",
        "Tell the registry which workflow may publish, and drop the token.",
        ("github/pypi", "github/npm", "github/ghcr"),
        Confidence.MEDIUM,
    ),
    _rule(
        "static-key-in-provider",
        "Static key in Terraform's settings of a provider or backend",
        "The key has to be kept somewhere for each run, and ends up in plans, states and shells. It works until somebody deletes it.",
        "Leave the key out and let the provider use an identity.",
        ("terraform/",),
    ),
    _rule(
        "key-resource",
        "Resource that makes a static key",
        "A key is made here that works until it is destroyed, and it is kept in the state, where everyone who may plan can read it.",
        "Give the program an identity and remove the resource.",
        _RESOURCES,
    ),
    _rule(
        "static-key-in-manifest",
        "Static cloud key in a manifest",
        "What runs here is given a key that works from anywhere until somebody deletes it, and everyone who may look into the "
        "container, its environment or the cluster's secrets can take it along.",
        "Give the workload an identity of its own, and drop the variables.",
        ("manifest/",),
        Confidence.MEDIUM,
    ),
    _rule(
        "service-account-token-secret",
        "Service-account token without an end",
        "Kubernetes writes a token of the service account into this Secret. It never expires and outlives the pods that use it.",
        "Ask for a token when it is needed, or project one into the pod.",
        ("kubernetes",),
    ),
    _rule(
        "token-without-expiry",
        "Token that is made without an end",
        "The token that is made here works for ever: whoever gets hold of it once can use it until its key or its owner is gone.",
        "Give it an end that is as near as its use allows.",
        ("jwt", "gitlab-token"),
        Confidence.MEDIUM,
    ),
)  # fmt: skip
BY_NAME = {rule.id.partition("/")[2]: rule for rule in RULES}
