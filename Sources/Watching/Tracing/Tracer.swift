import CLinux
import CTracing
import Glibc
import Traffic

/// Follows the threads of one program from stop to stop. All of it belongs to one thread: fork(2), PTRACE_SEIZE, waitpid(2)
/// and every other request have to come from the same.
final class Tracer {
  private(set) var options: WatchOptions
  let tell: (ProgramEvent) -> Void
  var threads: [pid_t: TracedThread] = [:]
  var processes: [pid_t: TracedProcess] = [:]
  /// New threads that have stopped before their parent's stop has said whose they are.
  private var early: Set<pid_t> = []
  let finder = SocketFinder()
  private let entry: CallEntry
  private let exit: CallExit
  private let numbers: CallNumbers
  /// The one that was started or attached to.
  private(set) var program: pid_t = 0
  /// What tells why it has not become the program; nil once it has.
  private var becoming: CInt?
  private var isLeaving = false

  init(_ options: WatchOptions, tell: @escaping (ProgramEvent) -> Void) {
    self.options = options
    self.tell = tell
    numbers = CallNumbers()
    entry = CallEntry(finder: finder)
    var send: (SeenCall) -> Void = { _ in }
    exit = CallExit(finder) { send($0) }
    send = { [unowned self] call in
      tell(.call(call, exit.buffer.bytes))
      // MSG_ZEROCOPY
      if call.flags.rawValue & 0x400_0000 != 0, let thread = threads[call.thread] {
        unseen(.zeroCopy, thread)
      }
    }
    finder.lost = { error in
      // A descriptor that was closed meanwhile, by another thread, is no loss.
      if error != EBADF, error != ESRCH { tell(.lost(calls: 1, errno: error)) }
    }
  }

  /// Where a thread stops next if nothing else is wanted of it.
  private func next(_ thread: TracedThread?) -> NextStop {
    if !options.isFiltered { return .everyCall }
    // Whether an interrupted call is made again is seen only where every call stops.
    return thread?.interrupted.isEmpty != false ? .filteredCall : .everyCall
  }

  // MARK: Beginning

  /// Starts a program. What comes of it is told.
  func start(_ command: ProgramCommand) {
    var failure: CInt = -1
    let result = command.start(options, calls: numbers.all, &failure)
    if result < 0 { return tell(.failed(.noProcess(errno: -result))) }
    program = result
    becoming = failure
    add(result, to: TracedProcess(id: result, table: DescriptorTable(), isFollowed: true))
    follow(command)
  }

  /// Attaches to a process that runs.
  func attach(to id: pid_t) {
    // No filter can be put there.
    options.isDetachable = true
    let process = TracedProcess(id: id, table: DescriptorTable(), isFollowed: true)
    let attachment = Attachment(to: id)
    if let failure = attachment.seize({ add($0, to: process) }) {
      for thread in threads.keys { _ = trace_detach(thread, 0) }
      return tell(.failed(failure))
    }
    program = id
    if let thread = threads[id] {
      for descriptor in attachment.descriptors {
        guard let socket = finder.socket(descriptor, of: thread),
          let port = socket.local.flatMap(AddressText.port)
        else { continue }
        tell(.willUse(port: port))
      }
    }
    tell(.began(process: id))
    for thread in threads.keys { _ = trace_interrupt(thread) }
    follow(nil)
  }

  private func add(_ thread: pid_t, to process: TracedProcess) {
    processes[process.id] = process
    threads[thread] = TracedThread(id: thread, process: process)
  }

  // MARK: Following

  /// True once somebody has asked to leave.
  var wantsToLeave: () -> Bool = { false }

  private func follow(_ command: ProgramCommand?) {
    while true {
      var status: CInt = 0
      let thread = trace_wait(&status)
      if wantsToLeave() { leave() }
      if thread == -EINTR { continue }
      // ECHILD: nothing of it is left.
      if thread < 0 { break }
      take(Stop(thread: thread, status: status), command)
    }
    if becoming == nil { tell(.ended) }
  }

  /// Kills what was started under the filter, which cannot run without a tracer, and lets go what can.
  private func leave() {
    if isLeaving { return }
    isLeaving = true
    if options.endsWithTracer {
      for process in processes.keys { _ = trace_send_signal(process, SIGKILL) }
    } else {
      for thread in threads.keys { _ = trace_interrupt(thread) }
    }
  }

  private func take(_ stop: consuming Stop, _ command: ProgramCommand?) {
    let now = cl_monotonic()
    switch consume stop {
    case .filtered(let stop): held(stop)
    case .call(let stop): entryOrExit(stop, now)
    case .signal(let stop):
      if let thread = threads[stop.thread], thread.process.isFollowed, becoming == nil {
        tell(.signal(process: thread.process.id, thread: thread.id, number: stop.signal))
      }
      if isLetGo { return stop.letGo() }
      let next = next(threads[stop.thread])
      stop.deliver(andResumeTo: next)
    case .group(let stop):
      if isLetGo { return stop.letGo() }
      stop.stayStopped()
    case .event(let stop): event(stop)
    case .ended(let thread, let status): ended(thread, status, command, now)
    }
  }

  private var isLetGo: Bool { isLeaving && !options.endsWithTracer }

  // MARK: Calls

  private func held(_ stop: consuming EntryStop) {
    guard becoming == nil, let thread = threads[stop.thread], thread.process.isFollowed else {
      return stop.passOver(to: .filteredCall)
    }
    var info = trace_call()
    guard trace_call_info(thread.id, &info) == 0 else { return stop.passOver(to: next(thread)) }
    guard info.is_native, let name = numbers.name(info.number) else {
      note(stop.note, thread)
      return stop.passOver(to: next(thread))
    }
    if enter(name, info, thread) { stop.follow() } else { stop.passOver(to: next(thread)) }
  }

  /// - Returns: true if its exit is wanted.
  private func enter(_ name: CallName, _ info: trace_call, _ thread: TracedThread) -> Bool {
    if let last = thread.interrupted.last, last.isEnteredAgain(by: info) {
      thread.underWay = thread.interrupted.removeLast()
      return true
    }
    thread.underWay = entry.enter(name, info, thread)
    if let call = thread.underWay, let port = entry.port(of: call, thread) { tell(.willUse(port: port)) }
    return thread.underWay != nil
  }

  private func note(_ note: Int, _ thread: TracedThread) {
    switch note {
    case Int(TRACE_FOREIGN): unseen(.otherMachine, thread)
    case Int(TRACE_IO_URING): unseen(.ioUring, thread)
    case Int(TRACE_OTHER_TRACER): unseen(.otherTracer, thread)
    default: break
    }
  }

  private func unseen(_ what: UnseenReason, _ thread: TracedThread) {
    if thread.process.told.insert(what).inserted {
      tell(.unseen(what, process: thread.process.id, thread: thread.id))
    }
  }

  private func entryOrExit(_ stop: consuming CallStop, _ now: Nanoseconds) {
    if isLetGo { return stop.letGo() }
    var info = trace_call()
    guard becoming == nil, let thread = threads[stop.thread], thread.process.isFollowed,
      trace_call_info(thread.id, &info) == 0
    else { return stop.resume(to: next(threads[stop.thread])) }
    if info.is_exit {
      leaveCall(thread, now, info.result)
      return stop.resume(to: next(thread))
    }
    if info.number == trace_return_number() {
      thread.isReturning = true
    } else if info.number == trace_restart_number(), thread.interrupted.last?.isEnteredAgain(by: info) == true
    {
      thread.underWay = thread.interrupted.removeLast()
    } else if !options.isFiltered {
      enterUnfiltered(info, thread)
    }
    // Under the filter its own stop comes next.
    stop.resume(to: .everyCall)
  }

  private func enterUnfiltered(_ info: trace_call, _ thread: TracedThread) {
    if !info.is_native { return unseen(.otherMachine, thread) }
    if let name = numbers.name(info.number) {
      _ = enter(name, info, thread)
    } else if info.number == numbers.ioUring {
      unseen(.ioUring, thread)
    }
  }

  private func leaveCall(_ thread: TracedThread, _ now: Nanoseconds, _ result: Int64) {
    if thread.isReturning {
      thread.isReturning = false
      // What rt_sigreturn(2) "returns" is the register of the call that the signal interrupted.
      if result == -Int64(EINTR), let call = thread.interrupted.popLast() {
        exit.leave(call, thread, at: call.interrupted, result: result)
      }
      return
    }
    guard var call = thread.underWay else { return }
    if !thread.process.closings.isEmpty { thread.process.closings = [:] }
    thread.underWay = nil
    if Restart.contains(result) {
      call.interrupted = now
      thread.interrupted.append(call)
    } else {
      exit.leave(call, thread, at: now, result: result)
    }
  }

  // MARK: Threads and processes

  private func event(_ stop: consuming EventStop) {
    let thread = threads[stop.thread]
    switch stop.event {
    case StopEvent.fork, StopEvent.vfork, StopEvent.clone:
      if let thread, becoming == nil {
        born(stop.message, of: thread, isClone: stop.event == StopEvent.clone)
      }
    case StopEvent.exec:
      if let process = processes[stop.thread] { becomes(process) }
    case StopEvent.exit:
      if let process = processes[stop.thread] { isEnding(process) }
    case StopEvent.stop where thread == nil:
      // Its parent's stop says whose it is.
      early.insert(stop.thread)
      return
    default: break
    }
    if isLetGo { return stop.letGo() }
    let next = next(threads[stop.thread])
    stop.resume(to: next)
  }

  /// Its sockets can be asked as long as its first thread is there. Where it ends as a whole, nothing happens to them
  /// any more until the kernel closes them.
  private func isEnding(_ process: TracedProcess) {
    if process.table.users == 1, process.isFollowed { process.closings = process.closings { _ in true } }
  }

  private func born(_ child: pid_t, of parent: TracedThread, isClone: Bool) {
    if child <= 0 || threads[child] != nil { return }
    let process: TracedProcess
    if isClone, Attachment.isThread(child, of: parent.process.id) {
      process = parent.process
    } else {
      let shares = isClone && trace_shares_descriptors(parent.id, child)
      process = TracedProcess(
        id: child,
        table: shares ? parent.process.table : DescriptorTable(copying: parent.process.table),
        isFollowed: parent.process.isFollowed && options.follows)
    }
    add(child, to: process)
    // It waits in its first stop, which was seen before this one.
    if early.remove(child) != nil { EventStop(thread: child, event: StopEvent.stop).resume(to: next(nil)) }
  }

  /// execve(2): whichever thread called it is the only one now, under the number of the process.
  private func becomes(_ process: TracedProcess) {
    for (id, thread) in threads where thread.process === process { threads[id] = nil }
    process.threads = 0
    process.told = []
    add(process.id, to: process)
    if let failure = becoming {
      Glibc.close(failure)
      becoming = nil
      return tell(.began(process: process.id))
    }
    let now = cl_monotonic()
    for (descriptor, entry) in process.table.entries.sorted(by: { $0.key < $1.key }) {
      var inode: UInt64 = 0
      switch (entry, trace_descriptor_kind(process.id, descriptor, &inode)) {
      case (.socket(let socket), let kind) where kind == TRACE_SOCKET && inode == socket.inode: break
      default: close(descriptor, of: process, by: .execve, at: now)
      }
    }
  }

  private func close(_ descriptor: Int32, of process: TracedProcess, by name: CallName, at time: Nanoseconds)
  {
    guard let socket = process.table.forget(descriptor), process.isFollowed else { return }
    exit.closeSilently(name, socket, descriptor, process, process.closings[descriptor], at: time)
  }

  private func ended(_ id: pid_t, _ status: ProgramEnd, _ command: ProgramCommand?, _ now: Nanoseconds) {
    early.remove(id)
    if let thread = threads.removeValue(forKey: id) { thread.process.threads -= 1 }
    // The first thread of a process is reported last.
    guard let process = processes.removeValue(forKey: id) else { return }
    if let failure = becoming {
      return tell(.failed(ProgramCommand.failure(failure, status, command)))
    }
    process.table.users -= 1
    if process.table.users == 0 {
      for descriptor in process.table.entries.keys.sorted() {
        close(descriptor, of: process, by: .exit, at: now)
      }
    }
    if process.isFollowed { tell(.exited(process: id, status)) }
  }
}
