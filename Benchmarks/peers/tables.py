"""Prints the tables of Benchmarks/run; see there."""
import argparse
import datetime
import importlib.metadata
import platform
import re
import tempfile
from pathlib import Path

import next_runs
import nist
import reading
import report
import seconds
from harness import Harness

TABLES = {
    "fit": seconds.fit,
    "bootstrap": seconds.bootstrap,
    "evaluate": seconds.evaluate,
    "compile": seconds.compile_formula,
    "schedules": seconds.schedules,
    "memory": seconds.memory,
    "next": next_runs.next_runs,
    "process": seconds.process,
    "reading": reading.reading,
    "report": report.report,
    "nist": nist.table,
}
DOCUMENTS = Path(__file__).resolve().parent.parent.parent / "docs"


def machine():
    processor = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        text = Path("/proc/cpuinfo").read_text()
        model = re.search(r"model name\s*:\s*(.*)", text)
        family = re.search(r"cpu family\s*:\s*(.*)", text)
        levels = [name for name, flag in [("AVX2", " avx2"), ("AVX-512", " avx512f")] if flag in text]
        if model and family:
            processor = f"{model[1]} (family {family[1]}; {', '.join(levels)}), {text.count('processor' + chr(9))} cores"
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("numpy", "scipy", "lmfit", "pandas"))
    return (f"{datetime.date.today()}, {platform.system()} {platform.machine()}, {processor}; "
            f"Python {platform.python_version()}, {versions}.")


def main():
    parser = argparse.ArgumentParser(prog="Benchmarks/run")
    parser.add_argument("--library", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--command", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--record", action="store_true", help="write what was measured into docs/benchmarks.md and docs/nist.md")
    parser.add_argument("name", nargs="?", choices=list(TABLES))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        harness = Harness(options.library, options.command, Path(folder))
        parts = {"machine": machine()}
        print(parts["machine"], flush=True)
        for name in [options.name] if options.name else TABLES:
            parts[name] = TABLES[name](harness)
            print(f"\n{parts[name]}", flush=True)
    if options.record:
        if options.name:
            # The other tables keep the machine that they were measured on.
            parts[options.name] += "\n\nOn " + parts.pop("machine")
        record(parts)


def record(parts):
    page = DOCUMENTS / "benchmarks.md"
    text = page.read_text()
    for name in parts:
        if name == "nist":
            continue
        mark, end = f"<!-- {name} -->", "<!-- end -->"
        before, rest = text.split(mark, 1)
        text = before + mark + "\n" + parts[name] + "\n" + end + rest.split(end, 1)[1]
    page.write_text(text)
    if "skipped" not in parts.get("nist", "skipped"):
        (DOCUMENTS / "nist.md").write_text(f"{nist.HEAD}\n{parts['machine']}\n\n{parts['nist']}\n")


if __name__ == "__main__":
    main()
