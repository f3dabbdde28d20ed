import Glibc
import SystemPackage
import Traffic

/// The file that a bound Unix socket leaves in the file system: taken over if nobody listens there, removed at the end.
public final class SocketFile: Sendable {
  private let path: String
  private let device: dev_t
  private let inode: ino_t

  private init(path: String, status: stat) {
    self.path = path
    device = status.st_dev
    inode = status.st_ino
  }

  /// True if two paths lead to one file, through links and other spellings too.
  static func isSame(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    guard stat(one, &first) == 0, stat(other, &second) == 0 else { return one == other }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  /// Makes way for a new socket: removes a socket file that nobody listens at, and nothing else.
  /// - Returns: a reason in words where the path is not to be had.
  static func makeWay(at path: String) -> Result<Void, OpenFailure> {
    var status = stat()
    guard lstat(path, &status) == 0 else { return .success(()) }  // bind(2) says what else is wrong
    func failure(_ reason: String) -> Result<Void, OpenFailure> {
      .failure(OpenFailure(call: "bind", object: path, reason: reason))
    }
    guard status.st_mode & S_IFMT == S_IFSOCK else {
      return failure("EADDRINUSE (there is a file that is no socket; it is left alone)")
    }
    guard let address = SocketAddress(unixPath: path, isAbstract: false) else { return .success(()) }
    // Asked with a datagram socket: a listener refuses that with EPROTOTYPE, so it never has a client to accept, and
    // nobody waits for room in its backlog. Only where no socket is bound is it ECONNREFUSED. See unix(7).
    let probe = Socket.make(family: AF_UNIX, kind: .unixDatagram).flatMap { $0.connect(address) }
    guard case .failure(.connectionRefused) = probe else {
      return failure("EADDRINUSE (a socket is in use there)")
    }
    return unlink(path) == 0
      ? .success(()) : failure("\(Errno.current.name) (a stale socket file cannot be removed)")
  }

  /// The file of a socket that was just bound, readable and writable by its owner alone.
  static func claim(_ path: String) -> SocketFile? {
    _ = chmod(path, S_IRUSR | S_IWUSR)
    var status = stat()
    return lstat(path, &status) == 0 ? SocketFile(path: path, status: status) : nil
  }

  /// Removes the file, if it is still the same one.
  public func remove() {
    var status = stat()
    if lstat(path, &status) == 0, status.st_dev == device, status.st_ino == inode { _ = unlink(path) }
  }
}
