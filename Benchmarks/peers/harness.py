"""What the benchmarks share: running the programs, medians, tables, where the data are."""
import os
import statistics
import subprocess
import time
from pathlib import Path

ROUNDS = 5  # the programs take turns this often


class Harness:
    def __init__(self, library, command, folder):
        self.library, self.command, self.folder = library, command, folder
        data = os.environ.get("ALLOMETRY_DATA")
        self.data = Path(data) if data and Path(data).is_dir() else None

    def measure(self, *arguments):
        """What the Swift program prints, as numbers by name."""
        output = subprocess.run([self.library, *map(str, arguments)], check=True, capture_output=True, text=True)
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in output.stdout.splitlines())}

    def synthetic(self, rows, design="table"):
        """The committed generator's table as a CSV; of another design, `near-collinear`."""
        path = self.folder / f"{design}-{rows}.csv"
        if not path.exists():
            with path.open("w") as file:
                subprocess.run([self.library, design, str(rows), "1"], check=True, stdout=file)
        return path


def median_seconds(call, repeats):
    """The median processor seconds of a call, after one that does not count."""
    call()
    times = []
    for _ in range(repeats):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return statistics.median(times)


def medians(rounds):
    """Of a list of dictionaries, the median by key."""
    return {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}


def markdown(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def verdict(met):
    return "met" if met else "**not met**"


def figures(value, digits=3):
    """A number with so many significant digits, without an exponent where that is readable."""
    text = f"{value:.{digits}g}"
    return f"{float(text):,.0f}" if "e+" in text else text
