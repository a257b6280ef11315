"""What a name says: of a variable, an input or a stored secret. A static key of a cloud, a token of a registry, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LONGEST = 100
_START, _END = r"(?:^|_)", r"(?:_|$)"
_CLOUDS = {
    "aws": rf"{_START}AWS_(?:\w+_)?(?:ACCESS|SECRET)_KEY{_END}",
    "azure": rf"{_START}(?:AZURE|ARM)_(?:\w+_)?(?:CLIENT_SECRET|CREDENTIALS|CREDS|SP_PASSWORD|SP_SECRET"
    rf"|SERVICE_PRINCIPAL_(?:KEY|PASSWORD|SECRET)){_END}",
    "gcp": (
        rf"{_START}(?:GCP|GCLOUD|GKE|GCS|GCR|GAR|GOOGLE|BIGQUERY)_(?:\w+_)?"
        rf"(?:CREDENTIALS?|CREDS|SA_KEY|SA_JSON|SERVICE_KEY|SERVICE_ACCOUNT_(?:KEY|JSON|CREDENTIALS)|KEYFILE(?:_JSON)?|KEY_JSON|JSON_KEY){_END}"
        rf"|{_START}FIREBASE_SERVICE_ACCOUNT{_END}"
    ),
}
_REGISTRIES = {
    "pypi": rf"{_START}(?:(?:TEST_?)?PYPI|TWINE|FLIT|UV_PUBLISH|PDM_PUBLISH|HATCH_INDEX)_(?:\w+_)?"
    rf"(?:TOKEN|PASSWORD|AUTH|KEY|SECRET){_END}",
    "npm": rf"{_START}(?:NPM_(?:\w+_)?|NODE_AUTH_)TOKEN{_END}",
    "crates": rf"{_START}(?:CARGO_REGISTRY_|CARGO_|CRATES_(?:IO_)?)TOKEN{_END}",
    "rubygems": rf"{_START}(?:GEM_HOST_API_KEY|RUBYGEMS_(?:\w+_)?(?:KEY|TOKEN)){_END}",
    "nuget": rf"{_START}NUGET_(?:\w+_)?(?:KEY|TOKEN){_END}",
}  # fmt: skip
_KINDS = [(kind, re.compile(pattern)) for kind, pattern in {**_CLOUDS, **_REGISTRIES}.items()]
# Stores that speak S3 and know no roles, and stand-ins for a cloud in tests.
_ELSEWHERE = re.compile(
    rf"{_START}(?:R2|B2|MINIO|SPACES|WASABI|BACKBLAZE|CLOUDFLARE|DIGITALOCEAN|DO|LOCALSTACK|SCW|SCALEWAY|HETZNER|LINODE|TIGRIS|CEPH|OSN"
    rf"|GARAGE|YANDEX|OVH|VULTR|STORJ|UPSTASH|SUPABASE|MOTO|FAKE|MOCK|DUMMY){_END}|ENDPOINT"
)
_OWN_REGISTRY = re.compile(rf"{_START}(?:PRIVATE|INTERNAL|CORP|ARTIFACTORY|NEXUS){_END}")
_SESSION = re.compile(rf"SESSION_TOKEN{_END}")
_STAND_IN = re.compile(
    r"""(?:fake|mock|dummy|test|minio|local|example|sample|placeholder|change|your|xxx|foo|bar|none|null|na|key|secret|access|admin|root|anything)
    [\w.-]*|[<\[{*_.-].*""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
CLOUDS = {"aws": "AWS", "azure": "Azure", "gcp": "Google Cloud"}


def plain(name: str) -> str:
    """A name in capitals and underscores, however it is written: ``aws-access-key-id`` and ``awsAccessKeyId`` are one."""
    return re.sub(r"[-. ]", "_", _CAMEL.sub("_", name[:_LONGEST]) if not name.isupper() else name[:_LONGEST]).upper()


def kind_of(name: str) -> str | None:
    """What a name stands for: one of CLOUDS, a registry, or None."""
    said = plain(name)
    kind = next((kind for kind, pattern in _KINDS if pattern.search(said)), None)
    return None if kind not in CLOUDS and _OWN_REGISTRY.search(said) else kind


def is_elsewhere(names: Iterable[str]) -> bool:
    """Whether names beside a key say that it is not for the cloud itself."""
    return any(_ELSEWHERE.search(plain(name)) for name in names)


def is_temporary(names: Iterable[str]) -> bool:
    """Whether names beside a key say that it ends with a session."""
    return any(_SESSION.search(plain(name)) for name in names)


def is_stand_in(value: str) -> bool:
    """Whether a value stands where nobody checks it, as with LocalStack, or where one will be put."""
    return not value.strip() or _STAND_IN.fullmatch(value.strip()) is not None
