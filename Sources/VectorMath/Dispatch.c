// Which levels this processor can run, and their tables. The arithmetic is in the .inc files.

#include "Levels.h"

int vm_level_supported(vm_level level) {
  switch (level) {
  case VM_LEVEL_PORTABLE:
    return 1;
#if VM_WIDE_LEVELS
  // The levels are the architecture levels of the x86-64 psABI; the operating system's part is checked as well.
  case VM_LEVEL_AVX2:
    __builtin_cpu_init();
    return __builtin_cpu_supports("x86-64-v3") != 0;
  case VM_LEVEL_AVX512:
    __builtin_cpu_init();
    return __builtin_cpu_supports("x86-64-v4") != 0;
#endif
  default:
    return 0;
  }
}

vm_level vm_level_best(void) {
  if (vm_level_supported(VM_LEVEL_AVX512)) return VM_LEVEL_AVX512;
  if (vm_level_supported(VM_LEVEL_AVX2)) return VM_LEVEL_AVX2;
  return VM_LEVEL_PORTABLE;
}

const char *vm_level_name(vm_level level) {
  switch (level) {
  case VM_LEVEL_AVX2:
    return "avx2";
  case VM_LEVEL_AVX512:
    return "avx512";
  default:
    return "portable";
  }
}

const vm_kernels *vm_kernels_at(vm_level level) {
#if VM_WIDE_LEVELS
  if (level == VM_LEVEL_AVX512 && vm_level_supported(level)) return &vm_kernels_avx512;
  if (level == VM_LEVEL_AVX2 && vm_level_supported(level)) return &vm_kernels_avx2;
#endif
  return &vm_kernels_portable;
}
