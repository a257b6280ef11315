"""The ephemeral ways: what to use in place of each kind of long-lived credential, and where that is documented."""

from __future__ import annotations

from collections.abc import Mapping

from .names import CLOUDS

_ACTIONS = "https://docs.github.com/actions/how-tos/secure-your-work/security-harden-deployments"
_TERRAFORM = "https://registry.terraform.io/providers/hashicorp"
_GITLAB = "https://docs.gitlab.com/ci/cloud_services"
_TRUSTED = "trusted publishing, which needs no token"

# What takes the place of a key, and a page about that; a system comes before the slash, a kind of credential after it.
_WAYS: Mapping[str, tuple[str, str]] = {
    "github/aws": (
        "a role that the workflow assumes through OIDC, with `id-token: write` and `role-to-assume`",
        f"{_ACTIONS}/oidc-in-aws",
    ),
    "github/azure": ("federated credentials of the app, with `id-token: write` and no secret", f"{_ACTIONS}/oidc-in-azure"),
    "github/gcp": (
        "Workload Identity Federation, with `id-token: write` and `workload_identity_provider`",
        f"{_ACTIONS}/oidc-in-google-cloud-platform",
    ),
    "github/pypi": (_TRUSTED, "https://docs.pypi.org/trusted-publishers/"),
    "github/npm": (_TRUSTED, "https://docs.npmjs.com/trusted-publishers"),
    "github/crates": (_TRUSTED, "https://crates.io/docs/trusted-publishing"),
    "github/rubygems": (_TRUSTED, "https://guides.rubygems.org/trusted-publishing/"),
    "github/nuget": (_TRUSTED, "https://learn.microsoft.com/nuget/nuget-org/trusted-publishing"),
    "github/ghcr": (
        "the job's own GITHUB_TOKEN, with `packages: write`",
        "https://docs.github.com/packages/working-with-a-github-packages-registry/working-with-the-container-registry",
    ),
    "gitlab/aws": ("a role that the job assumes with an ID token (`id_tokens`)", f"{_GITLAB}/aws/"),
    "gitlab/azure": ("federated credentials and an ID token (`id_tokens`)", f"{_GITLAB}/azure/"),
    "gitlab/gcp": ("Workload Identity Federation and an ID token (`id_tokens`)", f"{_GITLAB}/google_cloud/"),
    "gitlab/pypi": (_TRUSTED, "https://docs.pypi.org/trusted-publishers/using-a-publisher/"),
    "gitlab/npm": (_TRUSTED, "https://docs.npmjs.com/trusted-publishers"),
    "circleci/npm": (_TRUSTED, "https://docs.npmjs.com/trusted-publishers"),
    "circleci/pypi": (_TRUSTED, "https://docs.pypi.org/trusted-publishers/"),
    **{
        f"circleci/{cloud}": (
            f"a role in {name} that the job assumes with its OpenID Connect token",
            "https://circleci.com/docs/openid-connect-tokens/",
        )
        for cloud, name in CLOUDS.items()
    },
    **{
        f"jenkins/{cloud}": (
            f"the agent's own identity in {name}, or an ID token that Jenkins issues to the build",
            "https://plugins.jenkins.io/oidc-provider/",
        )
        for cloud, name in CLOUDS.items()
    },
    **{
        f"bitbucket/{cloud}": (
            f"a role in {name} that the step assumes through OIDC (`oidc: true`)",
            "https://support.atlassian.com/bitbucket-cloud/docs/integrate-pipelines-with-resource-servers-using-oidc/",
        )
        for cloud, name in CLOUDS.items()
    },
    **{
        f"azure-pipelines/{cloud}": (
            "a service connection with workload identity federation",
            "https://learn.microsoft.com/azure/devops/pipelines/library/connect-to-azure",
        )
        for cloud in CLOUDS
    },
    "terraform/aws": (
        "no key here: the provider finds the role of where it runs, or one that it assumes through OIDC",
        f"{_TERRAFORM}/aws/latest/docs#authentication-and-configuration",
    ),
    "terraform/azure": ("`use_oidc`, or a managed identity", f"{_TERRAFORM}/azurerm/latest/docs/guides/service_principal_oidc"),
    "terraform/gcp": (
        "no key here: the service account that is attached to where it runs, or Workload Identity Federation",
        f"{_TERRAFORM}/google/latest/docs/guides/provider_reference#authentication",
    ),
    "manifest/aws": (
        "a role of the pod or the task, through IAM roles for service accounts or EKS Pod Identity",
        "https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html",
    ),
    "manifest/azure": ("Workload ID of the pod", "https://learn.microsoft.com/azure/aks/workload-identity-overview"),
    "manifest/gcp": (
        "Workload Identity Federation of the pod",
        "https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity",
    ),
    "aws_iam_access_key": (
        "an IAM role, which who needs it assumes for an hour",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles",
    ),
    "aws_iam_service_specific_credential": (
        "an IAM role and temporary credentials",
        "https://docs.aws.amazon.com/codecommit/latest/userguide/setting-up-git-remote-codecommit.html",
    ),
    "google_service_account_key": (
        "the attached service account, or Workload Identity Federation",
        "https://cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys#alternatives",
    ),
    "google_storage_hmac_key": (
        "the JSON interface and the attached service account",
        "https://cloud.google.com/storage/docs/authentication",
    ),
    "azuread_application_password": (
        "`azuread_application_federated_identity_credential`, or a managed identity",
        "https://learn.microsoft.com/entra/workload-id/workload-identity-federation",
    ),
    "azuread_service_principal_password": (
        "`azuread_application_federated_identity_credential`, or a managed identity",
        "https://learn.microsoft.com/entra/workload-id/workload-identity-federation",
    ),
    "kubernetes": (
        "a projected token or `kubectl create token`, which end by themselves",
        "https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-tokens",
    ),
    "jwt": ("an `exp` of minutes, and a new token when it is over", "https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4"),
    "gitlab-token": ("CI_JOB_TOKEN, an ID token, or at least `expires_at`", "https://docs.gitlab.com/api/project_access_tokens/"),
}  # fmt: skip
SYSTEMS = {
    "github": "GitHub Actions",
    "gitlab": "GitLab CI",
    "circleci": "CircleCI",
    "jenkins": "Jenkins",
    "bitbucket": "Bitbucket Pipelines",
    "azure-pipelines": "Azure Pipelines",
}


def in_its_place(way: str) -> str:
    """The sentence that names the ephemeral way."""
    words, page = _WAYS[way]
    return f"In its place: {words} ({page})."


def pages(prefixes: tuple[str, ...]) -> tuple[str, ...]:
    """The pages about some ways, each once."""
    return tuple(dict.fromkeys(page for way, (_, page) in _WAYS.items() if way.startswith(prefixes)))
