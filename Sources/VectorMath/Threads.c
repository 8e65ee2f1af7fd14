// Pieces of work dealt out to threads by a counter. Which worker gets a piece is chance; what a piece computes must not
// depend on it.

#include "Threads.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct shared {
  size_t count;
  void *context;
  vm_piece run;
  atomic_size_t next, finished;
  atomic_int stopped;
} shared;

typedef struct worker {
  shared *shared;
  size_t index;
  pthread_t thread;
} worker;

static void work(shared *s, size_t index) {
  while (!atomic_load(&s->stopped)) {
    size_t piece = atomic_fetch_add(&s->next, 1);
    if (piece >= s->count) return;
    if (s->run(s->context, index, piece, atomic_load(&s->finished))) atomic_store(&s->stopped, 1);
    atomic_fetch_add(&s->finished, 1);
  }
}

static void *begin(void *argument) {
  worker *w = argument;
  work(w->shared, w->index);
  return NULL;
}

size_t vm_for_each_piece(size_t count, size_t workers, void *context, vm_piece run) {
  shared s = {.count = count, .context = context, .run = run};
  atomic_init(&s.next, 0);
  atomic_init(&s.finished, 0);
  atomic_init(&s.stopped, 0);
  size_t others = workers > 1 && count > 1 ? (workers < count ? workers : count) - 1 : 0;
  worker *list = others ? calloc(others, sizeof(worker)) : NULL;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, (size_t)8 << 20);
  size_t started = 0;
  // Where no thread can be had, those that there are do the work.
  while (list && started < others) {
    list[started].shared = &s;
    list[started].index = started + 1;
    if (pthread_create(&list[started].thread, &attributes, begin, &list[started])) break;
    started++;
  }
  pthread_attr_destroy(&attributes);
  work(&s, 0);
  for (size_t k = 0; k < started; k++) pthread_join(list[k].thread, NULL);
  free(list);
  size_t begun = atomic_load(&s.next);
  return begun < count ? begun : count;
}

size_t vm_processors(void) {
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (size_t)count : 1;
}
