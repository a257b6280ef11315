from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
import yaml

from countermark.config.read import read as settings
from countermark.report.findings import json_schema
from countermark_rules.registry import all_rules, check_settings

from .markdown import EDITORS, PAGES, ROOT, anchors, blocks, links, read


@pytest.mark.parametrize("page", [*PAGES, *EDITORS])
def test_links_and_pictures_lead_somewhere(page: str) -> None:
    for target in links(read(page)):
        if target.startswith(("https://", "http://", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        file = ROOT / page if not path else ((ROOT / page).parent / path).resolve()
        assert file.is_relative_to(ROOT), f"{page}: {target} leaves the repository"
        assert file.exists(), f"{page}: {target} does not exist"
        if anchor and file.suffix == ".md":
            assert anchor in anchors(file.read_text(encoding="utf-8")), f"{page}: no heading for {target}"


def test_every_page_can_be_reached_from_the_readme() -> None:
    seen, waiting = set(), ["README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page not in PAGES:
            continue
        seen.add(page)
        for target in links(read(page)):
            file = ((ROOT / page).parent / target.partition("#")[0]).resolve()
            if file.is_relative_to(ROOT):
                waiting.append(file.relative_to(ROOT).as_posix())
    assert set(PAGES) - seen == set()


@pytest.mark.parametrize("page", PAGES)
def test_data_in_blocks_can_be_read(page: str) -> None:
    parsers: dict[str, Callable[[str], object]] = {"toml": tomllib.loads, "json": json.loads, "yaml": yaml.safe_load}
    for block in blocks(read(page)):
        if block.language in parsers:
            parsers[block.language](block.body)


def test_shown_settings_can_be_meant() -> None:
    shown = [
        block.body for page in PAGES for block in blocks(read(page)) if block.body.startswith("# countermark.toml")
    ]
    assert shown
    for text in shown:
        table = tomllib.loads(text)
        check_settings(settings(table, file="countermark.toml", organisation="organisation" in table))


@pytest.mark.parametrize("page", PAGES)
def test_rules_that_are_named_exist(page: str) -> None:
    families = "|".join(sorted({rule.family for rule in all_rules()}))
    named = set(re.findall(rf"(?<![\w/.-])(?:{families})/[a-z0-9-]+(?![\w/])", read(page)))
    assert named - {"html/template"} <= {rule.id for rule in all_rules()}  # a package of Go's


def test_shown_findings_are_as_their_schema_says() -> None:
    shown = [json.loads(block.body) for page in PAGES for block in blocks(read(page)) if block.language == "json"]
    reports = [value for value in shown if value.get("schema") == "countermark/findings/1"]
    assert reports
    for report in reports:
        jsonschema.validate(report, json_schema())


def test_generated_pages_are_current(shared_cache: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", str(ROOT / "scripts" / "generate.py"), "--check"],
        env=os.environ | {"XDG_CACHE_HOME": str(shared_cache)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
