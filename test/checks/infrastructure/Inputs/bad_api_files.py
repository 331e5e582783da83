# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs clang-tidy with ApiFiles that cannot be used.

    bad_api_files.py FOLDER CLANG-TIDY [ARGUMENTS...]
"""

import json
import os
import subprocess
import sys

GOOD = {"library": "x", "name": "x::listen", "kind": "function", "role": "listen", "port": 0}


def row(**changes):
    """A table whose second row is changed from a good one."""
    bad = {key: value for key, value in {**GOOD, **changes}.items() if value is not None}
    return json.dumps({"schema": 1, "rows": [GOOD, bad]})


# What is in the file, and what the message must say beside the file's name.
CASES = [
    ("", ["JSON"]),
    ("{", ["JSON", "mend the syntax"]),
    ("[]", ['"rows"']),
    ('{"rows": []}', ['"schema": 1']),
    ('{"schema": 2, "rows": []}', ['"schema": 1']),
    ('{"schema": 1, "rows": [3]}', ["row 1", "{...}"]),
    (row(library=None), ["row 2", "x::listen", '"library" is missing']),
    (row(name=None), ["row 2", '"name" is missing']),
    (row(name=""), ["row 2", '"name"']),
    (row(name=7), ["row 2", '"name" is not a string']),
    (row(kind="macro"), ["row 2", '"macro"', "function, method, constructor"]),
    (row(role=None), ["row 2", '"role" is missing']),
    (row(later=True), ["row 2", "\"later\"", "role connect"]),
    (row(role="lisen"), ["row 2", '"lisen"', "listen, connect"]),
    (row(port=None), ["row 2", 'add "port"']),
    (row(port=-1), ["row 2", '"port"', "index from 0"]),
    (row(port={"field": "port"}), ["row 2", '"port"', 'add "argument"']),
    (row(port={"argument": 0, "fields": "x"}), ["row 2", '"fields"']),
    (row(arguments="two"), ["row 2", '"arguments"', "number of arguments"]),
    (row(protocol="tcp"), ["row 2", '"tcp"', "stream, datagram"]),
    (row(reconnects="yes"), ["row 2", '"reconnects"', "true nor false"]),
    (row(reconnects=True), ["row 2", '"reconnects"', "drop it"]),
    (row(creates=True), ["row 2", '"creates"', "drop it"]),
    (row(when="x"), ["row 2", '"when"', '"argument": 1']),
    (row(when={"argument": 1, "is": ""}), ["row 2", '"when"', '"argument": 1']),
    (row(when=[{"argument": 1, "is": 3}, 3]), ["row 2", '"when"', "a list"]),
    (row(port={"argument": 1, "named": "port"}), ["row 2", '"port"', '"names": 0']),
    (row(port={"argument": 1, "names": 0}), ["row 2", '"port"', '"names": 0']),
    (row(port={"argument": 1, "named": "p", "names": "q"}), ["row 2", '"port"', '"names": 0']),
    (row(role="sleep", duration=0), ["row 2", '"seconds"']),
    (row(prot=1), ["row 2", 'unknown field "prot"', "remove it"]),
]


def complain(text, output):
    sys.exit("%s\n--- clang-tidy said:\n%s" % (text, output))


def main():
    folder, command = sys.argv[1], sys.argv[2:]
    os.makedirs(folder, exist_ok=True)
    cases = [("missing.json", None, ["No such file", "can be read"])]
    for number, (text, words) in enumerate(CASES, 1):
        cases.append(("case%d.json" % number, text, words))
    for name, text, words in cases:
        path = os.path.join(folder, name)
        if text is not None:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        config = "{CheckOptions: [{key: ApiFiles, value: '%s'}]}" % path
        done = subprocess.run(
            command + ["--config=" + config, "--"], stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, check=False, text=True,
        )
        if done.returncode <= 0:
            complain("%s: exit code %d, not an error" % (name, done.returncode), done.stdout)
        for word in ["ApiFiles", path] + words:
            if word not in done.stdout:
                complain("%s: %r is not said" % (name, word), done.stdout)


if __name__ == "__main__":
    main()
