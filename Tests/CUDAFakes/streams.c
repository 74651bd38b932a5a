// Streams, events and graphs of the driver. What real hardware leaves open, the order between streams, is chosen by
// `cuda_fake_state.schedule`, so that a missing event shows as wrong numbers.
#include "internal.h"
#include <stdlib.h>
#include <string.h>

enum { INVALID_VALUE = 1, LAUNCH_FAILED = 719, CAPTURE_UNSUPPORTED = 900, CAPTURE_INVALIDATED = 901 };

typedef struct {
    int (*run)(const void *data);
    void *data;
    size_t size;
} command;

typedef struct {
    command *items;
    size_t count;
    size_t room;
} commands;

typedef struct stream {
    commands all;
    size_t done;
    int is_first;
    int captures;
    int capture_is_invalid;
    commands captured;
    struct stream *next;
} stream;

typedef struct {
    stream *of;
    size_t position;
} event;

// Of this thread: a test runs in one.
static _Thread_local stream *streams;
static _Thread_local stream *retired;
static _Thread_local int fault;

static void append(commands *list, int (*run)(const void *), const void *data, size_t size) {
    if (list->count == list->room) {
        list->room = list->room ? 2 * list->room : 16;
        list->items = realloc(list->items, list->room * sizeof(command));
    }
    void *copy = malloc(size ? size : 1);
    memcpy(copy, data, size);
    list->items[list->count++] = (command){run, copy, size};
}

static void clear(commands *list) {
    for (size_t i = 0; i < list->count; i++) free(list->items[i].data);
    free(list->items);
    *list = (commands){0};
}

static void run_until(stream *s, size_t position) {
    while (s->done < position) {
        command *next = &s->all.items[s->done++];
        if (fault == 0) fault = next->run(next->data);
        free(next->data);
        next->data = 0;
    }
}

void fake_finish_all(void) {
    for (stream *s = streams; s; s = s->next) run_until(s, s->all.count);
}

int fake_enqueue(void *value, int (*run)(const void *), const void *data, size_t size) {
    stream *s = value;
    if (!s) return INVALID_VALUE;
    if (s->captures) {
        append(&s->captured, run, data, size);
        return 0;
    }
    const int schedule = cuda_fakes()->schedule;
    if (schedule == CUDA_FAKE_AT_ONCE && s->done == s->all.count) return run(data);
    append(&s->all, run, data, size);
    if (schedule == CUDA_FAKE_AT_ONCE || (schedule == CUDA_FAKE_COPIES_EARLY && !s->is_first))
        run_until(s, s->all.count);
    return 0;
}

static int report(void) {
    const int code = fault ? fault : cuda_fakes()->fails_on_wait ? LAUNCH_FAILED : 0;
    fault = 0;
    return code;
}

static int cuStreamCreate(void **result, unsigned flags) {
    (void)flags;
    stream *made = calloc(1, sizeof(stream));
    // Everybody here has a pair of streams: one to compute and one to copy.
    int count = 0;
    for (stream *other = streams; other; other = other->next) count++;
    made->is_first = count % 2 == 0;
    made->next = streams;
    streams = made;
    *result = made;
    return 0;
}

static int cuStreamDestroy_v2(void *value) {
    stream *s = value;
    if (!s) return INVALID_VALUE;
    run_until(s, s->all.count);
    for (stream **link = &streams; *link; link = &(*link)->next) {
        if (*link == s) {
            *link = s->next;
            break;
        }
    }
    clear(&s->all);
    clear(&s->captured);
    // Others may still wait for what it has done.
    s->done = SIZE_MAX;
    s->next = retired;
    retired = s;
    return 0;
}

static int cuStreamSynchronize(void *value) {
    stream *s = value;
    if (s->captures) {
        s->capture_is_invalid = 1;
        return CAPTURE_UNSUPPORTED;
    }
    run_until(s, s->all.count);
    return report();
}

static int cuEventCreate(void **result, unsigned flags) {
    (void)flags;
    *result = calloc(1, sizeof(event));
    return 0;
}

static int cuEventDestroy_v2(void *value) {
    free(value);
    return 0;
}

static int cuEventRecord(void *value, void *at) {
    event *e = value;
    stream *s = at;
    if (!e || !s) return INVALID_VALUE;
    if (s->captures) {
        s->capture_is_invalid = 1;
        return CAPTURE_UNSUPPORTED;
    }
    *e = (event){s, s->all.count};
    return 0;
}

static int cuEventSynchronize(void *value) {
    event *e = value;
    if (!e) return INVALID_VALUE;
    if (e->of) {
        if (e->of->captures) {
            e->of->capture_is_invalid = 1;
            return CAPTURE_UNSUPPORTED;
        }
        run_until(e->of, e->position);
    }
    return report();
}

static int cuEventElapsedTime(float *milliseconds, void *start, void *end) {
    (void)start, (void)end;
    *milliseconds = 1;
    return 0;
}

static int wait_for(const void *data) {
    const event *e = data;
    if (e->of) run_until(e->of, e->position);
    return 0;
}

static int cuStreamWaitEvent(void *value, void *awaited, unsigned flags) {
    stream *s = value;
    if (!s || !awaited || flags) return INVALID_VALUE;
    if (s->captures) {
        s->capture_is_invalid = 1;
        return CAPTURE_UNSUPPORTED;
    }
    // What the event stands for now, not what it will be recorded for later.
    return fake_enqueue(s, wait_for, awaited, sizeof(event));
}

// MARK: Graphs

static int cuStreamBeginCapture_v2(void *value, int mode) {
    stream *s = value;
    if (!s || s->captures || mode < 0 || mode > 2) return INVALID_VALUE;
    if (cuda_fakes()->capture_fails) return CAPTURE_UNSUPPORTED;
    s->captures = 1;
    s->capture_is_invalid = 0;
    return 0;
}

static int cuStreamEndCapture(void *value, void **graph) {
    stream *s = value;
    *graph = 0;
    if (!s || !s->captures) return INVALID_VALUE;
    s->captures = 0;
    if (s->capture_is_invalid) {
        clear(&s->captured);
        return CAPTURE_INVALIDATED;
    }
    commands *made = malloc(sizeof(commands));
    *made = s->captured;
    s->captured = (commands){0};
    *graph = made;
    cuda_fakes()->captures++;
    return 0;
}

static int cuGraphInstantiateWithFlags(void **result, void *graph, unsigned long long flags) {
    const commands *from = graph;
    if (!from || flags) return INVALID_VALUE;
    commands *made = calloc(1, sizeof(commands));
    for (size_t i = 0; i < from->count; i++)
        append(made, from->items[i].run, from->items[i].data, from->items[i].size);
    *result = made;
    return 0;
}

static int destroy(void *graph) {
    if (!graph) return INVALID_VALUE;
    clear(graph);
    free(graph);
    return 0;
}

static int cuGraphDestroy(void *graph) { return destroy(graph); }

static int cuGraphExecDestroy(void *graph) {
    // The driver keeps what still runs.
    fake_finish_all();
    return destroy(graph);
}

static int run_graph(const void *data) {
    const commands *graph = *(commands *const *)data;
    int code = 0;
    for (size_t i = 0; i < graph->count && code == 0; i++) code = graph->items[i].run(graph->items[i].data);
    return code;
}

static int cuGraphLaunch(void *graph, void *value) {
    if (!graph) return INVALID_VALUE;
    cuda_fakes()->graph_launches++;
    return fake_enqueue(value, run_graph, &graph, sizeof graph);
}

const fake_symbol fake_stream_symbols[] = {
    FAKE(cuStreamCreate), FAKE(cuStreamDestroy_v2), FAKE(cuStreamSynchronize), FAKE(cuStreamWaitEvent),
    FAKE(cuEventCreate), FAKE(cuEventDestroy_v2), FAKE(cuEventRecord), FAKE(cuEventSynchronize),
    FAKE(cuEventElapsedTime), FAKE(cuStreamBeginCapture_v2), FAKE(cuStreamEndCapture),
    FAKE(cuGraphInstantiateWithFlags), FAKE(cuGraphDestroy), FAKE(cuGraphExecDestroy), FAKE(cuGraphLaunch), {0, 0},
};
