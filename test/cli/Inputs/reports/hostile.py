# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""hostile.py SELFCONNECT: file names, messages and source lines that would do
something in one form of report or another, in a folder of its own. Each report
has to be whole, and to hold nothing but text of ours and theirs as text."""

import html.parser
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

WORDS = [
    '</script><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "</noscript><img src=x onerror=alert(2)>",
    "{{{style}}} {{#findings}}",
    "::error::owned",
    "##[error]owned",
    "a ##vso[task.setvariable variable=x]owned",
    "<no file",
    "]]><boom/>",
    "<!-- -->",
    "[link](javascript:alert(3)) \\",
    "%0A::error::owned %3A",
    "\u202egnirts\u2066",
    "\u009b31m\x1b[31m\x07\x01",
    "&amp;&lt;&#x41;",
    "\ufffe\uffff\ud7ff",
    "caf\u00e9 \U0001f600",
]
BROKEN = b"\xff\xfe\xc0\xaf\xed\xa0\x80"  # no UTF-8 at all
ALLOWED = set(
    "html head meta title link style body a header h1 h2 h3 h4 p div table caption thead"
    " tbody tr th td br span details summary dl dt dd code form label input select option"
    " fieldset legend button output main section article noscript figure figcaption pre ol"
    " li ul strong svg path circle text script".split()
)


def finding(name, message, line):
    at = b"%s:%d:3: " % (name, line)
    return (
        at + b"warning: " + message + b" [selfconnect-retry-loop]\n"
        + at + b"note: " + message + b" here\n"
        + b"%s:1:1: note: dial() connects here " % name + message + b"\n"
        + at + b"note: reproduce with: selfconnect reproduce 127.0.0.1:80 --socket=new\n"
        + at + b"warning: " + message + b" [selfconnect-retry-loop]\n"
        + at + b"note: reproduce with: selfconnect reproduce 127.0.0.1:PORT --socket=new\n"
    )


class Page(html.parser.HTMLParser):
    """Counts what a browser would make of it, with scripts or without."""

    CDATA_CONTENT_ELEMENTS = ("script", "style")

    def __init__(self):
        super().__init__()
        self.scripts = self.findings = 0

    def handle_starttag(self, tag, attributes):
        assert tag in ALLOWED, "an element of theirs: %s" % tag
        for name, value in attributes:
            assert not name.startswith("on"), "a handler: %s" % name
            assert name not in ("src", "srcdoc", "action"), name
            assert name != "href" or value.startswith(("#", "data:,")), value
        self.scripts += tag == "script"
        self.findings += tag == "article"


def main():
    selfconnect = sys.argv[1]
    text = b""
    count = 0
    for index, words in enumerate(WORDS + [BROKEN]):
        raw = words if isinstance(words, bytes) else words.encode()
        # A slash makes a folder of what stands before it; a colon or a line break
        # would end the name in the log of a compiler.
        name = b"d%d/" % index + raw
        name = name.replace(b"\x00", b"").replace(b":", b";")
        os.makedirs(os.path.dirname(name), exist_ok=True)
        with open(name + b".c", "wb") as file:
            file.write(b"/* " + raw + b" */\n  connect(" + raw + b");\n")
        text += finding(name + b".c", raw, 2)
        count += 2
    for name in (b"::error::first.c", "\u00a0::error::second.c".encode(), b"##[error]third.c", b"<it.c"):
        text += finding(name, b"of a file that begins a line", 1)
        count += 2
    with open("log.txt", "wb") as file:
        file.write(text)

    def run(*options, stdout="out"):
        with open(stdout, "wb") as out:
            done = subprocess.run(
                [selfconnect, "confirm", "log.txt", "--range=linux", *options],
                stdout=out, stderr=subprocess.PIPE)
        assert done.returncode == 0, (done.returncode, done.stderr)
        with open(stdout, "rb") as file:
            return file.read()

    files = ["--sarif=a.sarif", "--junit=a.xml", "--gitlab=a.json", "--html=a.html"]
    shown = run(*files, "--sarif-include=refuted").decode("utf-8", "surrogateescape")
    for line in shown.splitlines():
        assert not line.lstrip().startswith("::"), line
        assert not re.search(r"##\w*\[", line), line
    for unseen in "\x1b\x07\x01\x9b":
        assert unseen not in shown, repr(unseen)

    report = json.loads(run("--json", stdout="out.json"))
    assert len(report["findings"]) == count, len(report["findings"])

    for line in run("--github", stdout="out.github").decode().splitlines():
        assert line.startswith(("::warning file=", "::notice title=selfconnect::")), line
        head, _, data = line[2:].partition("::")
        assert "%" in head or "owned" not in head, line

    with open("a.sarif") as file:
        sarif = json.load(file)
    results = sarif["runs"][0]["results"]
    assert len(results) == count, len(results)
    for result in results:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert all(c.isascii() and (c.isalnum() or c in "-._~/%") for c in uri), uri
        assert "uriBaseId" in result["locations"][0]["physicalLocation"]["artifactLocation"], uri
        for unseen in "\x1b\x07\x01\x9b\u202e\u2066":
            assert unseen not in result["message"]["text"], result
        assert "[link](" not in result["message"]["text"], result

    root = ElementTree.parse("a.xml").getroot()
    cases = list(root.iter("testcase"))
    assert len(cases) == count, len(cases)
    assert {node.tag for node in root.iter()} <= {
        "testsuites", "testsuite", "properties", "property", "testcase", "skipped", "failure"}

    with open("a.json") as file:
        quality = json.load(file)
    assert len(quality) == count // 2, len(quality)  # what is refuted is none

    with open("a.html", encoding="utf-8", newline="") as file:
        text = file.read()
    page = Page()
    page.feed(text)
    page.close()
    assert page.scripts == 1, page.scripts
    assert page.findings == count, page.findings
    for unseen in "\x1b\x07\x01\x9b\u202e\u2066\ufffe":
        assert unseen not in text, repr(unseen)
    # A browser with scripts ends a noscript at the first end tag.
    assert text.count("</noscript>") == count, text.count("</noscript>")
    print("nothing happened: %d findings" % count)


main()
