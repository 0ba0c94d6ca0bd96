"""What MkDocs needs to make the site of docs/: pages from the project's own files, their links, and diagrams."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath
from typing import Any

import mermaidx
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
}
LINK = re.compile(r"\[(?P<text>[^]]+)\]\((?P<target>[^)\s#:]+)(?P<anchor>#[^)\s]*)?\)")
WORDS_BEHIND_A_LANGUAGE = re.compile(r"^(?P<fence> *```\w+)[ \t]+\S.*$", re.MULTILINE)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the project's own files as pages."""
    for source, page in PAGES.items():
        files.append(File.generated(config, page, content=(ROOT / source).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Makes a page's links those of the site, and takes off what only tests read behind a block's language."""
    own = {page: source for source, page in PAGES.items()}
    source = own.get(page.file.src_uri, f"docs/{page.file.src_uri}")
    return WORDS_BEHIND_A_LANGUAGE.sub(r"\g<fence>", LINK.sub(lambda link: _of_the_site(link, source), markdown))


def _of_the_site(link: re.Match[str], source: str) -> str:
    """A link to a page as the site has it; of one to a file of the project that is no page only the words stay."""
    target = normpath(str(PurePosixPath(source).parent / link["target"]))
    if target in PAGES or target.startswith("docs/"):
        page = PAGES.get(target, target.removeprefix("docs/"))
        here = PurePosixPath(PAGES.get(source, source.removeprefix("docs/"))).parent
        return f"[{link['text']}]({relpath(page, here)}{link['anchor'] or ''})"
    return link["text"] if (ROOT / target).exists() else link[0]


def diagram(source: str, language: str, css_class: str, options: dict[str, Any], md: object, **_: object) -> str:
    """A Mermaid block as SVG, drawn here so that pages load no script (a custom fence of pymdownx.superfences)."""
    name = f"diagram-{sha256(source.encode()).hexdigest()[:8]}"
    svg = mermaidx.render(source, theme="neutral").svg().replace("my-svg", name)
    return f'<figure class="{css_class}" role="img" aria-label="diagram">{svg}</figure>'
