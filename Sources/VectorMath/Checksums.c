// Checksums by eight tables, eight bytes at a time (Kounavis and Berry 2005), and CRC-32C by SSE4.2 where there is one.

#include "Checksums.h"
#include <pthread.h>
#include <string.h>

typedef uint32_t tables[8][256];

static tables castagnoli, ethernet;
static pthread_once_t filled = PTHREAD_ONCE_INIT;

static void fill(tables t, uint32_t polynomial) {
  for (uint32_t byte = 0; byte < 256; byte++) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? polynomial : 0);
    t[0][byte] = crc;
  }
  for (int k = 1; k < 8; k++)
    for (int byte = 0; byte < 256; byte++) t[k][byte] = t[k - 1][byte] >> 8 ^ t[0][t[k - 1][byte] & 0xFF];
}

static void fill_both(void) {
  fill(castagnoli, 0x82F63B78);
  fill(ethernet, 0xEDB88320);
}

static uint32_t by_tables(const tables t, uint32_t before, const uint8_t *bytes, size_t count) {
  uint32_t crc = ~before;
  for (; count >= 8; bytes += 8, count -= 8) {
    uint32_t low = crc ^ ((uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24);
    crc = t[7][low & 0xFF] ^ t[6][low >> 8 & 0xFF] ^ t[5][low >> 16 & 0xFF] ^ t[4][low >> 24] ^ t[3][bytes[4]] ^
          t[2][bytes[5]] ^ t[1][bytes[6]] ^ t[0][bytes[7]];
  }
  for (; count > 0; bytes++, count--) crc = crc >> 8 ^ t[0][(crc ^ *bytes) & 0xFF];
  return ~crc;
}

uint32_t vm_crc32c_portable(uint32_t before, const void *bytes, size_t count) {
  pthread_once(&filled, fill_both);
  return by_tables((const uint32_t(*)[256])castagnoli, before, bytes, count);
}

uint32_t vm_crc32(uint32_t before, const void *bytes, size_t count) {
  pthread_once(&filled, fill_both);
  return by_tables((const uint32_t(*)[256])ethernet, before, bytes, count);
}

#if defined(__x86_64__) && defined(__clang__)

__attribute__((target("sse4.2"))) static uint32_t by_instruction(uint32_t before, const uint8_t *bytes, size_t count) {
  uint64_t crc = (uint32_t)~before;
  for (; count >= 8; bytes += 8, count -= 8) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    crc = __builtin_ia32_crc32di(crc, word);
  }
  for (; count > 0; bytes++, count--) crc = __builtin_ia32_crc32qi((uint32_t)crc, *bytes);
  return ~(uint32_t)crc;
}

uint32_t vm_crc32c(uint32_t before, const void *bytes, size_t count) {
  if (__builtin_cpu_supports("sse4.2")) return by_instruction(before, bytes, count);
  return vm_crc32c_portable(before, bytes, count);
}

#else

uint32_t vm_crc32c(uint32_t before, const void *bytes, size_t count) {
  return vm_crc32c_portable(before, bytes, count);
}

#endif
