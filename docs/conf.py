# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How Sphinx makes a site of these pages: sphinx-build -W docs build-docs

The pages are plain Markdown, to be read where they lie as well. So the contents are
not written down a second time, for Sphinx: they are the lists of index.md."""

import re

project = "selfconnect"
extensions = ["myst_parser", "sphinxcontrib.mermaid"]
html_theme = "alabaster"
html_show_copyright = False
html_copy_source = False
html_theme_options = {"page_width": "70em", "sidebar_width": "16em"}
# The links to headings that GitHub knows.
myst_heading_anchors = 4
exclude_patterns = ["_build"]


def contents(index):
    """A toctree for each heading of index.md that has a list of pages below it, and one
    for the pages to which only those lead."""
    listed = set()
    for heading, text in re.findall(r"^## (.*)\n((?:(?!## ).*\n)*)", index, re.M):
        pages = [page for page in re.findall(r"^- .*?\]\((\S+?)\.md\)", text, re.M)
                 if page not in listed]
        if pages:
            listed.update(pages)
            yield heading, pages
    yield "In your CI", ["integrations/[a-z]*"]


def add_contents(app, name, source):
    if name != "index":
        return
    for heading, pages in contents(source[0]):
        source[0] += "\n```{toctree}\n:hidden:\n:glob:\n:caption: %s\n\n%s\n```\n" % (
            heading, "\n".join(pages))


def draw_diagrams(app, doctree):
    """GitHub draws code blocks of this language; Sphinx has a directive instead."""
    from docutils import nodes
    from sphinxcontrib.mermaid import mermaid

    for block in list(doctree.findall(nodes.literal_block)):
        if block.get("language") == "mermaid":
            diagram = mermaid(code=block.astext(), options={})
            block.replace_self(diagram)


def setup(app):
    app.connect("source-read", add_contents)
    app.connect("doctree-read", draw_diagrams)
    return {"parallel_read_safe": True}
