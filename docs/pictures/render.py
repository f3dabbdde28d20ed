"""Renders the real screens as SVG: runs the program in tmux, types keys, reads the screen, draws its cells.

Usage: RECVSCOPE=program render.py FOLDER
Needs python3 and tmux and nothing else. A picture differs from the last one only where the screen does, and in its times.
"""

import sys
from pathlib import Path

from drawing import animation, picture
from terminal import Terminal

TREE = Path(__file__).resolve().parents[2]
DARK, LIGHT = ("#1c1c1c", "#d0d0d0"), ("#fbfbf8", "#303030")


def lab(name):
    return str(TREE / "labs" / f"{name}.lab")


# Name, columns, rows, arguments, what the screen shows when the lab is over (keys that came before would scroll), keys one
# after another, and what the screen must show before the picture is taken.
RETURNS = "line 16: \"12345\""
PICTURES = [
    ("picture", 120, 36, [lab("recv-returns")], RETURNS, [], RETURNS),
    ("inspector", 120, 36, [lab("recv-returns")], RETURNS, ["Up", "Up", "Up", "Up", "Up", "i"], "because"),
    ("small", 80, 24, [lab("recv-returns")], RETURNS, [], RETURNS),
    ("light", 120, 36, [lab("recv-returns"), "--theme", "light"], RETURNS, [], RETURNS),
    ("messages", 120, 36, [lab("half-message")], "wrong 3 of 5", [], "wrong 3 of 5"),
    ("help", 120, 36, [lab("recv-returns")], RETURNS, ["?"], "↓ more"),
]

# A lesson as a class sees it: keys, what the screen must show then, and for how many seconds that stands.
LESSON = ("lesson", 100, 28, [str(TREE / "lessons" / "first-recv.lab")], [
    ([], "one press, one hand", 4),
    (["1", "1", "1"], "3 hands", 0.6),
    (["2", "2", "2", "2"], "7 hands", 0.6),
    (["3"], "8 hands", 0.8),
    (["Enter"], "how you are split", 2.5),
    (["Enter"], "Talk about it", 3),
    (["Enter"], "Once more", 1.5),
    (["1"] * 6, "6 hands", 0.8),
    (["2"] * 2, "8 hands", 1),
    (["Enter"], "→ █+ 6", 2.5),
    (["Enter"], "It was choice 1", 7),
    (["Enter"], "Question 2 of 3", 4),
])


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns, rows, arguments, over, keys, wanted in PICTURES:
        with Terminal(name, columns, rows, arguments) as terminal:
            terminal.wait(over)
            terminal.press(keys)
            screen = terminal.wait(wanted)
        colors = LIGHT if name == "light" else DARK
        (folder / f"{name}.svg").write_text(picture(screen, columns, rows, *colors))
    name, columns, rows, arguments, steps = LESSON
    with Terminal(name, columns, rows, arguments) as terminal:
        screens = []
        for keys, wanted, seconds in steps:
            terminal.press(keys)
            screens.append((terminal.wait(wanted), seconds))
    (folder / f"{name}.svg").write_text(animation(screens, columns, rows, *DARK))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
