// Work shared between threads of the operating system.

#ifndef VECTOR_MATH_THREADS_H
#define VECTOR_MATH_THREADS_H

#include <stddef.h>

#pragma clang assume_nonnull begin

// One piece of work, on worker 0 (the thread that called) or another. `finished` pieces had ended when it began.
// 0 goes on; anything else keeps all workers from beginning another piece.
typedef int (*vm_piece)(void *context, size_t worker, size_t piece, size_t finished);

// Runs the pieces 0 ..< count on up to `workers` threads and returns how many were begun: always the first so many, and
// all of them have ended. Pieces begin in order, each on the next worker that is free.
size_t vm_for_each_piece(size_t count, size_t workers, void *context, vm_piece run);

// How many threads this machine runs at once.
size_t vm_processors(void);

#pragma clang assume_nonnull end

#endif
