"""What the pages of Material for MkDocs 9.8 lack, and the style of our drawings and tables."""

from __future__ import annotations

import re
from pathlib import Path

STYLE = Path(__file__).parent / "templates" / "sla.css"
SCRIPT = Path(__file__).parent / "templates" / "what-if.js"
_SEARCH_DIALOG = 'data-md-component="search" role="dialog"'
_SEARCH_NAME = re.compile(r'class="md-search__input"[^>]*? aria-label="([^"]*)"')
_MENU_TITLE = re.compile(r'<label class="md-nav__title" for="(__nav_[0-9_]+)">')
_MENU_NAME = re.compile(r'aria-labelledby="(__nav_[0-9_]+)_label"')


def repaired(html: str) -> str:
    """A page for those who only listen, too: two things that axe finds in the theme are put right here.

    The search dialog gets the name of its input (aria-dialog-name), and the menu of a section that has a page of its
    own the section's title, in the place of a label without text (landmark-unique). Colours and lines, the other
    faults, are cured by the style.
    """
    if name := _SEARCH_NAME.search(html):
        html = html.replace(_SEARCH_DIALOG, f'{_SEARCH_DIALOG} aria-label="{name[1]}"', 1)
    titled = _MENU_TITLE.sub(r'<label class="md-nav__title" for="\1" id="\1_title">', html)
    return _MENU_NAME.sub(r'aria-labelledby="\1_title"', titled)
