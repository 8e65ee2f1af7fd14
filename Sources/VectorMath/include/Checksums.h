// Checksums of bytes, as file formats carry them.

#ifndef VECTOR_MATH_CHECKSUMS_H
#define VECTOR_MATH_CHECKSUMS_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// CRC-32C (Castagnoli: polynomial 0x1EDC6F41, reflected), of event files among others. `before` is the checksum of the
// bytes before these, 0 where there are none. By the processor's instruction where it has one.
uint32_t vm_crc32c(uint32_t before, const void *_Nullable bytes, size_t count);

// The same by tables alone, for comparison.
uint32_t vm_crc32c_portable(uint32_t before, const void *_Nullable bytes, size_t count);

// CRC-32 (polynomial 0x04C11DB7, reflected), of zlib, gzip and the pages of Parquet.
uint32_t vm_crc32(uint32_t before, const void *_Nullable bytes, size_t count);

#pragma clang assume_nonnull end

#endif
