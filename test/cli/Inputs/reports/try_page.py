# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""try_page.py PAGE HOSTILE MANY: the page of a report in a real browser. PAGE is of
three findings in three environments, HOSTILE what hostile.py has made, MANY of 150
findings in fifty files."""

import base64
import sys

from browser import ENTER, TAB, Browser

# Texts whose contrast with what is behind them is too low to read (WCAG 2, AA).
PALE = """
const luminance = (c) => {
  const [r, g, b] = c.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const parse = (text) => text.match(/[\\d.]+/g).map(Number);
const ground = (node) => {
  for (; node; node = node.parentElement) {
    const c = parse(getComputedStyle(node).backgroundColor);
    if (c.length === 3 || c[3] > 0) return c.slice(0, 3);
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255];
};
const pale = [];
let seen = 0;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || node.closest("script, noscript, style")) continue;
  if (!node.checkVisibility()) continue;
  ++seen;
  const style = getComputedStyle(node);
  const text = parse(node.closest("svg") ? style.fill : style.color).slice(0, 3);
  const [high, low] = [luminance(text), luminance(ground(node))].sort((a, b) => b - a);
  if ((high + 0.05) / (low + 0.05) < 4.5) pale.push(walker.currentNode.data + " " + text);
}
return {pale, seen};
"""
# What can be focused or has a role has a name; ids are unique; headings follow
# each other without a gap.
UNNAMED = """
const wrong = [];
for (const node of document.querySelectorAll("button, a, input, select, [role], [tabindex='0']")) {
  const name = node.getAttribute("aria-label") || node.labels?.[0]?.textContent ||
    document.getElementById(node.getAttribute("aria-labelledby"))?.textContent || node.textContent;
  if (!name.trim()) wrong.push("no name: " + node.outerHTML);
}
const ids = Array.from(document.querySelectorAll("[id]"), (node) => node.id);
if (new Set(ids).size !== ids.length) wrong.push("an id twice");
let before = 0;
for (const node of document.querySelectorAll("h1, h2, h3, h4")) {
  const level = Number(node.tagName[1]);
  if (level > before + 1) wrong.push("a heading too deep: " + node.outerHTML);
  before = level;
}
return wrong;
"""
SHOWN = """
return Array.from(document.querySelectorAll("article:not([hidden]) h3"), (n) => n.textContent);
"""
TOO_WIDE = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOCUS = "return document.activeElement.textContent || document.activeElement.id"


def check(is_so, *what):
    if not is_so:
        sys.exit("try_page.py: %s" % (what,))


def look(browser, page):
    """As it opens, on a phone and on a desk, by day and by night."""
    for scheme in ("light", "dark"):
        for width in (390, 1440):
            browser.show_as(scheme, width)
            browser.open(page)
            where = (scheme, width)
            check(browser.take_log() == [], "console", where)
            check(browser.run(TOO_WIDE) <= 0, "wider than the window", where)
            colours = browser.run(PALE)
            check(colours["seen"] > 50 and not colours["pale"], colours, where)
            check(browser.run(UNNAMED) == [], browser.run(UNNAMED))


def filter_findings(browser, page):
    browser.show_as("light", 1440)
    browser.open(page)
    every = browser.run(SHOWN)
    check(len(every) == 3, every)

    def pick(name, value):
        browser.run("const n = document.getElementById(arguments[0]); n.value = arguments[1];"
                    "n.dispatchEvent(new Event('input', {bubbles: true}))", name, value)
        return browser.run(SHOWN)

    def click(verdict):
        browser.run("document.querySelector(`[value='${arguments[0]}']`).click()", verdict)
        return browser.run(SHOWN)

    check(pick("words", "CLIENT.c:16 33334") == every[:1], "words")
    check(pick("words", "33334 33333") == [], "all of the words")
    check(browser.run("return document.getElementById('shown').textContent") == "0 of 3 findings")
    check(pick("words", "") == every, "no words")
    check(pick("check", "selfconnect-retry-loop") == every, "check")
    pick("check", "")
    # Each is refuted or unknown somewhere.
    check(click("confirmed") == every, "still there by another verdict")
    check(click("refuted") == every[1:], "verdict", browser.run(SHOWN))
    click("confirmed")
    check(browser.run(SHOWN) == every, "verdicts again")
    check(pick("environment", "2") == every[2:], "environment", browser.run(SHOWN))
    click("refuted")
    check(browser.run(SHOWN) == every, "what is refuted there")
    pick("environment", "")


def filter_many(browser, page):
    """What is laid out late is no taller than what is shown of it."""
    browser.open(page)
    chunks = "return document.querySelectorAll('.chunk:not([hidden])').length"
    tall = "return document.getElementById('findings').scrollHeight"
    pick = ("const n = document.getElementById('words'); n.value = arguments[0];"
            "n.dispatchEvent(new Event('input', {bubbles: true}))")
    check(browser.run(chunks) == 3 and browser.run(tall) > 3000, browser.run(tall))
    for words, count in (("049client", 3), ("client", 150), ("000client", 3), ("zzz", 0)):
        browser.run(pick, words)
        check(len(browser.run(SHOWN)) == count, words, browser.run(SHOWN))
        check(browser.run(chunks) == (count + 49) // 50, words, browser.run(chunks))
        check((browser.run(tall) < 600) == (count <= 3), words, browser.run(tall))
    browser.run(pick, "")
    name = browser.run("return Array.from(document.querySelectorAll('article')).at(-1).id")
    browser.run("location.hash = arguments[0]; dispatchEvent(new Event('hashchange'))", name)
    top = browser.run("return document.getElementById(arguments[0]).getBoundingClientRect().top", name)
    check(0 <= top < 900, "the last one is scrolled to", top)


def walk_by_keys(browser, page):
    browser.open(page)
    browser.press(TAB)
    check(browser.run(FOCUS) == "Skip to the findings", browser.run(FOCUS))
    browser.press(ENTER, TAB)
    first = "return document.querySelector('article button')"
    check(browser.run(first + " === document.activeElement"), browser.run(FOCUS))
    expanded = first + ".getAttribute('aria-expanded')"
    visible = "return document.querySelector('article figure').checkVisibility()"
    check(browser.run(expanded) == "true" and browser.run(visible), "few are open")
    browser.press(ENTER)
    check(browser.run(expanded) == "false" and not browser.run(visible), "closed")
    browser.press(ENTER)
    check(browser.run(expanded) == "true" and browser.run(visible), "opened")
    # All that is to be reached, once around.
    reached = set()
    for _ in range(200):
        browser.press(TAB)
        reached.add(browser.run(FOCUS))
        if "Skip to the findings" in reached:
            break
    for wanted in ("words", "check", "environment", "Open all", "Close all"):
        check(any(wanted in one for one in reached), "not reached", wanted, reached)


def open_and_print(browser, page):
    browser.open(page)
    closed = "return document.querySelectorAll('article .body[hidden]').length"
    browser.run("document.getElementById('close').click()")
    check(browser.run(closed) == 3, "close all")
    name = browser.run("return document.querySelectorAll('article')[1].id")
    browser.run("location.hash = arguments[0]; dispatchEvent(new Event('hashchange'))", name)
    check(browser.run(closed) == 2, "the one that the address names")
    pdf = base64.b64decode(browser.devtools("Page.printToPDF", printBackground=False)["data"])
    check(pdf.startswith(b"%PDF-") and len(pdf) > 20000, "printed", len(pdf))
    browser.run("document.getElementById('open').click()")
    check(browser.run(closed) == 0, "open all")


def read_without_script(browser, page):
    browser.show_as("light", 1440, script=False)
    browser.open(page)
    text = browser.run("return document.body.innerText")
    for wanted in ("What to do", "net.ipv4.ip_local_reserved_ports = 33334", "ESTABLISHED",
                   "a new socket is created on each iteration"):
        check(wanted in text, "without a script", wanted)
    check("of 3 findings" not in text, "filters that do nothing")
    browser.show_as("light", 1440)


def try_hostile(browser, page):
    browser.open(page)
    browser.run("document.getElementById('open').click()")
    check(browser.take_log() == [], "console of the hostile page")
    theirs = browser.run("return Array.from(document.querySelectorAll("
                         "'img, iframe, boom, object, embed, link:not([rel=icon])'), (n) => n.outerHTML)")
    check(theirs == [], theirs)
    check(browser.run("return document.scripts.length") == 1, "scripts")
    links = browser.run("return Array.from(document.links, (n) => n.getAttribute('href'))")
    check(all(link.startswith("#") for link in links), links)


def main():
    page, hostile, many = sys.argv[1:]
    with Browser() as browser:
        look(browser, page)
        filter_findings(browser, page)
        filter_many(browser, many)
        walk_by_keys(browser, page)
        open_and_print(browser, page)
        read_without_script(browser, page)
        try_hostile(browser, hostile)
    print("the page does what it says")


main()
