"""`rakorsus sbom`: what this installation is made of (CycloneDX 1.6), with licences."""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import re

from rakorsus import __version__
from rakorsus.cli.installation import Subparsers

_EXTRA = re.compile(r"extra\s*==")


def add_parser(commands: Subparsers) -> None:
    commands.add_parser("sbom", help="list of parts and licences, as CycloneDX JSON")


def run(options: argparse.Namespace) -> int:
    print(json.dumps(bill(), indent=1, ensure_ascii=False))
    return 0


def bill() -> dict[str, object]:
    """The parts that rakorsus needs at run time, as installed here."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {
            "component": {"type": "application", "name": "rakorsus", "version": __version__}
        },
        "components": [_component(name) for name in sorted(_needed("rakorsus"))],
    }


def _needed(root: str) -> set[str]:
    found: set[str] = set()
    waiting = [root]
    while waiting:
        for line in importlib.metadata.requires(waiting.pop()) or []:
            name = re.split(r"[\s;\[<>=!~(]", line, maxsplit=1)[0].lower().replace("_", "-")
            if name in found or _EXTRA.search(line):
                continue
            try:
                importlib.metadata.distribution(name)
            except importlib.metadata.PackageNotFoundError:  # for another system or version
                continue
            found.add(name)
            waiting.append(name)
    return found


def _component(name: str) -> dict[str, object]:
    facts = importlib.metadata.metadata(name)
    version = importlib.metadata.version(name)
    return {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "licenses": [{"license": {"name": licence}} for licence in _licences(name, facts)],
    }


def _licences(name: str, facts: importlib.metadata.PackageMetadata) -> list[str]:
    if expression := facts.get("License-Expression"):
        return [expression]
    classified = [
        line.rsplit("::", 1)[1].strip()
        for line in facts.get_all("Classifier") or []
        if line.startswith("License ::") and line.count("::") > 1
    ]
    written = (facts.get("License") or "").strip().split("\n")[0][:80]
    return classified or ([written] if written else _heading(name, facts))


def _heading(name: str, facts: importlib.metadata.PackageMetadata) -> list[str]:
    """The first line of each licence file, of a package that names its licence nowhere else."""
    files = importlib.metadata.distribution(name)
    found = []
    for file in facts.get_all("License-File") or []:
        text = files.read_text(f"licenses/{file}") or files.read_text(file) or ""
        if lines := text.strip().splitlines():
            found.append(lines[0].strip()[:80])
    return found
