# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""option_value.py DUMP KEY VALUE: --dump-config shows that value for that key.

CheckOptions is a list of keys and values in some versions, a map in others.
"""

import sys

import yaml

path, key, expected = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    options = yaml.safe_load(file)["CheckOptions"]
if isinstance(options, list):
    options = {option["key"]: option["value"] for option in options}
if str(options.get(key)) != expected:
    sys.exit("%s is %r, not %r" % (key, options.get(key), expected))
