"""Coverage-guided fuzzing of the interpreted code, by Atheris and libFuzzer.

    guided.py TARGET SECONDS

Goes on with the corpus that it left. What goes wrong becomes a finding; libFuzzer ends there, and
who called us calls again. [github.com/google/atheris; llvm.org/docs/LibFuzzer.html]
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

os.environ["GPUTERM_INTERPRETED"] = "1"

HERE = Path(__file__).parent


def child(target: str) -> None:
    """libFuzzer, until it ends this process."""
    import atheris
    import interpreted  # noqa: F401

    with atheris.instrument_imports(include=["gputerm"], enable_loader_override=False):
        import targets
    import store

    check = targets.TARGETS[target]

    def one(data: bytes) -> None:
        try:
            check(data)
        except Exception as error:
            store.keep(target, store.signature(error), 0, [data], f"{error!r:.2000}")
            raise

    atheris.Setup([sys.argv[0], *sys.argv[3:]], one)
    atheris.Fuzz()


def run(target: str, seconds: float) -> None:
    """Fuzzes a target for a time; again after each finding."""
    import store
    import targets

    corpus = store.corpus(target)
    for i, example in enumerate(targets.examples(target)):
        (corpus / f"example-{i:04d}").write_bytes(example)
    words = store.folder() / "words"
    words.write_text(targets.dictionary())
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 1:
        command = [sys.executable, __file__, target, "child", str(corpus)]
        command += [f"-max_total_time={int(left)}", "-max_len=2048", "-rss_limit_mb=2048"]
        command += ["-timeout=60", f"-artifact_prefix={store.folder()}/", "-print_final_stats=1"]
        if target in ("core", "osc", "dcs"):
            command += [f"-dict={words}"]
        started = time.monotonic()
        outcome = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace")
        done = re.findall(r"stat::number_of_executed_units:\s*(\d+)", outcome.stderr)
        executions = int(done[-1]) if done else 0
        store.add(target, executions=executions, seconds=time.monotonic() - started)
        if outcome.returncode:
            print(outcome.stderr[-1500:], file=sys.stderr)
            if not executions:
                raise SystemExit(f"libFuzzer ended with {outcome.returncode}")
    sums = store.counters(target)
    files = len(list(corpus.iterdir()))
    print(
        f"{target}: {sums['executions']:.0f} executions in {sums['seconds'] / 60:.1f} min so far,"
        f" {files} files of corpus",
        flush=True,
    )


if __name__ == "__main__":
    if sys.argv[2] == "child":
        child(sys.argv[1])
    else:
        run(sys.argv[1], float(sys.argv[2]))
