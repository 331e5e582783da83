# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""complete.py SHELL SCRIPT LINE...: what that shell, with that script, makes of each
LINE when the tab key is pressed at its end. For bash and fish all candidates on one
line, in order; for zsh, which has no way to ask, the words that it completes to."""

import os
import pty
import re
import subprocess
import sys
import tempfile

shell, script = sys.argv[1], os.path.abspath(sys.argv[2])
lines = sys.argv[3:]


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return done.stdout


def bash(line):
    # As readline cuts words: "=" is one of its own.
    words = re.findall(r"=|[^\s=]+", line) + ([""] if line.endswith(" ") else [])
    code = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
            '_selfconnect; printf "%s\\n" "${COMPREPLY[@]}"')
    return run("bash", "--norc", "-c", code, "bash", script, *words).split()


def fish(line):
    code = "source %s; complete -C %s" % (script, "'" + line + "'")
    found = [each.split("\t")[0] for each in run("fish", "--no-config", "-c", code).splitlines()]
    # fish 4 also offers words that have the letters elsewhere.
    word = re.search(r"\S*$", line).group()
    return [each for each in found if each.startswith(word)]


class Zsh:
    """On a terminal, as it completes nowhere else."""

    def __init__(self, folder):
        os.symlink(script, os.path.join(folder, "_selfconnect"))
        pid, self.terminal = pty.fork()
        if pid == 0:
            os.environ.update(TERM="dumb", ZDOTDIR=folder, HISTFILE="")
            os.execvp("zsh", ["zsh", "-f", "-i"])
        self.seen = ""
        self.type("fpath=(%s $fpath); autoload -U compinit; compinit -u -D;"
                  " selfconnect() { print -r -- \"GOT\"\"<$*>\" }; unsetopt zle_bracketed_paste"
                  " 2>/dev/null; PS1=READY'> '\n" % folder)

    def type(self, keys):
        os.write(self.terminal, keys.encode())

    def until(self, what):
        while True:
            match = re.search(what, self.seen)
            if match:
                self.seen = self.seen[match.end() :]
                return match
            self.seen += os.read(self.terminal, 4096).decode(errors="replace")

    def __call__(self, line):
        self.until("READY> ")
        self.type(line + "\t\n")
        return self.until(r"GOT<([^\n>]*)>").group(1).split()


with tempfile.TemporaryDirectory() as folder:
    complete = {"bash": bash, "fish": fish}.get(shell) or Zsh(folder)
    for line in lines:
        print("%s -> %s" % (line, " ".join(complete(line))))
