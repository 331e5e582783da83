# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""action.py ROOT BUILD WORK: takes the steps of action.yml apart and runs their
scripts as a runner would, on a small project, with what a runner has that is not here
(sudo, apt-get, gh) replaced by scripts that write down how they were called."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.parse

import yaml

root, build, work = map(os.path.abspath, sys.argv[1:])
with open(root + "/action.yml", encoding="utf-8") as file:
    ACTION = yaml.safe_load(file)
CODE = """#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
int dial(void) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(33334)};
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&addr, sizeof addr) == 0)
      return fd;
    close(fd);
    sleep(1);
  }
}
"""
FAKES = {
    "sudo": '[[ -z ${NO_SUDO:-} ]] || exit 1\necho "sudo $*" >>"$CALLS"\nwhile [[ $1 == -* ]]; do shift; done\nexec env BY_SUDO=1 "$@"\n',
    "apt-get": 'echo "apt-get $*" >>"$CALLS"\n',
    "gh": 'echo "gh $*" >>"$CALLS"\nexit 1\n',
    "dpkg": "echo amd64\n",
    "id": "echo 1000\n",
    # A machine that keeps ordinary users from making namespaces.
    "selfconnect": """echo "selfconnect $*" >>"$CALLS"
if [[ -n ${RESTRICTED:-} && -z ${BY_SUDO:-} ]]; then
  [[ $1 != range ]] || exec echo '{"methods": {"netns": [], "host": ["natural"]}}'
  [[ $1 != confirm ]] || exit 3
fi
exec "$SELFCONNECT" "$@"
""",
}


def value_of(expression, contexts):
    """What ${{ }} stands for; a name that the action does not have is an error."""
    return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda match: contexts[match.group(1)], expression)


class Runner:
    def __init__(self, name, **inputs):
        self.folder = os.path.join(work, name)
        self.project = self.folder + "/work space"
        os.makedirs(self.project + "/build")
        os.makedirs(self.folder + "/bin")
        for fake, script in FAKES.items():
            path = os.path.join(self.folder, "bin", fake)
            with open(path, "w") as file:
                file.write("#!/bin/bash\n" + script)
            os.chmod(path, 0o755)
        with open(self.project + "/client.c", "w") as file:
            file.write(CODE)
        with open(self.project + "/build/compile_commands.json", "w") as file:
            json.dump([{"directory": self.project, "file": "client.c",
                        "arguments": ["cc", "-c", "client.c"]}], file)
        self.contexts = {"github.token": "t", "github.action_repository": "owner/selfconnect"}
        for key, described in ACTION["inputs"].items():
            self.contexts["inputs." + key] = inputs.pop(key.replace("-", "_"), described["default"])
        self.variables = inputs
        self.calls = ""

    def path(self, name):
        return os.path.join(self.folder, name)

    def step(self, name):
        """Runs it as a composite action does; returns exit code and what it printed."""
        step, = [step for step in ACTION["runs"]["steps"] if step["name"] == name]
        assert step["shell"] == "bash", step
        os.makedirs(self.path("temp"), exist_ok=True)
        environment = {
            "PATH": self.folder + "/bin:" + os.environ["PATH"], "HOME": self.folder,
            "LC_ALL": "C.UTF-8", "CALLS": self.path("calls"),
            "SELFCONNECT": build + "/bin/selfconnect",
            "GITHUB_ACTION_PATH": root, "GITHUB_WORKSPACE": self.project,
            "GITHUB_OUTPUT": self.path("output"), "GITHUB_STEP_SUMMARY": self.path("summary"),
            "RUNNER_TEMP": self.path("temp"), **self.variables,
            **{key: value_of(value, self.contexts) for key, value in step["env"].items()},
        }
        with open(self.path("step.sh"), "w") as script:
            script.write(step["run"])
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", self.path("step.sh")],
            cwd=self.project, env=environment, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.calls = self.read("calls")
        for line in self.read("output").splitlines():
            key, _, value = line.partition("=")
            self.contexts["steps.%s.outputs.%s" % (step.get("id"), key)] = value
        return done.returncode, done.stdout

    def read(self, name):
        if not os.path.exists(self.path(name)):
            return ""
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def output(self, key):
        return self.contexts.get("steps.scan.outputs." + key, "")


def expect(runner, result, code, *patterns):
    returned, printed = result
    text = printed + runner.calls + runner.read("summary")
    assert returned == code, (returned, text)
    for pattern in patterns:
        assert re.search(pattern, text, re.M), "not found: %s\n%s" % (pattern, text)


def test_no_expression_in_a_script():
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", ""), step
        assert ("run" in step) != ("uses" in step), step


def test_finding():
    runner = Runner("finding")
    expect(runner, runner.step("Scan and confirm"), 0,
           r"^::error file=client.c,line=9,.*retried connect",
           r"\| confirmed \| client.c:9 \| retried connect")
    assert "sudo" not in runner.calls, runner.calls
    assert runner.output("exit-code") == "1", runner.contexts
    assert runner.output("sarif") == "selfconnect.sarif"
    with open(runner.project + "/selfconnect.sarif", encoding="utf-8") as file:
        result, = json.load(file)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "client.c"
    assert os.path.exists(runner.project + "/selfconnect.html")
    expect(runner, runner.step("Result"), 1)


def test_restricted_and_never():
    runner = Runner("restricted", RESTRICTED="1", fail_on="never", range="linux\n  40000-50000\n")
    expect(runner, runner.step("Scan and confirm"), 0,
           r"^sudo -n \S+selfconnect confirm .*--range=linux --range=40000-50000",
           r"\| confirmed \| client.c:9 \|")
    assert runner.output("exit-code") == "0", runner.contexts
    expect(runner, runner.step("Result"), 0)


def test_no_sudo():
    runner = Runner("no-sudo", RESTRICTED="1", NO_SUDO="1")
    expect(runner, runner.step("Scan and confirm"), 0)
    assert runner.output("exit-code") == "3", runner.contexts


def test_hostile_inputs():
    pwned = work + "/pwned"
    hostile = "build $(touch %s)`touch %s`;touch %s" % (pwned, pwned, pwned)
    runner = Runner("hostile", build=hostile, scan_options="--checks=$(touch %s)" % pwned)
    expect(runner, runner.step("Scan and confirm"), 0, "no such|cannot|not")
    assert runner.output("exit-code") == "2", runner.contexts
    assert not runner.output("sarif")
    runner = Runner("options", scan_options="whatever; touch " + pwned)
    expect(runner, runner.step("Scan and confirm"), 2, "^::error::.*is not an option")
    runner = Runner("output", sarif="x\nexit-code=0")
    expect(runner, runner.step("Scan and confirm"), 2, "^::error::.*not the path of a file")
    assert not os.path.exists(pwned)


def test_hostile_summary():
    """Names of files reach it undone from what a URI escapes."""
    names = ["<img src=x>", "a|b", "[x](javascript:y)", "`x`", "\u202etxt.c", "\u2028", "\x1b[m", "a\n# b"]
    results = [{
        "message": {"text": name},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": urllib.parse.quote(name)}, "region": {"startLine": 1}}}],
        "properties": {"verdict": "unknown", "reproduce": name},
    } for name in names]
    with open(work + "/hostile.sarif", "w", encoding="utf-8") as file:
        json.dump({"runs": [{"results": results}]}, file)
    printed = subprocess.run([sys.executable, root + "/scripts/action/summary.py", work + "/hostile.sarif"],
                             stdout=subprocess.PIPE, text=True, check=True).stdout
    rows = printed.splitlines()[-len(names):]
    assert all(row.startswith("| unknown | ") and row.count("|") == 5 for row in rows), printed
    shown = html.unescape(printed)
    assert all(c.isprintable() or c == "\n" for c in shown), printed
    assert not re.search(r"[<`\[\x1b]", printed), printed


def test_baseline():
    runner = Runner("baseline", scan_options="--quiet")
    expect(runner, runner.step("Scan and confirm"), 0)
    subprocess.run([build + "/bin/selfconnect", "confirm", runner.path("temp/selfconnect/findings.yaml"),
                    "--write-baseline", runner.project + "/known", "--quiet", "--output", "/dev/null",
                    "--fail-on", "never"], check=True, cwd=runner.project)
    runner.contexts["inputs.baseline"] = "known"
    os.remove(runner.path("summary"))
    expect(runner, runner.step("Scan and confirm"), 0, "^Nothing was found")
    assert runner.output("exit-code") == "0", runner.contexts


def test_install():
    runner = Runner("installed")
    expect(runner, runner.step("Install selfconnect"), 0, r"^selfconnect --version", r"^selfconnect \d")
    assert "apt-get" not in runner.calls
    runner = Runner("packages", packages="$(touch pwned) debs", llvm="18")
    folder = runner.project + "/$(touch pwned) debs"
    os.mkdir(folder)
    expect(runner, runner.step("Install selfconnect"), 2, "^::error::.* has no package selfconnect for amd64")
    for name in ("selfconnect_1_amd64.deb", "selfconnect-tidy-18_1_amd64.deb", "selfconnect-tidy-19_1_amd64.deb"):
        open(os.path.join(folder, name), "w").close()
    expect(runner, runner.step("Install selfconnect"), 0, r"^sudo -n apt-get update",
           r"^apt-get install .* /.*debs/selfconnect_1_amd64.deb /.*debs/selfconnect-tidy-18_1_amd64.deb$")
    assert not os.path.exists(runner.project + "/pwned")
    runner = Runner("release")
    os.remove(runner.path("bin/selfconnect"))
    runner.variables["PATH"] = runner.folder + "/bin:/usr/bin:/bin"
    with open(runner.path("bin/clang-tidy"), "w") as file:
        file.write("#!/bin/sh\necho 'Ubuntu LLVM version 18.1.3'\n")
    os.chmod(runner.path("bin/clang-tidy"), 0o755)
    with open(runner.path("os-release"), "w") as file:
        file.write("ID=ubuntu\nVERSION_ID=24.04\n")
    runner.variables["SELFCONNECT_OS_RELEASE"] = runner.path("os-release")
    expect(runner, runner.step("Install selfconnect"), 2,
           r"^gh release download v[\d.]+ --repo owner/selfconnect --pattern selfconnect-[\d.]+-ubuntu24.04-amd64.tar.gz",
           r"^::error::selfconnect: the release v\S+ has no selfconnect-")


shutil.rmtree(work, ignore_errors=True)
os.makedirs(work)
for name, test in sorted(globals().items()):
    if name.startswith("test_"):
        test()
