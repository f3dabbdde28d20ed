// Nothing in an ordinary build.
#if __has_feature(thread_sanitizer)
#include <sched.h>
#include <stdint.h>

// Synchronization.Mutex takes a contended lock in Swift's library, which is not instrumented: ThreadSanitizer would
// not see it, and report what it guards as races. This takes its place in a program that is sanitized. Nobody waits in
// the kernel then, so unlocking is the library's inlined release.
__attribute__((swiftcall)) void cl_lock_slowly(uint32_t thread, __attribute__((swift_context)) uint32_t *word)
    __asm__("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");

__attribute__((swiftcall)) void cl_lock_slowly(uint32_t thread, __attribute__((swift_context)) uint32_t *word) {
  uint32_t unlocked = 0;
  while (!__atomic_compare_exchange_n(word, &unlocked, thread, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
    unlocked = 0;
    sched_yield();
  }
}
#endif
