"""What stands around an agreement in its repository: checks, pages, editor, a few lines to read first."""

from __future__ import annotations

import json
from collections.abc import Mapping

from checker.agreement.schema import agreement_schema, source_schema
from checker.site.configuration import mkdocs_config
from checker.text.writing import scalar

ACTION = "OWNER/smarketing-sla@v0"

_WORKFLOW = """\
# Checks the agreement on each pull request, and remarks on the lines that are wrong.
name: Agreement
on:
  pull_request:
  push:
    branches: [main]
jobs:
  agreement:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      pull-requests: write # for the comment
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0 # to know what changes
      - uses: <ACTION>
        with:
          comment: true
"""
_OWNER = "# OWNER is the account on GitHub that has the repository of smarketing-sla.\n"

_GITLAB = """\
# Checks the agreement in each merge request and on the default branch.
sla-validate:
  image: python:3.12-slim
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  before_script:
    - python -m pip install --quiet "smarketing-sla[check]"
  script:
    - sla validate --as-of "$(date -u +%F)" --format text --format gitlab=gl-code-quality-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
"""

_IGNORED = """\
build/
site/
# Exports hold personal data: they stay out of the repository.
*.csv
*.parquet
"""


def surroundings(
    title: str, language: str, readme: str, about: str, action: str, has_gitlab: bool
) -> Mapping[str, str]:
    """Path in the repository -> text, of all files but the agreement's own. `about` is what the menu calls `readme`."""
    workflow = _WORKFLOW.replace("<ACTION>", action)
    files = {
        "README.md": readme,
        "mkdocs.yml": mkdocs_config(title, results="build/results.json", language=language)
        + f"\n# pages of your own, beside those of the agreement\nnav:\n  - {scalar(about)}: about.md\n",
        "docs/about.md": f"# {_one_line(title)}\n\n{readme.partition(chr(10))[2].lstrip()}",
        ".gitignore": _IGNORED,
        ".github/workflows/agreement.yml": (_OWNER if action == ACTION else "") + workflow,
        ".vscode/extensions.json": _json({"recommendations": ["redhat.vscode-yaml"]}),
        ".vscode/settings.json": _json(
            {
                "yaml.schemas": {
                    ".vscode/agreement.schema.json": "sla/agreement.yaml",
                    ".vscode/source.schema.json": "sla/source.yaml",
                }
            }
        ),
        ".vscode/agreement.schema.json": _json(agreement_schema()),
        ".vscode/source.schema.json": _json(_file_of_source()),
    }
    if has_gitlab:
        files[".gitlab-ci.yml"] = _GITLAB
    return files


def _file_of_source() -> dict[str, object]:
    """The schema of a file that holds the `source` section alone."""
    section = source_schema()
    return {
        "$schema": section.pop("$schema"),
        "$defs": section.pop("$defs"),
        "type": "object",
        "properties": {"source": section},
        "required": ["source"],
        "additionalProperties": False,
    }


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())
