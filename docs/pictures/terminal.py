"""The program in tmux: keys go in, screens come out."""

import os
import re
import subprocess
import sys
import tempfile
import time


class Terminal:
    def __init__(self, name, columns, rows, arguments):
        self.name = name
        self.tmux = ["tmux", "-L", f"recvscope-pictures-{os.getpid()}-{name}", "-f", "/dev/null"]
        self.home = tempfile.TemporaryDirectory()
        self.environment = dict(
            os.environ, LANG="C.UTF-8", XDG_STATE_HOME=self.home.name, XDG_CONFIG_HOME=self.home.name)
        program = " ".join([os.environ["RECVSCOPE"], *arguments])
        self.call("new-session", "-d", "-x", str(columns), "-y", str(rows), program)

    def __enter__(self):
        self.call("set", "-g", "status", "off")
        return self

    def __exit__(self, *_):
        subprocess.run([*self.tmux, "kill-server"], capture_output=True)
        self.home.cleanup()

    def call(self, *words):
        return subprocess.run(
            [*self.tmux, *words], env=self.environment, check=True, capture_output=True, text=True).stdout

    def press(self, keys):
        for key in keys:
            self.call("send-keys", key)

    def wait(self, pattern):
        """The screen, once it shows what is wanted."""
        for _ in range(200):
            screen = self.call("capture-pane", "-e", "-p")
            if re.search(pattern, re.sub(r"\x1b\[[0-9;]*m", "", screen)):
                return screen
            time.sleep(0.05)
        sys.exit(f"{self.name}: the screen never showed {pattern!r}:\n{screen}")
