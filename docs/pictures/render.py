"""Renders the real screens as SVG: runs the program in tmux, types keys, reads the screen, draws its cells.

Usage: RECVSCOPE=program render.py FOLDER
Needs python3 and tmux and nothing else. A picture differs from the last one only where the screen does, and in its times.
"""

import html
import os
import re
import subprocess
import sys
import time
from pathlib import Path

LABS = Path(__file__).resolve().parents[2] / "labs"
# Name, columns, rows, arguments, keys one after another, and what the screen must show before the picture is taken.
PICTURES = [
    ("picture", 120, 36, [str(LABS / "recv-returns.lab")], [], "line 16: \"12345\""),
    ("inspector", 120, 36, [str(LABS / "recv-returns.lab")], ["Up", "Up", "Up", "Up", "Up", "i"], "because"),
    ("small", 80, 24, [str(LABS / "recv-returns.lab")], [], "line 16: \"12345\""),
    ("light", 120, 36, [str(LABS / "recv-returns.lab"), "--theme", "light"], [], "line 16: \"12345\""),
    ("messages", 120, 36, [str(LABS / "half-message.lab")], [], "line 37: 5 messages"),
    ("help", 120, 36, [str(LABS / "recv-returns.lab")], ["?"], "↓ more"),
]
CELL, LINE, SIZE = 8.4, 18, 14
BASE = ["#000000", "#cd0000", "#00cd00", "#cdcd00", "#5c5cff", "#cd00cd", "#00cdcd", "#e5e5e5",
        "#7f7f7f", "#ff5555", "#55ff55", "#ffff55", "#8888ff", "#ff55ff", "#55ffff", "#ffffff"]


def color(index):
    if index < 16:
        return BASE[index]
    if index >= 232:
        level = 8 + (index - 232) * 10
        return f"#{level:02x}{level:02x}{level:02x}"
    steps = [0, 95, 135, 175, 215, 255]
    red, green, blue = (index - 16) // 36, (index - 16) // 6 % 6, (index - 16) % 6
    return f"#{steps[red]:02x}{steps[green]:02x}{steps[blue]:02x}"


class Style:
    """The graphic rendition that SGR sequences have set so far."""

    def __init__(self):
        self.reset()

    def reset(self):
        self.fg = self.bg = None
        self.bold = self.dim = self.underline = self.reverse = False

    def take(self, codes):
        codes = [int(code or 0) for code in codes]
        while codes:
            code = codes.pop(0)
            if code == 0:
                self.reset()
            elif code in (1, 2, 4, 7):
                setattr(self, {1: "bold", 2: "dim", 4: "underline", 7: "reverse"}[code], True)
            elif code == 22:
                self.bold = self.dim = False
            elif code in (24, 27):
                setattr(self, {24: "underline", 27: "reverse"}[code], False)
            elif 30 <= code <= 37 or 90 <= code <= 97:
                self.fg = color(code - 30 if code < 90 else code - 82)
            elif 40 <= code <= 47 or 100 <= code <= 107:
                self.bg = color(code - 40 if code < 100 else code - 92)
            elif code in (38, 48) and codes[:1] == [5]:
                setattr(self, "fg" if code == 38 else "bg", color(codes[1]))
                codes = codes[2:]
            elif code == 39:
                self.fg = None
            elif code == 49:
                self.bg = None

    def colors(self, paper, ink):
        fg, bg = self.fg or ink, self.bg or paper
        return (bg, fg) if self.reverse else (fg, bg)


def svg(screen, columns, rows, paper, ink):
    """The picture of a screen that `capture-pane -e` gave."""
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns * CELL + 16:.0f} {rows * LINE + 16}" '
        f'font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="{SIZE}">',
        f'<rect width="100%" height="100%" rx="6" fill="{paper}"/>',
    ]
    style = Style()
    for row, line in enumerate(screen.split("\n")[:rows]):
        column = 0
        for part in re.split(r"(\x1b\[[0-9;]*m)", line):
            if part.startswith("\x1b["):
                style.take(part[2:-1].split(";"))
                continue
            part = part.replace("\x0e", "").replace("\x0f", "")
            if part:
                out.append(run(part, row, column, style, paper, ink))
            column += len(part)
    return "\n".join(out + ["</svg>"]) + "\n"


def run(text, row, column, style, paper, ink):
    fg, bg = style.colors(paper, ink)
    x, y, width = 8 + column * CELL, 8 + row * LINE, len(text) * CELL
    parts = []
    if bg != paper:
        parts.append(f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{LINE}" fill="{bg}"/>')
    if text.strip():
        extra = ' font-weight="bold"' if style.bold else ""
        extra += ' opacity="0.6"' if style.dim else ""
        extra += ' text-decoration="underline"' if style.underline else ""
        parts.append(
            f'<text x="{x:.1f}" y="{y + 13.5}" fill="{fg}" textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs" '
            f'xml:space="preserve"{extra}>{html.escape(text)}</text>')
    return "".join(parts)


def take(name, columns, rows, arguments, keys, wanted):
    """The screen after the keys, once it shows what is wanted."""
    tmux = ["tmux", "-L", f"recvscope-pictures-{os.getpid()}-{name}", "-f", "/dev/null"]
    environment = dict(os.environ, LANG="C.UTF-8", XDG_STATE_HOME="/nonexistent", XDG_CONFIG_HOME="/nonexistent")

    def call(*words):
        return subprocess.run([*tmux, *words], env=environment, check=True, capture_output=True, text=True).stdout

    def wait(pattern):
        for _ in range(200):
            screen = call("capture-pane", "-e", "-p")
            if re.search(pattern, re.sub(r"\x1b\[[0-9;]*m", "", screen)):
                return screen
            time.sleep(0.05)
        sys.exit(f"{name}: the screen never showed {pattern!r}:\n{screen}")

    program = " ".join([os.environ["RECVSCOPE"], *arguments])
    call("new-session", "-d", "-x", str(columns), "-y", str(rows), program)
    try:
        call("set", "-g", "status", "off")
        # A lab is over when its last expectation stands there; keys that came before would scroll.
        wait("line 16: \"12345\"|line 37: 5 messages")
        for key in keys:
            call("send-keys", key)
        return wait(wanted)
    finally:
        subprocess.run([*tmux, "kill-server"], capture_output=True)


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns, rows, *rest in PICTURES:
        screen = take(name, columns, rows, *rest)
        paper, ink = ("#fbfbf8", "#303030") if name == "light" else ("#1c1c1c", "#d0d0d0")
        (folder / f"{name}.svg").write_text(svg(screen, columns, rows, paper, ink))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
