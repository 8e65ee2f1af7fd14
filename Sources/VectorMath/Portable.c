// The kernels for any machine: SSE2 on x86-64, NEON on arm64.

#include "Levels.h"

#include "Lanes.inc"
#include "Elementary.inc"
#include "Power.inc"
#include "Trigonometry.inc"
#include "Rows.inc"
#include "Sums.inc"

const vm_kernels vm_kernels_portable =
#include "Table.inc"
