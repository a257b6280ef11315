"""For plain detect-secrets: `detect-secrets scan -p .../countermark_rules/detectors/secrets/detect_secrets_plugins.py`."""

from __future__ import annotations

from countermark_rules.detectors.secrets.plugins import classes

globals().update(classes())
