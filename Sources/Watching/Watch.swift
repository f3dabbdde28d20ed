import CLinux
import Synchronization
import Traffic

/// One program that is watched, from its start, or from when it was attached to, to its end. A thread of its own lives as
/// long as the program, and tells what it does.
public final class Watch: Sendable {
  /// Is told on the watching thread, which the program waits for meanwhile.
  public typealias Listener = @Sendable (borrowing ProgramEvent) -> Void

  private struct State {
    var listeners: [Int: Listener] = [:]
    var made = 0
    var thread: cl_thread?
    var isOver = false
  }

  private let state = Mutex(State())
  /// Changes with the listeners.
  private let version = Atomic(0)
  private let wantsToEnd = Atomic(false)
  private let options: WatchOptions
  private let journal: ProgramJournal?

  /// - Parameter journal: where records are made of it; nil if others make something of what is told.
  public init(_ options: WatchOptions = WatchOptions(), recordedIn journal: ProgramJournal? = nil) {
    self.options = options
    self.journal = journal
  }

  /// From now on tells what the program does, also to who comes while it runs.
  /// - Returns: a number for `ignore`.
  @discardableResult
  public func listen(_ listener: @escaping Listener) -> Int {
    state.withLock { state in
      state.made += 1
      state.listeners[state.made] = listener
      version.add(1, ordering: .releasing)
      return state.made
    }
  }

  /// Tells a listener no more; it may be told of an event that happens now.
  public func ignore(_ listener: Int) {
    state.withLock { $0.listeners[listener] = nil }
    version.add(1, ordering: .releasing)
  }

  /// Starts a program; `began` or `failed` is the first that is told. Once, and not after `attach`.
  public func start(_ command: ProgramCommand) { run { $0.start(command) } }

  /// Attaches to a process that runs, with all its threads. No filter can be put there: every call of it stops.
  public func attach(to process: Int32) { run { $0.attach(to: process) } }

  /// Ends the program, or, where it can live on, lets it go. It goes on until `ended` is told.
  public func end() {
    wantsToEnd.store(true, ordering: .releasing)
    // A signal that comes just before waitpid(2) is entered interrupts nothing, hence again and again.
    while state.withLock({ state in
      if state.isOver { return false }
      if let thread = state.thread { cl_thread_interrupt(thread) }
      return true
    }) {
      _ = cl_sleep_until(cl_monotonic() + 1_000_000)
    }
  }

  /// Sleeps until nothing more is told. The program may close its output long before.
  public func waitUntilOver() {
    while !state.withLock({ $0.isOver }) { _ = cl_sleep_until(cl_monotonic() + 1_000_000) }
  }

  private func run(_ body: @escaping @Sendable (Tracer) -> Void) {
    final class Body {
      let run: () -> Void
      init(_ run: @escaping () -> Void) { self.run = run }
    }
    let whole = Unmanaged.passRetained(
      Body { [self] in
        var (known, listeners) = (-1, [Listener]())
        let recorder = journal.map(ProgramRecorder.init)
        let tracer = Tracer(options) { [self] event in
          recorder?.take(event)
          let now = version.load(ordering: .acquiring)
          if now != known {
            known = now
            listeners = state.withLock { $0.listeners.sorted { $0.key < $1.key }.map(\.value) }
          }
          for listener in listeners { listener(event) }
        }
        tracer.wantsToLeave = { [self] in wantsToEnd.load(ordering: .acquiring) }
        body(tracer)
        state.withLock { state in
          state.isOver = true
          // Those who listen may know this `Watch`.
          state.listeners = [:]
          if let thread = state.thread { cl_thread_detach(thread) }
          state.thread = nil
        }
      })
    var thread: cl_thread = 0
    let result = cl_thread_start(
      &thread, "watch",
      { context in
        cl_allow_interrupt()
        Unmanaged<Body>.fromOpaque(context!).takeRetainedValue().run()  // what passRetained gave
        return nil
      }, whole.toOpaque())
    if result < 0 {
      whole.release()
      for listener in state.withLock({ Array($0.listeners.values) }) {
        listener(.failed(.noProcess(errno: -result)))
      }
      state.withLock { $0.isOver = true }
    } else {
      state.withLock { state in
        if state.isOver { cl_thread_detach(thread) } else { state.thread = thread }
      }
    }
  }
}
