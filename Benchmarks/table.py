"""The table: a row as soon as it is measured."""

from dataclasses import dataclass


@dataclass
class Row:
    """One figure. `ratio` and `goal` are text; `met` is None where there is no goal."""

    name: str
    ours: str
    yardstick: str
    ratio: str = ""
    goal: str = ""
    met: bool | None = None


class Table:
    FORM = "{:<44} {:>16} {:>24} {:>8}  {:<22} {}"

    def __init__(self):
        print(self.FORM.format("figure", "recvscope", "yardstick", "ratio", "goal", "met").rstrip())

    def add(self, row):
        met = {True: "yes", False: "NO", None: ""}[row.met]
        line = self.FORM.format(row.name, row.ours, row.yardstick, row.ratio, row.goal, met)
        print(line.rstrip(), flush=True)

    def add_failure(self, topic, measure, reason):
        print(f"{topic}: {measure}: not measured: {reason}", flush=True)
