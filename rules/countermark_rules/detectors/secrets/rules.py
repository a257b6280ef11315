"""The rules: one for each token of the providers' files, each structured format, and each of detect-secrets' plugins."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache as once

from countermark.finding import Confidence, Lifetime, Rule, Severity

from .declaration import Token
from .search import bundle
from .structured import STRUCTURED

_REMEDY = (
    "Revoke it where it was issued, then remove it from the file and from the history. "
    "Read its successor from the environment or a secret store."
)
_DETECT_SECRETS = "https://github.com/Yelp/detect-secrets"


def _plain(
    id: str,  # noqa: A002 - the name that rules have
    title: str,
    why: str,
    severity: Severity = Severity.HIGH,
    confidence: Confidence = Confidence.MEDIUM,
    *,
    enabled: bool = True,
) -> Rule:
    return Rule(f"secrets/{id}", title, why, _REMEDY, severity, confidence, ("CWE-798",), (_DETECT_SECRETS,), enabled)


# What detect-secrets finds and no provider's file covers.
_UPSTREAM = (
    _plain(
        "keyword",
        "Password or key in an assignment",
        "Whoever reads this value can log in or call the service with it, as you.",
    ),
    _plain(
        "service-key",
        "Key of a service",
        "Whoever reads this key can call the service that is named before it, as you.",
    ),
    _plain(
        "artifactory-credentials",
        "Artifactory credentials",
        "Whoever reads this can fetch and perhaps publish packages as you.",
    ),
    _plain(
        "azure-storage-account-key",
        "Azure storage account key",
        "Whoever reads this key can read, change and delete everything in the storage account.",
    ),
    _plain(
        "basic-auth-url",
        "Password in a URL",
        "Whoever reads this URL can log in to that service with the user name and password in it.",
    ),
    _plain(
        "cloudant-credentials",
        "Cloudant credentials",
        "Whoever reads this can read and change the databases of the account.",
    ),
    _plain(
        "discord-bot-token",
        "Discord bot token",
        "Whoever reads this token can act as the bot in every server that it is in.",
    ),
    _plain(
        "ibm-cloud-iam-key",
        "IBM Cloud API key",
        "Whoever reads this key can do in the account what its owner may do.",
        confidence=Confidence.LOW,
    ),
    _plain(
        "ibm-cos-hmac-key",
        "IBM Cloud Object Storage secret key",
        "Whoever reads this key can read and change the buckets.",
    ),
    _plain("json-web-token", "JSON Web Token", "Whoever reads this token can act as its subject until it expires."),
    _plain(
        "mailchimp-api-key",
        "Mailchimp API key",
        "Whoever reads this key can read your audience's addresses and send mail to them as you.",
    ),
    _plain(
        "npm-registry-auth-token",
        "Token of an npm registry",
        "Whoever reads this token can install, and perhaps publish, packages as you.",
    ),
    _plain("private-key", "Private key", "Whoever reads this key can pose as its owner."),
    _plain("softlayer-credentials", "SoftLayer API key", "Whoever reads this key can manage the account's machines."),
    _plain(
        "square-oauth-secret", "Square OAuth secret", "Whoever reads this can pose as the application towards sellers."
    ),
    _plain(
        "telegram-bot-token", "Telegram bot token", "Whoever reads this token can read and send messages as the bot."
    ),
    _plain("aws-access-key-id", "AWS access key id", "Whoever has it and its secret key can act as the user."),
    _plain("github-personal-access-token-classic", "GitHub token", "Whoever reads this token can act as its owner."),
    _plain("gitlab-personal-access-token", "GitLab token", "Whoever reads this token can act as its owner."),
    _plain("openai-api-key", "OpenAI API key", "Whoever reads this key can use the models at your expense."),
    _plain("pypi-api-token", "PyPI API token", "Whoever reads this token can publish packages as you."),
    _plain("sendgrid-api-key", "SendGrid API key", "Whoever reads this key can send mail as you."),
    _plain("slack-bot-token", "Slack token", "Whoever reads this token can read and write in the workspace."),
    _plain("stripe-secret-key", "Stripe secret key", "Whoever reads this key can move money and read customers' data."),
    _plain(
        "twilio-api-key", "Twilio API key", "Whoever reads this key can send messages and make calls at your expense."
    ),
    _plain(
        "base64-high-entropy",
        "Random text in base64",
        "Text as random as this is often a key; as often it is not.",
        Severity.MEDIUM,
        Confidence.LOW,
        enabled=False,
    ),
    _plain(
        "hex-high-entropy",
        "Random hexadecimal digits",
        "Digits as random as these are often a key; as often a checksum.",
        Severity.MEDIUM,
        Confidence.LOW,
        enabled=False,
    ),
    _plain(
        "public-ip",
        "Public IP address",
        "It tells where your systems are.",
        Severity.LOW,
        Confidence.LOW,
        enabled=False,
    ),
)


@once
def rules() -> Mapping[str, Rule]:
    """Every rule, by its id without the family. Where one of ours covers what detect-secrets finds, ours it is."""
    return {**upstream_rules(), **{token.id: rule_of(token) for token in bundle().tokens()}}


@once
def upstream_rules() -> Mapping[str, Rule]:
    """Those of detect-secrets' own plugins and of structured formats."""
    return {_slug(rule): rule for rule in _UPSTREAM} | {
        slug: rule for shape in STRUCTURED for slug, rule in shape.rules.items()
    }


@once
def rule_of(token: Token) -> Rule:
    """The rule that a provider's file declares."""
    # What lives shorter anyway has no need of it.
    instead = f" In its place: {token.instead}." if token.instead and token.lifetime is not Lifetime.SHORT else ""
    return Rule(
        id=f"secrets/{token.id}",
        title=token.title,
        why=f"Whoever reads this {token.title} can use it: it opens {token.opens}.{instead}",
        remedy=f"Revoke it first, at {token.revoke}; then remove it from the file and from the history. "
        f"Read its successor from the environment or a secret store.",
        severity=token.severity,
        confidence=token.confidence,
        cwe=token.cwe,
        references=(token.docs,),
        enabled=token.enabled,
    )


def _slug(rule: Rule) -> str:
    return rule.id.partition("/")[2]
