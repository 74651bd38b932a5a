#include "fibers.h"

#if defined(__x86_64__)
// Keeps the registers that a function must preserve (System V ABI), changes the stack, and returns on the other one.
asm(R"(
    .text
    .globl consilium_emulation_switch
    .type consilium_emulation_switch, @function
consilium_emulation_switch:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
    .size consilium_emulation_switch, . - consilium_emulation_switch
)");
#endif
