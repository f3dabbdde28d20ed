import CLinux
import CRecording
import Glibc
import Synchronization

/// Moves what was committed from the log into the file, by a thread and a connection of its own: it takes as long as the disk
/// does, and who writes must not wait for that.
final class Checkpointer: Sendable {
  /// Bytes of the log after which it is time, where the disk has room for them.
  private static let most: Int64 = 16 << 20

  private let path: String
  private let isRunning = Atomic(false)
  private let isDone = Atomic(false)

  init(_ path: String) { self.path = path }

  /// True if it is time to move a log of so many bytes: on a disk that is nearly full the log must not take what is left, for
  /// what it holds is much less, block by block written again and again.
  static func isDue(_ bytes: Int64, besides file: CInt) -> Bool {
    if bytes < most / 256 { return false }
    var disk = statvfs()
    guard fstatvfs(file, &disk) == 0 else { return bytes > most }
    return bytes > min(most, Int64(clamping: disk.f_bavail) * Int64(clamping: disk.f_frsize) / 4)
  }

  /// Begins, unless it is at work.
  func start() {
    guard !isRunning.exchange(true, ordering: .acquiringAndReleasing) else { return }
    let context = Unmanaged.passRetained(self)
    var thread: cl_thread = 0
    let result = cl_thread_start(
      &thread, "checkpoint",
      { context in
        Unmanaged<Checkpointer>.fromOpaque(context!).takeRetainedValue().run()  // what passRetained gave
        return nil
      }, context.toOpaque())
    if result < 0 {
      context.release()
      isRunning.store(false, ordering: .releasing)
    } else {
      cl_thread_detach(thread)
    }
  }

  /// True once after it has moved something: then the one who writes has little to move before the log can begin anew.
  func takeDone() -> Bool { isDone.exchange(false, ordering: .acquiringAndReleasing) }

  private func run() {
    if let database = try? Database(path, flags: SQLITE_OPEN_READWRITE) {
      sqlite3_wal_checkpoint_v2(database.handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
    }
    isDone.store(true, ordering: .releasing)
    isRunning.store(false, ordering: .releasing)
  }
}
