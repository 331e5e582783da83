# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""check_schema.py SCHEMA: holds the JSON on standard input to that schema. A field
that the schema does not know is none that is documented: a schema lets readers meet
fields of later versions, the tests do not."""

import json
import sys

import jsonschema


def closed(schema):
    """The same, with no further fields where fields are listed."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: closed(value) for key, value in schema.items()}
    if isinstance(result.get("properties"), dict) and not isinstance(
            result.get("additionalProperties"), dict):
        result["additionalProperties"] = False
    return result


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(closed(schema))
    errors = list(validator.iter_errors(json.load(sys.stdin)))
    for error in errors:
        print("/".join(map(str, error.absolute_path)) + ": " + error.message)
    sys.exit(1 if errors else 0)


main()
