"""Writes what a pull request changes and contradicts as a comment on it: one comment, which is kept up to date.

Run by the action (action.yml) with what it needs in the environment: COMMENT (a file in the format markdown of
`sla diff` or `sla validate`, whose last line is the mark by which the comment is found again), TOUCHED (`true` where
the request touches the agreement), NUMBER (of the pull request), ARTIFACT (where the same is kept), TOKEN, and GitHub's
own GITHUB_API_URL and GITHUB_REPOSITORY. A request about other files gets no comment as long as nothing is wrong.
A token that may not write, such as that of a pull request from a fork, is no failure: the summary holds the same.
"""

from __future__ import annotations

import json
import os
import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_MARK = re.compile(r"<!-- sla (?:validate|diff) ([0-9a-f]{12}) -->\s*\Z")
"""Both commands mark the comment about one agreement alike, so that one takes the place of the other's."""
_PAGE = 100
_MOST_PAGES = 30
_SECONDS = 30
_REFUSED = (401, 403, 404)


class Conversation:
    """The comments on one pull request."""

    def __init__(self, api: str, repository: str, number: str, token: str) -> None:
        self._repository = f"{api.rstrip('/')}/repos/{repository}"
        self._number = number
        self._token = token

    def comments(self) -> Iterator[Mapping[str, Any]]:
        """All comments, the oldest first. Raises urllib.error.URLError."""
        for page in range(1, _MOST_PAGES + 1):
            comments = self._ask("GET", f"issues/{self._number}/comments?per_page={_PAGE}&page={page}")
            yield from comments
            if len(comments) < _PAGE:
                return

    def add(self, body: str) -> None:
        """Writes a new comment. Raises urllib.error.URLError."""
        self._ask("POST", f"issues/{self._number}/comments", body)

    def change(self, comment: Mapping[str, Any], body: str) -> None:
        """Writes a comment anew. Raises urllib.error.URLError."""
        self._ask("PATCH", f"issues/comments/{int(comment['id'])}", body)

    def _ask(self, method: str, what: str, body: str | None = None) -> Any:
        request = urllib.request.Request(
            f"{self._repository}/{what}",
            method=method,
            data=None if body is None else json.dumps({"body": body}).encode(),
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self._token}",
                "Content-Type": "application/json",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
            return json.load(answer)


def keep_up_to_date(conversation: Conversation, body: str, *, is_touched: bool) -> str:
    """Writes the comment, or writes it anew where it stands already; what was done. Raises urllib.error.URLError."""
    mark = _MARK.search(body)
    if mark is None:
        return "The comment has no mark, so it was not written."
    # only a bot's comment is changed: somebody may have quoted the mark in one of their own
    earlier = next(
        (
            comment
            for comment in conversation.comments()
            if (found := _MARK.search(str(comment.get("body") or ""))) is not None
            and found[1] == mark[1]
            and (comment.get("user") or {}).get("type") == "Bot"
        ),
        None,
    )
    if earlier is not None:
        if str(earlier["body"]).strip() == body.strip():
            return "The comment is as it should be."
        conversation.change(earlier, body)
        return "The comment was brought up to date."
    if body.startswith("✅") and not is_touched:
        return "The request does not touch the agreement, and there is no comment to bring up to date."
    conversation.add(body)
    return "The comment was written."


def main(known: Mapping[str, str]) -> int:
    """Writes the comment; the exit code."""
    conversation = Conversation(known["GITHUB_API_URL"], known["GITHUB_REPOSITORY"], known["NUMBER"], known["TOKEN"])
    try:
        body = Path(known["COMMENT"]).read_text(encoding="utf-8")
        print(keep_up_to_date(conversation, body, is_touched=known.get("TOUCHED") == "true"))
    except urllib.error.HTTPError as error:
        if error.code not in _REFUSED:
            print(f"::warning title=No comment was written::GitHub answered {error.code} {error.reason}")
        else:
            print(
                "::notice title=No comment was written::The token may not write comments here (a pull request from a "
                "fork, or the permission pull-requests: write is missing). The summary of the job says the same, and "
                f"the artifact {known.get('ARTIFACT') or 'agreement-preview'} holds it."
            )
    except urllib.error.URLError as error:
        print(f"::warning title=No comment was written::GitHub cannot be reached: {error.reason}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(os.environ))
