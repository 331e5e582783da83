# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A headless Chromium, driven by its chromedriver in the words of W3C WebDriver:
no more than the test of the page needs."""

import json
import os
import shutil
import subprocess
import tempfile
import urllib.request

ENTER, TAB = "\ue007", "\ue004"
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",  # as root there is none
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Browser:
    """`with Browser() as browser: browser.open(path); browser.run(script)`"""

    def __enter__(self):
        self.profile = tempfile.mkdtemp(prefix="selfconnect-page-")
        self.driver = subprocess.Popen(
            ["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True)
        self.session = None
        try:
            for line in self.driver.stdout:
                if "started successfully on port " in line:
                    port = line.split("on port ")[1].strip(" .\n")
                    break
            else:
                raise RuntimeError("chromedriver ended")
            self.base = "http://127.0.0.1:%s/session" % port
            options = {
                "args": ARGUMENTS + ["--user-data-dir=" + self.profile],
                "binary": shutil.which("chromium"),
            }
            wanted = {
                "browserName": "chrome",
                "goog:chromeOptions": options,
                "goog:loggingPrefs": {"browser": "ALL"},
                "timeouts": {"pageLoad": 300000, "script": 300000},
                # What a page asks is seen, and not answered.
                "unhandledPromptBehavior": "ignore",
            }
            reply = self.call("POST", "", {"capabilities": {"alwaysMatch": wanted}})
            self.session = reply["sessionId"]
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        try:
            if self.session:
                self.call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()
            shutil.rmtree(self.profile, ignore_errors=True)

    def call(self, method, what, data=None):
        url = self.base + ("/" + self.session if self.session else "") + what
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"},
                                         method=method)
        # No proxy stands between this machine and itself.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request) as reply:
                return json.load(reply)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()) from error

    def open(self, path):
        self.call("POST", "/url", {"url": "file://" + os.path.abspath(path)})

    def run(self, script, *arguments):
        """What the body of a function returns, in the page."""
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def devtools(self, command, **parameters):
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def show_as(self, scheme, width, script=True):
        """The page that is opened next: "light" or "dark", so many pixels wide."""
        self.devtools("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": scheme}])
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=900,
                      deviceScaleFactor=1, mobile=width < 600)
        self.devtools("Emulation.setScriptExecutionDisabled", value=not script)

    def press(self, *keys):
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.call("POST", "/actions",
                  {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def take_log(self):
        """What the console has, errors of the page among it."""
        return [entry["message"] for entry in self.call("POST", "/se/log", {"type": "browser"})]
