"""The peak memory of pandas and numpy: of this process with all imports, after one evaluation where a CSV is named."""
import resource
import sys
from pathlib import Path

import numpy as np
import pandas as pd

import chinchilla

if len(sys.argv) > 1:
    frame = pd.read_csv(sys.argv[1])
    objective = chinchilla.Objective.__new__(chinchilla.Objective)
    objective.ln_n, objective.ln_d, objective.ln_y = (np.log(frame[name].to_numpy()) for name in ("N", "D", "loss"))
    objective(chinchilla.HOFFMANN)
status = Path("/proc/self/status")
if status.exists():
    print(next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM")))
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
