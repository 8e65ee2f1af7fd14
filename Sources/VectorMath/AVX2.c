// The kernels for x86-64-v3, 4 doubles at a time.

#include "Levels.h"

#if VM_WIDE_LEVELS

// Headers go before the attribute: it is for our functions only.
#include <math.h>
#include <string.h>

// An unknown word here would drop the attribute with a mere warning, so keep to the names of architecture levels.
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)

#include "Lanes.inc"
#include "Elementary.inc"
#include "Power.inc"
#include "Trigonometry.inc"
#include "Rows.inc"
#include "Sums.inc"

#pragma clang attribute pop

const vm_kernels vm_kernels_avx2 =
#include "Table.inc"

#endif
