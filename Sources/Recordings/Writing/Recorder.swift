import CLinux
import CRecording
import Glibc
import Synchronization
import SystemPackage
import Traffic

/// Writes a journal to a file while it grows, by a thread and a cursor of its own: who appends never waits for it.
public final class Recorder: Sendable {
  /// How it stands.
  public struct State: Sendable, Equatable {
    /// Sequence number behind the last record that is on disk.
    public var next: Int
    /// Records that are missing, for whatever cause.
    public var lost = 0
    /// Records whose bytes are missing though they came while it was written, and these bytes.
    public var unkept = 0
    public var unkeptBytes: Int64 = 0
    /// Why nothing is written at present.
    public var failure: String?
    /// Why something was not written at some time.
    public var reason: String?
    /// Nothing more is written.
    public var isOver = false

    /// Nothing of what came since it began is missing.
    public var isWhole: Bool { lost == 0 && unkept == 0 && failure == nil }

    /// What is missing, in words.
    var missing: String {
      var parts: [String] = []
      if lost > 0 { parts.append("\(Units.count(lost)) records are not in it") }
      if unkept > 0 {
        parts.append("of \(Units.count(unkept)) records the bytes are not in it (\(Units.size(unkeptBytes)))")
      }
      let cause = reason ?? "memory let go of them before the disk took them; the table `missing` says which"
      return parts.joined(separator: ", ") + ": " + cause
    }
  }

  /// What was read is committed after so long at most.
  private static let interval: Nanoseconds = 20_000_000
  /// How often a disk that took nothing is tried again, and the file is looked for.
  private static let look: Nanoseconds = 1_000_000_000

  public let path: String
  /// What is on disk, to be read back.
  public let recording: Recording
  private let journal: Journal
  private let now: @Sendable () -> Nanoseconds
  /// Is told, from the recorder's thread, what a user should know.
  private let say: @Sendable (String) -> Void
  private let bell: CInt
  /// Sequence number behind the last record that is wanted.
  private let last = Atomic(Int.max)
  private let state: Mutex<State>
  private let done = Mutex(false)

  /// Makes the file, which must not be there, and begins with the oldest record that is held.
  /// - Parameters:
  ///   - wall: the wall clock at the run's time 0, in nanoseconds since 1970.
  ///   - now: the time on the run's clock.
  ///   - say: is told what goes wrong later, once each time.
  public static func start(
    _ path: String, _ journal: Journal, _ origin: RecordingOrigin, wall: Nanoseconds,
    now: @escaping @Sendable () -> Nanoseconds,
    say: @escaping @Sendable (String) -> Void
  ) -> Result<Recorder, RecordingFailure> {
    make(path, journal, origin, wall: wall, at: now()).flatMap { course in
      do {
        let recorder = try Recorder(course.path, journal, course.first, now, say)
        return recorder.startThread(course).map { recorder }
      } catch {
        unlink(path)
        return .failure(error as? RecordingFailure ?? RecordingFailure(path, .ioError))
      }
    }
  }

  private init(
    _ path: String, _ journal: Journal, _ first: Int, _ now: @escaping @Sendable () -> Nanoseconds,
    _ say: @escaping @Sendable (String) -> Void
  ) throws {
    self.path = path
    (self.journal, self.now, self.say) = (journal, now, say)
    recording = try Recording(path, mode: .live)
    bell = cl_eventfd()
    state = Mutex(State(next: first))
  }

  deinit { if bell >= 0 { close(bell) } }

  public var current: State { state.withLock { $0 } }

  /// From now on records are not wanted.
  /// - Parameter end: sequence number behind the last one that is.
  public func end(before end: Int) {
    _ = last.compareExchange(expected: .max, desired: end, ordering: .acquiringAndReleasing)
    _ = cl_eventfd_ring(bell)
  }

  /// Ends the recording with what there is now; returns when the file is whole.
  /// - Returns: what is missing in it.
  public func stop() -> Result<Void, RecordingFailure> {
    end(before: journal.extent.records.upperBound)
    while !current.isOver { _ = cl_sleep_until(cl_monotonic() + 1_000_000) }
    let state = current
    return state.isWhole ? .success(()) : .failure(RecordingFailure(path, state.missing))
  }

  /// Writes what a journal holds to a file, which must not be there; returns when it is whole.
  public static func save(
    _ path: String, _ journal: Journal, _ origin: RecordingOrigin, wall: Nanoseconds, at time: Nanoseconds
  ) -> Result<Void, RecordingFailure> {
    make(path, journal, origin, wall: wall, at: time).flatMap { course in
      let end = journal.extent.records.upperBound
      course.takeAll(before: end)
      course.finish(at: time)
      course.close()
      if let failure = course.failure {
        unlink(path)
        return .failure(RecordingFailure(path, failure))
      }
      return .success(())
    }
  }

  /// Makes the file, and what is written to it.
  private static func make(
    _ path: String, _ journal: Journal, _ origin: RecordingOrigin, wall: Nanoseconds, at time: Nanoseconds
  ) -> Result<RecordingCourse, RecordingFailure> {
    let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if file < 0 {
      return .failure(
        errno == EEXIST
          ? RecordingFailure(path, "there is a file already, and a recording is never written over one")
          : RecordingFailure(path, Errno(rawValue: errno)))
    }
    // Who opens the file later can tell whether it is still being written.
    _ = flock(file, LOCK_EX | LOCK_NB)
    do {
      return .success(
        try RecordingCourse(try FileIdentity.absolute(path), file, journal, origin, wall: wall, at: time))
    } catch {
      unlink(path)
      let text = (error as? DatabaseFailure)?.text
      return .failure(
        text.map { RecordingFailure(path, $0) } ?? error as? RecordingFailure
          ?? RecordingFailure(path, .ioError))
    }
  }

  // MARK: The thread

  /// What is handed to the thread.
  private final class Work {
    let recorder: Recorder
    let course: RecordingCourse
    init(_ recorder: Recorder, _ course: RecordingCourse) {
      (self.recorder, self.course) = (recorder, course)
    }
  }

  private func startThread(_ course: RecordingCourse) -> Result<Void, RecordingFailure> {
    let context = Unmanaged.passRetained(Work(self, course))
    var thread: cl_thread = 0
    let result = cl_thread_start(
      &thread, "recorder",
      { context in
        let work = Unmanaged<Work>.fromOpaque(context!).takeRetainedValue()  // what passRetained gave
        work.recorder.run(work.course)
        return nil
      }, context.toOpaque())
    if result < 0 {
      context.release()
      unlink(path)
      return .failure(RecordingFailure(path, Errno(rawValue: -result)))
    }
    cl_thread_detach(thread)
    journal.attach(recording)
    return .success(())
  }

  private func run(_ course: RecordingCourse) {
    let reader = journal.makeReader()
    var nextLook = cl_monotonic() + Self.look
    while true {
      let end = last.load(ordering: .acquiring)
      let time = cl_monotonic()
      let isRead = end == .max && course.take(until: time + Self.interval)
      if end < .max { course.takeAll(before: end) }
      publish(course)
      if end < .max { break }
      if time >= nextLook {
        course.look()
        nextLook = time + Self.look
      }
      let bell = bell
      if isRead {
        // Being woken for each record would cost who appends more than the record itself.
        wait(until: time + Self.interval)
      } else if journal.wake(reader, when: course.cursor, { _ = cl_eventfd_ring(bell) }) {
        wait(until: nextLook)
      }
    }
    journal.forget(reader)
    course.finish(at: now())
    recording.reopen { course.close() }
    publish(course)
    state.withLock { $0.isOver = true }
  }

  private func wait(until deadline: Nanoseconds) {
    if cl_eventfd_wait(bell, deadline) > 0 { cl_eventfd_clear(bell) }
  }

  /// Lets readers know what is on disk.
  private func publish(_ course: RecordingCourse) {
    recording.note(course.takeWritten(), next: course.written)
    let news = state.withLock { state in
      let before = state.failure
      (state.next, state.lost, state.failure) = (course.written, course.lost, course.failure)
      (state.unkept, state.unkeptBytes) = course.unkept
      state.reason = course.failure ?? state.reason
      return before == state.failure
        ? nil : state.failure ?? "it can be written to again; what is missing is told in it"
    }
    if let news { say("recording \(path): \(news)") }
  }
}
