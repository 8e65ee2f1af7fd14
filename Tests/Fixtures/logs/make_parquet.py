"""Makes the files in parquet/ with the real writers, and beside TABLE-WRITER.parquet what is in the table as TABLE.csv.

    python -m venv venv && venv/bin/pip install pandas==3.1.1 pyarrow==26.0.1 polars==2.1.0 duckdb==2.0.0 \
        fastparquet==2026.9.0 numpy==2.4.6
    venv/bin/python make_parquet.py [FOLDER]

The folder is that of this script unless another is named. In the CSV numbers have all their digits, times are seconds, and
what is missing is empty. A file may have fewer columns than its table.
"""
import datetime
import decimal
import math
import shutil
import sys
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 60


def frame(rows=ROWS, nulls=True):
    """Every type of column that a table of runs may have."""
    rng = np.random.default_rng(1)
    index = np.arange(rows)
    gap = lambda values, step: [None if nulls and k % step == 3 else v for k, v in enumerate(values)]
    day = datetime.date(2026, 1, 30)
    noon = datetime.datetime(2026, 1, 30, 12, 0, 0, 125_000)
    return pa.table({
        "run": pa.array([f"run-{k:03d}" for k in index]),
        "optimizer": pa.array(gap([["adamw", "muon", "sgd é"][k % 3] for k in index], 7)),
        "params": pa.array(gap([int(10 ** (6 + k % 5)) for k in index], 11), pa.int64()),
        "layers": pa.array(gap([int(k % 40) - 3 for k in index], 5), pa.int32()),
        "small": pa.array([int(k % 100) - 50 for k in index], pa.int8()),
        "unsigned": pa.array([4_294_967_295 - int(k) for k in index], pa.uint32()),
        "large": pa.array([2 ** 64 - 1 - 4096 * int(k) for k in index], pa.uint64()),
        "loss": pa.array(gap((2 + 8 / np.sqrt(index + 1) + rng.normal(0, 1e-3, rows)).tolist(), 13), pa.float64()),
        "loss32": pa.array((2 + 8 / np.sqrt(index + 1)).astype(np.float32), pa.float32()),
        "finished": pa.array(gap([bool(k % 4) for k in index], 9)),
        "day": pa.array([day + datetime.timedelta(days=40 * int(k) - 1200) for k in index], pa.date32()),
        "start": pa.array([noon + datetime.timedelta(minutes=7 * int(k)) for k in index], pa.timestamp("us")),
        "ms": pa.array([noon + datetime.timedelta(hours=7 * int(k)) for k in index], pa.timestamp("ms", tz="UTC")),
        "clock": pa.array([datetime.time(int(k) % 24, 30, 5) for k in index], pa.time64("us")),
        "price": pa.array([decimal.Decimal(int(k) * 12345 - 99999).scaleb(-2) for k in index], pa.decimal128(12, 2)),
        "constant": pa.array([0.1] * rows),
        "empty": pa.array([None] * rows, pa.float64()),
    })


def odd(rows=ROWS):
    """Types that only pyarrow writes."""
    index = range(rows)
    return pa.table({
        "half": pa.array(np.linspace(-3, 3, rows).astype(np.float16), pa.float16()),
        "wide": pa.array([decimal.Decimal(3 ** (k + 1) * (-1) ** k).scaleb(-7) for k in index], pa.decimal256(50, 7)),
        "raw": pa.array([bytes([k, 255 - k, 7]) for k in index], pa.binary(3)),
        "text": pa.array([None if k % 6 == 0 else "x" * (k % 17) + str(k) for k in index]),
        "nothing": pa.array([None] * rows, pa.null()),
        "ns": pa.array([1_700_000_000_000_000_000 + 1_500_000_000 * k for k in index], pa.timestamp("ns")),
    })


def text(value):
    """A value as the CSV has it; the seconds of times."""
    epoch = datetime.datetime(1970, 1, 1)
    match value:
        case None: return ""
        case bool(): return "true" if value else "false"
        case float() if math.isnan(value): return ""
        case pd.Timestamp(): return repr(value.value / 1e9)
        case datetime.datetime():
            micro = (value.replace(tzinfo=None) - epoch) // datetime.timedelta(microseconds=1)
            return repr(micro / 1e6)
        case datetime.date(): return repr(float((value - epoch.date()).days * 86400))
        case datetime.time(): return repr(float(value.hour * 3600 + value.minute * 60 + value.second))
        case decimal.Decimal(): return repr(float(value))
        case bytes(): return value.hex()
        case np.floating(): return repr(float(value))
        case int() | float(): return repr(value)
    return f'"{value}"'


def save_text(path, table):
    columns = [table.column(k).to_pylist() for k in range(table.num_columns)]
    lines = [",".join(table.column_names)] + [",".join(map(text, row)) for row in zip(*columns)]
    path.write_text("\n".join(lines) + "\n")


def main():
    folder = (Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent) / "parquet"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    runs, whole = frame(), frame(nulls=False)
    wide = pa.table({"wide": pa.array([(-1) ** k * (2 ** 63 - 1 - k * k) for k in range(300)], pa.int64())})
    tables = {"runs": runs, "whole": whole, "odd": odd(), "wide": wide}
    for name, table in tables.items():
        save_text(folder / f"{name}.csv", table)
    path = lambda name: str(folder / f"{name}.parquet")

    def arrow(name, *columns, **options):
        table = tables[name.split("-")[0]]
        pq.write_table(table.select(columns or table.column_names), path(name), **options)

    few = ["run", "optimizer", "layers", "loss", "finished"]
    pages = dict(data_page_size=64, write_batch_size=8)
    runs.to_pandas().to_parquet(path("runs-pandas"), index=False)
    arrow("runs-arrow-v1", *few, data_page_version="1.0", compression="none", row_group_size=25, **pages)
    arrow("runs-arrow-v2", *few, data_page_version="2.0", row_group_size=40, write_page_checksum=True, **pages)
    arrow("whole-arrow-zstd", compression="zstd", use_dictionary=False, write_page_checksum=True)
    arrow("runs-arrow-int96", "start", "loss", use_deprecated_int96_timestamps=True)
    arrow("odd-arrow", compression="none")
    arrow("odd-arrow-plain", use_dictionary=False, data_page_version="2.0")
    numbers = ["params", "layers", "small", "unsigned", "large"]
    delta = dict.fromkeys(numbers, "DELTA_BINARY_PACKED")
    arrow("whole-arrow-delta", *numbers, "run", "optimizer", use_dictionary=False,
          column_encoding={**delta, "run": "DELTA_BYTE_ARRAY", "optimizer": "DELTA_LENGTH_BYTE_ARRAY"})
    arrow("runs-arrow-delta", *numbers, "optimizer", use_dictionary=False, compression="none",
          column_encoding={**delta, "optimizer": "DELTA_BYTE_ARRAY"})
    arrow("wide-arrow-delta", use_dictionary=False, column_encoding={"wide": "DELTA_BINARY_PACKED"})
    split = ["loss", "loss32", "params", "layers", "price"]
    arrow("runs-arrow-split", *split, use_dictionary=False, column_encoding=dict.fromkeys(split, "BYTE_STREAM_SPLIT"))
    arrow("runs-arrow-truth", "finished", data_page_version="2.0", use_dictionary=False,
          column_encoding={"finished": "RLE"})
    polars = pl.from_arrow(runs)
    polars.write_parquet(path("runs-polars"))
    polars.select(few).write_parquet(path("runs-polars-snappy"), compression="snappy", row_group_size=20)
    connection = duckdb.connect()
    connection.register("runs", runs.drop_columns(["empty"]))
    for version in ("v1", "v2"):
        for codec in ("snappy", "zstd"):
            connection.execute(f"copy runs to '{path(f'runs-duckdb-{version}-{codec}')}' "
                               f"(format parquet, codec '{codec}', parquet_version '{version}')")
    few[2] = "params"
    whole.select(few).to_pandas().to_parquet(path("whole-fastparquet"), engine="fastparquet", index=False)

    # What is refused.
    nested = pa.table({"loss": [1.0], "shape": pa.array([[1, 2]])})
    pq.write_table(nested, path("refused-list"))
    pq.write_table(pa.table({"config": pa.array([{"lr": 1e-3}])}), path("refused-structure"))
    for codec in ("gzip", "brotli", "lz4"):
        pq.write_table(pa.table({"loss": [1.0, 2.0]}), path(f"refused-{codec}"), compression=codec)
    pq.write_table(pa.table({"loss": pa.array([], pa.float64())}), path("refused-empty"))
    pq.write_table(pa.table({"raw": [b"\xff\xfe", b"a"]}), path("refused-bytes"))


if __name__ == "__main__":
    main()
