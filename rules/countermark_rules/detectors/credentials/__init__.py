"""Configuration that makes credentials live long where an identity would do: static keys in pipelines, manifests and Terraform.

The value may be nowhere in the repository (``${{ secrets.X }}``): what is reported is that such a credential exists and is handed on.
"""
