# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A client of the Language Server Protocol, as small as the tests need it.

All waiting is for messages. The time limits are there to tell a server that
hangs from one that answers; no test waits for one to pass.
"""

import json
import os
import pathlib
import queue
import subprocess
import threading

HANG_SECONDS = 120


class ServerDied(Exception):
    pass


class Hang(Exception):
    pass


class Document:
    def __init__(self, path, text):
        self.path = path
        self.uri = pathlib.Path(path).as_uri()
        self.text = text
        self.version = 1


class Server:
    """A running clangd, and a folder of files with a home of its own."""

    def __init__(self, command, folder, compile_flags=(), files=None):
        self.folder = os.path.realpath(folder)
        os.makedirs(self.folder, exist_ok=True)
        self.write("compile_flags.txt", "\n".join(compile_flags) + "\n")
        for name, text in (files or {}).items():
            self.write(name, text)
        # A user's own settings must not change what a test sees.
        home = os.path.join(self.folder, "home")
        environment = dict(os.environ, HOME=home, XDG_CONFIG_HOME=home, XDG_CACHE_HOME=home)
        environment.pop("CLANGD_FLAGS", None)
        self.log = open(os.path.join(self.folder, "clangd.log"), "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            list(command) + ["--background-index=false", "--log=info"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            cwd=self.folder,
            env=environment,
        )
        self.incoming = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.next_id = 0
        self.published = {}
        self.server = self.request(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": pathlib.Path(self.folder).as_uri(),
                "capabilities": {
                    "textDocument": {
                        "publishDiagnostics": {
                            "relatedInformation": True,
                            "codeDescriptionSupport": True,
                        },
                        "codeAction": {
                            "codeActionLiteralSupport": {
                                "codeActionKind": {"valueSet": ["quickfix"]}
                            }
                        },
                    }
                },
            },
        )
        self.notify("initialized", {})

    # --- files ---------------------------------------------------------------

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def open(self, name, text):
        document = Document(os.path.join(self.folder, name), text)
        language = "c" if name.endswith(".c") else "cpp"
        self.notify(
            "textDocument/didOpen",
            {
                "textDocument": {
                    "uri": document.uri,
                    "languageId": language,
                    "version": document.version,
                    "text": text,
                }
            },
        )
        return document

    def change(self, document, text, now=False):
        """With `now`, clangd does not wait for further typing."""
        document.text = text
        document.version += 1
        self.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": document.uri, "version": document.version},
                "contentChanges": [{"text": text}],
                **({"wantDiagnostics": True} if now else {}),
            },
        )

    def close(self, document):
        self.notify("textDocument/didClose", {"textDocument": {"uri": document.uri}})

    def diagnostics(self, document):
        """Those of the document's present version, as soon as they are there."""
        key = (document.uri, document.version)
        while key not in self.published:
            self._handle(self._next())
        return self.published[key]

    def actions(self, document, diagnostic):
        return self.request(
            "textDocument/codeAction",
            {
                "textDocument": {"uri": document.uri},
                "range": diagnostic["range"],
                "context": {"diagnostics": [diagnostic]},
            },
        )

    # --- messages ------------------------------------------------------------

    def notify(self, method, parameters):
        self._send({"jsonrpc": "2.0", "method": method, "params": parameters})

    def request(self, method, parameters):
        self.next_id += 1
        mine = self.next_id
        self._send({"jsonrpc": "2.0", "id": mine, "method": method, "params": parameters})
        while True:
            message = self._next()
            if message.get("id") == mine and "method" not in message:
                if "error" in message:
                    raise RuntimeError("%s: %s" % (method, message["error"]))
                return message["result"]
            self._handle(message)

    def stop(self):
        """Ends the server as an editor does; it must come down cleanly."""
        self.request("shutdown", None)
        self.notify("exit", None)
        code = self.process.wait(HANG_SECONDS)
        self.log.close()
        if code != 0:
            raise ServerDied("exit code %d after shutdown" % code)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def log_text(self):
        self.log.flush()
        with open(self.log.name, encoding="utf-8", errors="replace") as file:
            return file.read()

    def _send(self, message):
        body = json.dumps(message).encode()
        try:
            self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
            self.process.stdin.flush()
        except BrokenPipeError:
            self._died()

    def _next(self):
        try:
            message = self.incoming.get(timeout=HANG_SECONDS)
        except queue.Empty:
            raise Hang("no message in %d s" % HANG_SECONDS) from None
        if message is None:
            self._died()
        return message

    def _handle(self, message):
        if message.get("method") == "textDocument/publishDiagnostics":
            parameters = message["params"]
            key = (parameters["uri"], parameters.get("version"))
            self.published[key] = parameters["diagnostics"]
        elif "method" in message and "id" in message:
            self._send({"jsonrpc": "2.0", "id": message["id"], "result": None})

    def _died(self):
        code = self.process.wait(HANG_SECONDS)
        raise ServerDied("exit code %d\n%s" % (code, self.log_text()[-3000:]))

    def _read(self):
        stream = self.process.stdout
        while True:
            length = 0
            while True:
                line = stream.readline()
                if not line:
                    self.incoming.put(None)
                    return
                if line == b"\r\n":
                    break
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            self.incoming.put(json.loads(stream.read(length)))


def ours(diagnostics):
    return [each for each in diagnostics if str(each.get("code", "")).startswith("selfconnect-")]


def edited(document, edit):
    """The text of the document after a WorkspaceEdit, which is of it alone."""
    assert list(edit["changes"]) == [document.uri], edit
    lines = document.text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def offset(position):
        return starts[position["line"]] + position["character"]

    changes = [
        (offset(each["range"]["start"]), offset(each["range"]["end"]), each["newText"])
        for each in edit["changes"][document.uri]
    ]
    text = document.text
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def text_of(text, where):
    """The part of the text that a range names (ASCII texts, one line)."""
    line = text.splitlines()[where["start"]["line"]]
    assert where["start"]["line"] == where["end"]["line"]
    return line[where["start"]["character"] : where["end"]["character"]]


def apply(text, edits):
    """The text with an action's edits made, from the last to the first."""
    lines = text.splitlines(keepends=True) + [""]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def offset(position):
        return starts[position["line"]] + position["character"]

    for edit in sorted(edits, key=lambda each: offset(each["range"]["start"]), reverse=True):
        begin, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = text[:begin] + edit["newText"] + text[end:]
    return text
