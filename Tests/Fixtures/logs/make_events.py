"""Makes the event files in events/ with the real writers, and expected.csv with what the official reader finds in them.

    python -m venv venv && venv/bin/pip install tensorboard==2.21.0 tensorboardX==2.6.5 numpy==2.4.6
    venv/bin/python make_events.py [FOLDER]

The folder is that of this script unless another is named. Times and names of files are fixed, so that the same versions
make the same bytes.
"""
import csv
import shutil
import socket
import sys
import time
from pathlib import Path
from unittest import mock

import numpy as np
from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
from tensorboard.compat.proto import event_pb2, summary_pb2, tensor_pb2, tensor_shape_pb2
from tensorboard.plugins.scalar import summary_v2
from tensorboard.summary.writer.event_file_writer import EventFileWriter
from tensorboard.util import tensor_util
from tensorboardX import SummaryWriter

START = 1_790_000_000.25


def x_writer(folder):
    """tensorboardX: simple values, hyperparameters, and what is no scalar."""
    writer = SummaryWriter(str(folder))
    for step in range(40):
        writer.add_scalar("train/loss", 2 + 3 / (step + 1), step, walltime=START + step)
        if step % 10 == 9:
            writer.add_scalar("valid/loss", 2.1 + 3 / (step + 1), step, walltime=START + step + 0.5)
    writer.add_scalar("train/loss", float("nan"), 40, walltime=START + 40)
    writer.add_scalar("train/loss", float("inf"), -1, walltime=START + 41)
    writer.add_histogram("weights", np.linspace(-1, 1, 50), 3, walltime=START)
    writer.add_text("note", "words", 1, walltime=START)
    writer.add_hparams({"lr": 3e-4, "layers": 12, "optimizer": "adamw", "fused": True}, {"final/loss": 2.075},
                       name="hparams", global_step=40)
    writer.close()


def tensors(folder):
    """TensorBoard's own writer: tensors in every way that a scalar can be written."""
    writer = EventFileWriter(str(folder))
    for step in range(8):
        summary = summary_v2.scalar_pb("loss", 4 / (step + 1))
        add = lambda tag, **fields: summary.value.add(tag=tag, tensor=tensor_pb2.TensorProto(**fields))
        add("float_val", dtype=1, float_val=[0.1 * step])
        add("double_val", dtype=2, double_val=[0.1 * step])
        add("int_val", dtype=3, int_val=[-step])
        add("int64_val", dtype=9, int64_val=[-(1 << 40) * step])
        add("bool_val", dtype=10, bool_val=[step % 2 == 0])
        add("half_val", dtype=19, half_val=[0x3C00 + step])
        for name, type_ in [("float16", np.float16), ("float64", np.float64), ("int16", np.int16), ("uint8", np.uint8)]:
            add(f"content/{name}", dtype=tensor_util.make_tensor_proto(type_(1)).dtype,
                tensor_content=type_(step).tobytes(), tensor_shape=tensor_shape_pb2.TensorShapeProto())
        add("vector", dtype=1, float_val=[1, 2], tensor_shape=tensor_shape_pb2.TensorShapeProto(
            dim=[tensor_shape_pb2.TensorShapeProto.Dim(size=2)]))
        writer.add_event(event_pb2.Event(wall_time=START + step, step=step * 100, summary=summary))
    writer.close()


def resumed(folder):
    """A run that was started again: two files, the second of which repeats two steps."""
    for part, steps in enumerate([range(0, 6), range(4, 9)]):
        writer = EventFileWriter(str(folder), filename_suffix=f".{part}")
        for step in steps:
            summary = summary_pb2.Summary()
            summary.value.add(tag="loss", simple_value=5 - 0.5 * step - 0.01 * part)
            writer.add_event(event_pb2.Event(wall_time=START + 100 * part + step, step=step, summary=summary))
        writer.close()


def expected(folder):
    """What TensorBoard's own loader finds: every scalar, after it has made tensors of the simple values."""
    for path in sorted(folder.rglob("*tfevents*")):
        for event in EventFileLoader(str(path)).Load():
            for value in event.summary.value:
                if not value.HasField("tensor") or value.tag in ("note/text_summary", "weights"):
                    continue
                if value.tag.startswith("_hparams_"):
                    continue
                array = tensor_util.make_ndarray(value.tensor)
                if array.size == 1:
                    yield (path.parent.relative_to(folder), value.tag, event.step, repr(float(array.item())),
                           repr(event.wall_time))


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    shutil.rmtree(folder / "events", ignore_errors=True)
    with mock.patch.object(socket, "gethostname", lambda: "host"), mock.patch.object(time, "time", lambda: START), \
            mock.patch("os.getpid", lambda: 1):
        x_writer(folder / "events" / "simple")
        tensors(folder / "events" / "tensors")
        resumed(folder / "events" / "resumed")
    with (folder / "events" / "expected.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["run", "tag", "step", "value", "time"])
        writer.writerows(expected(folder / "events"))


if __name__ == "__main__":
    main()
