"""Draws what `tmux capture-pane -e` gave of a screen as SVG."""

import html
import re

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


def rows(screen, count, paper, ink):
    """Each row of a screen as SVG, drawn at the top."""
    style, drawn = Style(), []
    for line in screen.split("\n")[:count]:
        column, parts = 0, []
        for part in re.split(r"(\x1b\[[0-9;]*m)", line):
            if part.startswith("\x1b["):
                style.take(part[2:-1].split(";"))
                continue
            part = part.replace("\x0e", "").replace("\x0f", "")
            if part:
                parts.append(run(part, column, style, paper, ink))
            column += len(part)
        drawn.append("".join(parts))
    return drawn


def run(text, column, style, paper, ink):
    fg, bg = style.colors(paper, ink)
    x, width = 8 + column * CELL, len(text) * CELL
    parts = []
    if bg != paper:
        parts.append(f'<rect x="{x:.1f}" width="{width:.1f}" height="{LINE}" fill="{bg}"/>')
    if text.strip():
        extra = ' font-weight="bold"' if style.bold else ""
        extra += ' opacity="0.6"' if style.dim else ""
        extra += ' text-decoration="underline"' if style.underline else ""
        parts.append(
            f'<text x="{x:.1f}" y="13.5" fill="{fg}" textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs" '
            f'xml:space="preserve"{extra}>{html.escape(text)}</text>')
    return "".join(parts)


def svg(columns, count, paper, body, style=""):
    """A picture of that many columns and rows."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns * CELL + 16:.0f} {count * LINE + 16}" '
        f'font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="{SIZE}">\n{style}'
        f'<rect width="100%" height="100%" rx="6" fill="{paper}"/>\n{body}</svg>\n')


def placed(row, drawn, extra=""):
    """A row where it belongs."""
    return f'<g transform="translate(0 {8 + row * LINE})"{extra}>{drawn}</g>\n' if drawn else ""


def picture(screen, columns, count, paper, ink):
    drawn = rows(screen, count, paper, ink)
    return svg(columns, count, paper, "".join(placed(row, line) for row, line in enumerate(drawn)))


def animation(screens, columns, count, paper, ink):
    """Screens one after another, each with its seconds, again and again. A row that stays the same is drawn once.

    Whoever asked for less motion, or whose viewer has no CSS, sees the last screen.
    """
    whole = sum(seconds for _, seconds in screens)
    ends = [sum(seconds for _, seconds in screens[:number + 1]) for number in range(len(screens))]
    begins = [0, *ends[:-1]]
    frames = [rows(screen, count, paper, ink) for screen, _ in screens]
    body, times = [], []
    for row in range(count):
        first = 0
        while first < len(frames):
            last = first
            while last + 1 < len(frames) and frames[last + 1][row] == frames[first][row]:
                last += 1
            if last + 1 == len(frames) and first == 0:
                extra = ""
            else:
                span = (first, last)
                if span not in times:
                    times.append(span)
                isLast = ' data-last=""' if last + 1 == len(frames) else ""
                extra = f' class="f t{times.index(span)}"{isLast}'
            body.append(placed(row, frames[first][row], extra))
            first = last + 1
    style = [".f{visibility:hidden}.f[data-last]{visibility:visible}", "@media (prefers-reduced-motion:no-preference){"]
    for number, (first, last) in enumerate(times):
        start, end = begins[first] / whole * 100, ends[last] / whole * 100
        name = f"k{number}"
        before = "0%{visibility:hidden}" if start else ""
        after = f"{end:.3f}%,100%{{visibility:hidden}}" if end < 99.999 else ""
        style.append(
            f"@keyframes {name}{{{before}{start:.3f}%{{visibility:visible}}{after}}}"
            f".t{number}{{animation:{name} {whole:g}s step-end infinite}}")
    return svg(columns, count, paper, "".join(body), "<style>" + "".join(style) + "}</style>\n")
