// Switching between stacks: a few instructions where the processor is known, else the system's contexts, whose system
// calls are a hundred times slower.
#pragma once

#include <cstddef>
#include <cstdint>

namespace emulation {

#if defined(__x86_64__)

extern "C" void consilium_emulation_switch(void **from, void *to);

struct Fiber {
    void *stack_pointer = nullptr;

    void prepare(unsigned char *stack, size_t bytes, void (*entry)()) {
        // What the switch pops: six registers, then the address of the entry. On entry the stack lies as after a call.
        auto top = reinterpret_cast<uintptr_t>(stack + bytes) & ~uintptr_t{15};
        auto *words = reinterpret_cast<void **>(top - 16);
        words[0] = reinterpret_cast<void *>(entry);
        words[1] = nullptr;
        for (int i = 1; i <= 6; i++) words[-i] = nullptr;
        stack_pointer = words - 6;
    }
    static void change(Fiber &from, Fiber &to) { consilium_emulation_switch(&from.stack_pointer, to.stack_pointer); }
};

#else
}  // namespace emulation
#include <ucontext.h>
namespace emulation {

struct Fiber {
    ucontext_t context;

    void prepare(unsigned char *stack, size_t bytes, void (*entry)()) {
        getcontext(&context);
        context.uc_stack.ss_sp = stack;
        context.uc_stack.ss_size = bytes;
        context.uc_link = nullptr;
        makecontext(&context, entry, 0);
    }
    static void change(Fiber &from, Fiber &to) { swapcontext(&from.context, &to.context); }
};

#endif

}  // namespace emulation
