# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""check_sarif.py FILE: has what GitHub's code scanning demands of an upload, and
what our page on it promises. Prints a line per result."""

import json
import sys


def check_region(region):
    for field in ("startLine", "startColumn", "endLine", "endColumn"):
        assert isinstance(region[field], int) and region[field] >= 1, region
    assert (region["startLine"], region["startColumn"]) < (region["endLine"], region["endColumn"])


def check_location(location, bases):
    place = location["physicalLocation"]
    artifact = place["artifactLocation"]
    if "uriBaseId" in artifact:
        assert artifact["uriBaseId"] in bases, artifact
        assert not artifact["uri"].startswith("/"), artifact
    check_region(place["region"])


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        sarif = json.load(file)
    assert sarif["version"] == "2.1.0" and "sarif-2.1.0" in sarif["$schema"]
    (run,) = sarif["runs"]
    bases = run["originalUriBaseIds"]
    assert all(base["uri"].endswith("/") for base in bases.values()), bases
    driver = run["tool"]["driver"]
    assert driver["name"] == "selfconnect" and driver["version"]
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"] and rule["fullDescription"]["text"]
        assert rule["help"]["text"] and rule["helpUri"]
        assert rule.get("name") != rule["id"], "a name is for people, an id is not"
        assert len(rule["properties"]["tags"]) <= 20
    for field in ("kernel", "version", "command", "ranges", "resultsLeftOut"):
        assert field in run["properties"], field
    assert len(run["results"]) <= 25000
    rank = {"error": 0, "warning": 1, "none": 2}
    last = 0
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert (result["kind"] == "pass") == (result["level"] == "none"), result
        assert rank[result["level"]] >= last, "the worst first"
        last = rank[result["level"]]
        (fingerprint,) = result["partialFingerprints"].values()
        assert len(fingerprint) == 16, fingerprint
        (location,) = result["locations"]
        check_location(location, bases)
        related = result.get("relatedLocations", [])
        assert len(related) <= 100
        for other in related:
            check_location(other, bases)
            assert "](%d)" % other["id"] in result["message"]["text"], "linked"
        for flow in result.get("codeFlows", []):
            for step in flow["threadFlows"][0]["locations"]:
                check_location(step["location"], bases)
        for fix in result.get("fixes", []):
            for change in fix["artifactChanges"]:
                assert change["replacements"], change
        properties = result["properties"]
        verdicts = [verdict["verdict"] for verdict in properties.get("verdicts", [])]
        if "suppressions" in result:
            assert result["suppressions"] == [{"kind": "inSource", "status": "accepted"}]
            assert not verdicts, "nobody judges what is silenced"
            verdicts = ["suppressed"]
        else:
            assert len(verdicts) == len(run["properties"]["ranges"])
        region = location["physicalLocation"]["region"]
        print("%s %s:%d:%d %s%s" % (
            result["level"], location["physicalLocation"]["artifactLocation"]["uri"],
            region["startLine"], region["startColumn"],
            " ".join(verdicts),
            " flow" if "codeFlows" in result else ""))


main()
