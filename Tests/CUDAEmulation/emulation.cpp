#include <sys/mman.h>

#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "../../Sources/CUDAKernels/kernels/device.h"
#include "cuda_emulation.h"
#include "fibers.h"

namespace emulation {

thread_local Place *place = nullptr;

namespace {

struct Known {
    Kernel run;
    const char *signature;
};

std::map<std::string, Known> &kernels() {
    static std::map<std::string, Known> all;
    return all;
}

/// The most that a block may have on sm_90, and what all of them have.
constexpr size_t largest_shared = 227 * 1024, stack_bytes = 256 * 1024;

struct Copy {
    void *to;
    const void *from;
    int bytes;
    long group;
};

struct Lane {
    Fiber fiber;
    Place place;
    void *operand = nullptr;
    std::vector<Copy> copies;
    long committed = 0;
};

/// Sets of lanes as bits.
struct Warp {
    u32 ready = 0, met = 0, waiting = 0, done = 0;
    Collective collective = nullptr;
};

/// What a thread of the host keeps between launches, and the block that runs.
struct Machine {
    unsigned char *stacks = nullptr, *arena = nullptr;
    size_t stack_count = 0;
    std::vector<Lane> lanes;
    std::vector<Warp> warps;
    std::vector<std::pair<const void *, unsigned char *>> keys;
    unsigned char *dynamic = nullptr;
    size_t used = 0, limit = 0;
    unsigned current = 0, threads = 0, finished = 0, arrived = 0;
    Fiber host;
    Kernel kernel = nullptr;
    void **parameters = nullptr;
    std::string fault;
    uint64_t order = 0, random = 0;
    bool immediate = false;

    ~Machine() {
        if (stacks) munmap(stacks, stack_count * stack_bytes);
        if (arena) munmap(arena, arena_bytes());
    }
    static size_t arena_bytes() { return (largest_shared + 4095) / 4096 * 4096 + 4096; }

    bool prepare(unsigned count) {
        if (!arena) {
            void *memory = mmap(nullptr, arena_bytes(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            if (memory == MAP_FAILED) return false;
            arena = static_cast<unsigned char *>(memory);
            mprotect(arena + arena_bytes() - 4096, 4096, PROT_NONE);
        }
        if (stack_count < count) {
            if (stacks) munmap(stacks, stack_count * stack_bytes);
            void *memory = mmap(nullptr, count * stack_bytes, PROT_READ | PROT_WRITE,
                                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
            stacks = memory == MAP_FAILED ? nullptr : static_cast<unsigned char *>(memory);
            stack_count = stacks ? count : 0;
        }
        return stack_count >= count;
    }

    /// One of the lanes of `set`, which isn't empty, as the order of the launch has it.
    unsigned pick(u32 set, unsigned after) {
        if (order == 1) {
            const u32 below = after == 0 ? 0 : set & (0xffffffffu >> (32 - after));
            const u32 from = below ? below : set;
            return 31 - static_cast<unsigned>(__builtin_clz(from));
        }
        unsigned start = (after + 1) & 31;
        if (order > 1) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            start = static_cast<unsigned>(random >> 59);
        }
        const u32 turned = start == 0 ? set : set >> start | set << (32 - start);
        return (static_cast<unsigned>(__builtin_ctz(turned)) + start) & 31;
    }

    /// Goes on with another lane that can; the current one waits or is done.
    void next() {
        const unsigned warp = current / 32, count = static_cast<unsigned>(warps.size());
        for (unsigned k = 0; k < count; k++) {
            const unsigned w = order == 1 ? (warp + count - k) % count : (warp + k) % count;
            if (!warps[w].ready) continue;
            go(w * 32 + pick(warps[w].ready, w == warp ? current & 31 : (order == 1 ? 0 : 31)));
            return;
        }
        fail("a deadlock: " + state());
    }

    void go(unsigned lane) {
        const unsigned from = current;
        if (lane == from) return;
        current = lane;
        emulation::place = &lanes[lane].place;
        Fiber::change(lanes[from].fiber, lanes[lane].fiber);
    }

    std::string state() {
        std::string text;
        for (size_t w = 0; w < warps.size(); w++) {
            char line[96];
            snprintf(line, sizeof line, "warp %zu: %08x at a warp operation, %08x at a barrier, %08x done; ", w,
                     warps[w].met, warps[w].waiting, warps[w].done);
            text += line;
        }
        return text;
    }

    /// Ends the launch. Doesn't return.
    void fail(const std::string &what) {
        fault = what + " (thread " + std::to_string(current) + ", block " +
                std::to_string(lanes[current].place.block[0]) + "," + std::to_string(lanes[current].place.block[1]) +
                "," + std::to_string(lanes[current].place.block[2]) + ")";
        Fiber::change(lanes[current].fiber, host);
    }
};

thread_local Machine machine;

void entry() {
    Machine &m = machine;
    m.kernel(m.parameters);
    Warp &warp = m.warps[m.current / 32];
    const u32 bit = 1u << (m.current & 31);
    warp.ready &= ~bit;
    warp.done |= bit;
    if (warp.met) m.fail("a thread ended while others of its warp wait for it");
    if (m.arrived) m.fail("a thread ended while others wait at a barrier");
    if (++m.finished == m.threads) Fiber::change(m.lanes[m.current].fiber, m.host);
    m.next();
}

}  // namespace

Registration::Registration(const char *name, Kernel kernel, const char *signature) {
    kernels()[name] = {kernel, signature};
}

void meet(Collective collective, void *operand) {
    Machine &m = machine;
    Warp &warp = m.warps[m.current / 32];
    const u32 bit = 1u << (m.current & 31);
    if (warp.done) m.fail("a warp operation without all lanes: " + m.state());
    if (warp.met && warp.collective != collective) m.fail("lanes of a warp are at different warp operations");
    warp.collective = collective;
    m.lanes[m.current].operand = operand;
    warp.met |= bit;
    if (warp.met == 0xffffffffu) {
        if (collective) {
            void *operands[32];
            const unsigned first = m.current & ~31u;
            for (unsigned i = 0; i < 32; i++) operands[i] = m.lanes[first + i].operand;
            collective(operands);
        }
        warp.met = 0;
        warp.ready = 0xffffffffu;
        return;
    }
    warp.ready &= ~bit;
    m.next();
}

void barrier() {
    Machine &m = machine;
    Warp &warp = m.warps[m.current / 32];
    if (m.finished) m.fail("a barrier that ended threads don't reach");
    warp.waiting |= 1u << (m.current & 31);
    warp.ready &= ~(1u << (m.current & 31));
    if (++m.arrived == m.threads) {
        m.arrived = 0;
        for (Warp &each : m.warps) {
            each.ready = 0xffffffffu;
            each.waiting = 0;
        }
        // Another lane may be the first behind the barrier.
        if (m.order == 0) return;
    }
    m.next();
}

void *shared(const void *key, size_t bytes) {
    Machine &m = machine;
    for (auto &entry : m.keys)
        if (entry.first == key) return entry.second;
    const size_t size = (bytes + 15) / 16 * 16;
    if (m.used + size > m.limit) m.fail("too much shared memory");
    unsigned char *memory = m.arena + m.used;
    m.used += size;
    m.keys.emplace_back(key, memory);
    return memory;
}

unsigned char *dynamic_shared() { return machine.dynamic; }

namespace {

void arrive(const Copy &copy) {
    memcpy(copy.to, copy.from, static_cast<size_t>(copy.bytes));
    memset(static_cast<char *>(copy.to) + copy.bytes, 0, static_cast<size_t>(16 - copy.bytes));
}

}  // namespace

void copy(void *shared, const void *global, int bytes) {
    Machine &m = machine;
    if (reinterpret_cast<uintptr_t>(shared) % 16 || reinterpret_cast<uintptr_t>(global) % 16)
        m.fail("an asynchronous copy that is not aligned to 16 bytes");
    if (bytes < 0 || bytes > 16) m.fail("an asynchronous copy of more than 16 bytes");
    const Copy it{shared, global, bytes, m.lanes[m.current].committed};
    if (m.immediate) return arrive(it);
    // Whoever reads before the wait reads NaN.
    memset(shared, 0xff, 16);
    m.lanes[m.current].copies.push_back(it);
}

void commit() { machine.lanes[machine.current].committed++; }

void wait(int pending) {
    Lane &lane = machine.lanes[machine.current];
    size_t kept = 0;
    for (const Copy &each : lane.copies) {
        if (each.group < lane.committed - pending)
            arrive(each);
        else
            lane.copies[kept++] = each;
    }
    lane.copies.resize(kept);
}

// MARK: What a warp does together

template <typename Number> static void shuffle(void **operands) {
    for (int i = 0; i < 32; i++) {
        auto *own = static_cast<Shuffle<Number> *>(operands[i]);
        own->result = static_cast<Shuffle<Number> *>(operands[(i ^ own->mask) & 31])->value;
    }
}
void shuffle_float(void **operands) { shuffle<float>(operands); }
void shuffle_double(void **operands) { shuffle<double>(operands); }

/// Fragments of mma.m16n8k16 (PTX ISA): lane l holds of A rows l/4 and l/4+8, columns 2(l%4) and +8, of B the same
/// columns as rows of column l/4, of D rows l/4 and l/4+8, columns 2(l%4).
void multiply_matrices(void **operands) {
    float a[16][16], b[16][8], d[16][8];
    auto low = [](u32 pair) { return from_bf16(static_cast<bf16>(pair)); };
    auto high = [](u32 pair) { return from_bf16(static_cast<bf16>(pair >> 16)); };
    for (int lane = 0; lane < 32; lane++) {
        const auto *own = static_cast<const Product *>(operands[lane]);
        const int row = lane / 4, column = lane % 4 * 2;
        for (int i = 0; i < 4; i++) {
            a[row + i % 2 * 8][column + i / 2 * 8] = low(own->a[i]);
            a[row + i % 2 * 8][column + i / 2 * 8 + 1] = high(own->a[i]);
        }
        for (int i = 0; i < 2; i++) {
            b[column + i * 8][row] = low(own->b[i]);
            b[column + i * 8 + 1][row] = high(own->b[i]);
        }
    }
    for (int i = 0; i < 16; i++) {
        for (int j = 0; j < 8; j++) d[i][j] = 0;
        for (int k = 0; k < 16; k++)
            for (int j = 0; j < 8; j++) d[i][j] += a[i][k] * b[k][j];
    }
    for (int lane = 0; lane < 32; lane++) {
        const auto *own = static_cast<const Product *>(operands[lane]);
        for (int i = 0; i < 4; i++) own->d[i] += d[lane / 4 + i / 2 * 8][lane % 4 * 2 + i % 2];
    }
}

void read_matrices(void **operands) {
    for (int lane = 0; lane < 32; lane++)
        if (reinterpret_cast<uintptr_t>(static_cast<Matrices *>(operands[lane])->row) % 16)
            machine.fail("a matrix row that is not aligned to 16 bytes");
    for (int lane = 0; lane < 32; lane++) {
        auto *own = static_cast<Matrices *>(operands[lane]);
        for (int i = 0; i < 4; i++) {
            bf16 pair[2];
            for (int k = 0; k < 2; k++) {
                const int row = own->transposed ? lane % 4 * 2 + k : lane / 4;
                const int column = own->transposed ? lane / 4 : lane % 4 * 2 + k;
                pair[k] = static_cast<const bf16 *>(static_cast<Matrices *>(operands[i * 8 + row])->row)[column];
            }
            own->result[i] = static_cast<u32>(pair[0]) | static_cast<u32>(pair[1]) << 16;
        }
    }
}

static int launch(const Known &known, const unsigned *grid, const unsigned *block, unsigned shared_bytes,
                  void **parameters) {
    const uint64_t threads = uint64_t{block[0]} * block[1] * block[2];
    const size_t dynamic = (size_t{shared_bytes} + 15) / 16 * 16;
    if (threads == 0 || threads > 1024 || threads % 32 || grid[0] == 0 || grid[1] == 0 || grid[2] == 0 ||
        grid[0] > 0x7fffffff || grid[1] > 65535 || grid[2] > 65535 || dynamic > largest_shared)
        return CONSILIUM_EMULATION_BAD_LAUNCH;
    Machine &m = machine;
    if (!m.prepare(static_cast<unsigned>(threads))) return CONSILIUM_EMULATION_BAD_LAUNCH;
    m.threads = static_cast<unsigned>(threads);
    m.kernel = known.run;
    m.parameters = parameters;
    m.fault.clear();
    m.random = m.order;
    m.lanes.resize(threads);
    m.warps.resize(threads / 32);
    // The dynamic part ends where memory that can't be touched begins.
    const size_t whole = Machine::arena_bytes() - 4096;
    m.dynamic = m.arena + whole - dynamic;
    m.limit = largest_shared - dynamic;
    Place place{};
    for (int i = 0; i < 3; i++) {
        place.block_size[i] = block[i];
        place.grid[i] = grid[i];
    }
    size_t touched = largest_shared - dynamic;
    for (unsigned z = 0; z < grid[2]; z++)
        for (unsigned y = 0; y < grid[1]; y++)
            for (unsigned x = 0; x < grid[0]; x++) {
                place.block[0] = x;
                place.block[1] = y;
                place.block[2] = z;
                memset(m.arena, 0xff, touched);
                memset(m.dynamic, 0xff, dynamic);
                m.keys.clear();
                m.used = 0;
                m.finished = m.arrived = 0;
                for (Warp &warp : m.warps) {
                    warp = Warp{};
                    warp.ready = 0xffffffffu;
                }
                for (unsigned i = 0; i < m.threads; i++) {
                    Lane &lane = m.lanes[i];
                    lane.place = place;
                    lane.place.thread[0] = i % block[0];
                    lane.place.thread[1] = i / block[0] % block[1];
                    lane.place.thread[2] = i / block[0] / block[1];
                    lane.copies.clear();
                    lane.committed = 0;
                    lane.fiber.prepare(m.stacks + i * stack_bytes, stack_bytes, entry);
                }
                m.current = m.order == 1 ? m.threads - 1 : 0;
                emulation::place = &m.lanes[m.current].place;
                Fiber::change(m.host, m.lanes[m.current].fiber);
                touched = m.used;
                if (!m.fault.empty()) return CONSILIUM_EMULATION_FAULT;
            }
    return CONSILIUM_EMULATION_RAN;
}

}  // namespace emulation

using emulation::kernels;

int consilium_emulate_kernel(const char *name, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x,
                             unsigned block_y, unsigned block_z, unsigned shared_bytes, void **parameters) {
    const auto known = kernels().find(name);
    if (known == kernels().end()) return CONSILIUM_EMULATION_NO_KERNEL;
    const unsigned grid[3] = {grid_x, grid_y, grid_z}, block[3] = {block_x, block_y, block_z};
    return emulation::launch(known->second, grid, block, shared_bytes, parameters);
}

int consilium_emulation_parameters(const char *name) {
    const auto known = kernels().find(name);
    return known == kernels().end() ? 0 : static_cast<int>(strlen(known->second.signature));
}

const char *consilium_emulation_signature(const char *name) {
    const auto known = kernels().find(name);
    return known == kernels().end() ? nullptr : known->second.signature;
}

const char *consilium_emulation_kernel(size_t index) {
    for (const auto &entry : kernels())
        if (index-- == 0) return entry.first.c_str();
    return nullptr;
}

void consilium_emulation_configure(uint64_t order, int immediate) {
    emulation::machine.order = order;
    emulation::machine.immediate = immediate != 0;
}

const char *consilium_emulation_message(void) { return emulation::machine.fault.c_str(); }

static size_t guarded(size_t bytes) { return (bytes + 15) / 16 * 16; }
static size_t pages(size_t bytes) { return (guarded(bytes) + 4095) / 4096 * 4096; }

void *consilium_emulation_allocate(size_t bytes) {
    void *memory = mmap(nullptr, pages(bytes) + 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return nullptr;
    auto *start = static_cast<unsigned char *>(memory);
    mprotect(start + pages(bytes), 4096, PROT_NONE);
    memset(start, 0xff, pages(bytes));
    return start + pages(bytes) - guarded(bytes);
}

void consilium_emulation_free(void *memory, size_t bytes) {
    if (memory) munmap(static_cast<unsigned char *>(memory) + guarded(bytes) - pages(bytes), pages(bytes) + 4096);
}
