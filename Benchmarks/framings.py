"""How many bytes a second the framings cut, of a stream that lies in memory."""

import subprocess
from pathlib import Path

from processes import LIMIT, PROGRAM, Unsupported
from table import Row

# GB/s at least, by the program's names; the others are shown without a goal.
GOALS = {
    "fixed": 1, "length-prefix": 1, "newline": 0.5, "crlf": 0.5,
    "http-request": 0.3, "http-response": 0.3, "http-chunked": 0.3,
}


def bytes_per_second():
    """Each framing, by the program beside recvscope that does nothing else."""
    program = Path(PROGRAM).parent / "framings"
    try:
        done = subprocess.run([program], capture_output=True, text=True, timeout=LIMIT)
    except OSError as error:
        raise Unsupported(error) from None
    if done.returncode != 0:
        raise Unsupported(done.stderr.strip())
    for line in done.stdout.splitlines():
        name, size, rate = line.split()
        speed = int(rate) / 1e9
        goal = GOALS.get(name)
        yield Row(
            f"bytes/s cut, {name}, messages of {size} B", f"{speed:.2f} GB", "",
            goal=f"≥ {goal} GB" if goal else "", met=speed >= goal if goal else None)
