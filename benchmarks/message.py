"""How long `gputerm msg version` takes, in multiples of an empty Python: `python3 -S -c pass`.

    python benchmarks/message.py [ROUNDS]

A server without a window answers; both commands are started in turn, so that whatever else the
machine does falls on both. Byte code is cached, as it is for anybody who installed gputerm.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from gputerm.host import Loop  # noqa: E402
from gputerm.ipc.server.server import Server  # noqa: E402

#: The command as pip installs it.
ENTRY = """\
#!{python}
import sys
from gputerm.cli import main
sys.exit(main())
"""


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PYTHONPYCACHEPREFIX": f"{folder}/cache",
        }
        loop = Loop(threading.Event().set)
        loop.start()
        server = Server(loop, f"{folder}/socket", {})
        script = Path(folder, "gputerm")
        script.write_text(ENTRY.format(python=sys.executable))
        script.chmod(0o755)
        commands = {
            "python3 -S -c pass": [sys.executable, "-S", "-c", "pass"],
            "python3 -c pass": [sys.executable, "-c", "pass"],
            "gputerm msg version": [str(script), "msg", "-s", server.path, "version"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(rounds + 3):
            for name, command in commands.items():
                started = time.perf_counter()
                subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
                if number >= 3:  # the first ones fill caches
                    times[name].append((time.perf_counter() - started) * 1000)
        loop.stop()
    base = statistics.median(times["python3 -S -c pass"])
    for name, taken in times.items():
        low, middle, high = statistics.quantiles(taken, n=4)
        print(f"{name:22} {middle:6.1f} ms ({low:.1f} to {high:.1f})  {middle / base:4.2f} times")


if __name__ == "__main__":
    main()
