#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes the tables of docs/apis.md from checks/apis.json.

    scripts/apis_doc.py            rewrites docs/apis.md
    scripts/apis_doc.py --check    says whether it is up to date: 0 or 1

What stands before the marker in docs/apis.md is written by hand and kept. With
--check, the rows are checked, too: the test that one names has to call it, and
has to expect the warning of a retry at a call of it if it is an attempt.
"""

import json
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TABLE = os.path.join(ROOT, "checks", "apis.json")
PAGE = os.path.join(ROOT, "docs", "apis.md")
MARKER = "<!-- From here on written by scripts/apis_doc.py. -->\n"
COMMENT = re.compile(r"\s*(//|\*|/\*)")
# A warning that a test expects, by how far above it the call is.
EXPECTED = re.compile(r"// CHECK-MESSAGES: :\[\[@LINE-(\d+)\]\]:.*\[selfconnect-retry-loop\]")
# What code calls instead of a function.
MACROS = {
    "BIO_ctrl": (
        "BIO_set_accept_name",
        "BIO_set_accept_port",
        "BIO_set_conn_hostname",
        "BIO_set_conn_port",
    ),
}
PLACES = ("fd", "host", "port", "endpoint", "address", "result", "duration")


def place(value):
    """`1`, `port`, `info->port`: where a row says that something is."""
    if not isinstance(value, dict):
        return "%s" % value
    text = "%s" % value.get("argument", "")
    if "after" in value:
        text = ('%s after "%s"' % (text, value["after"])).strip()
    if "named" in value:
        text = '%s where %s has "%s"' % (text, value["names"], value["named"])
    if "field" in value:
        text += "->" + value["field"]
    return text


def details(row):
    parts = ["%s %s" % (name, place(row[name])) for name in PLACES if name in row]
    if "arguments" in row:
        parts.append("%d argument%s" % (row["arguments"], "s" * (row["arguments"] != 1)))
    if "when" in row:
        conditions = row["when"] if isinstance(row["when"], list) else [row["when"]]
        parts.append(
            "when "
            + " and ".join("%s is `%s`" % (place(c["argument"]), c["is"]) for c in conditions)
        )
    if "when_any_host" in row:
        parts.append("when there is %s host" % ("no" if row["when_any_host"] else "a"))
    if "default_host" in row:
        parts.append("default host " + row["default_host"])
    if row.get("protocol") == "datagram":
        parts.append("datagram: not reported")
    if row.get("reconnects"):
        parts.append("reconnects")
    if row.get("later"):
        parts.append("later")
    if row.get("creates"):
        parts.append("creates")
    if "error_field" in row:
        parts.append("a failure sets `%s`" % row["error_field"])
    if row.get("rest"):
        parts.append("writes what follows it, too")
    if row.get("only_known"):
        parts.append("only where the port is known")
    return "; ".join(parts)


def render(rows):
    libraries = {}
    for row in rows:
        libraries.setdefault(row["library"], []).append(row)
    lines = []
    for library, own in libraries.items():
        packages = sorted({row.get("package", "") for row in own} - {""})
        lines += ["", "### %s" % library, ""]
        if packages:
            lines += ["Debian: %s" % ", ".join("`%s`" % p for p in packages), ""]
        lines += ["| call | kind | role | where | verified |", "| --- | --- | --- | --- | --- |"]
        for row in own:
            lines.append(
                "| `%s` | %s | %s | %s | %s |"
                % (row["name"], row["kind"], row["role"], details(row), row.get("verified", "no"))
            )
    return "\n".join(lines) + "\n"


def names_in_code(row):
    """What code may call it: asio::basic_socket_acceptor is tcp::acceptor."""
    parts = row["name"].split("::")
    base = parts[-1]
    names = {base, base.replace("basic_socket_", ""), base.replace("basic_", "")}
    return names.union(MACROS.get(base, ()))


def find_mistakes(rows):
    """Rows that claim a test which is not there."""
    for number, row in enumerate(rows, 1):
        test = row.get("verified")
        if not test:
            continue
        path = os.path.join(ROOT, test)
        lines = []
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as file:
                lines = file.read().splitlines()
        call = re.compile(r"(?<!\w)(%s)(?!\w)" % "|".join(map(re.escape, names_in_code(row))))

        def calls(line):
            return not COMMENT.match(line) and call.search(line)

        if not any(map(calls, lines)):
            yield "row %d (%s): %s does not test it" % (number, row["name"], test)
        elif row["role"] == "connect" and row.get("protocol") != "datagram":
            expected = ((at, EXPECTED.search(line)) for at, line in enumerate(lines))
            if not any(found and calls(lines[at - int(found.group(1))]) for at, found in expected):
                yield "row %d (%s): %s expects no warning of a retry at a call of it" % (
                    number,
                    row["name"],
                    test,
                )


def main():
    with open(TABLE, encoding="utf-8") as file:
        rows = json.load(file)["rows"]
    with open(PAGE, encoding="utf-8") as file:
        old = file.read()
    if MARKER not in old:
        sys.exit("selfconnect: error: %s: the marker is gone; add the line %r" % (PAGE, MARKER))
    new = old.split(MARKER)[0] + MARKER + render(rows)
    if "--check" not in sys.argv[1:]:
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write(new)
        return 0
    mistakes = list(find_mistakes(rows))
    if new != old:
        mistakes.append("docs/apis.md is stale; run scripts/apis_doc.py")
    for mistake in mistakes:
        print("selfconnect: error: " + mistake, file=sys.stderr)
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
