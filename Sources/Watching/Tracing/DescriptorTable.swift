import Glibc

/// What the descriptors of a process are known to be. One that was never looked at is missing.
final class DescriptorTable {
  enum Entry {
    case file
    case socket(SeenSocket)
    case epoll(EpollInterest)
  }

  private(set) var entries: [Int32: Entry] = [:]
  /// Processes that have it.
  var users = 0

  init() {}

  /// As fork(2) copies it.
  init(copying other: DescriptorTable) {
    entries = other.entries
    for case .socket(let socket) in entries.values { socket.holders += 1 }
  }

  subscript(_ descriptor: Int32) -> Entry? { entries[descriptor] }

  /// Notes what a new descriptor is; what it was before is closed.
  func set(_ descriptor: Int32, _ entry: Entry) {
    if case .socket(let socket) = entry { socket.holders += 1 }
    forget(descriptor)
    entries[descriptor] = entry
  }

  /// - Returns: the socket that it was, if it was one.
  @discardableResult
  func forget(_ descriptor: Int32) -> SeenSocket? {
    guard case .socket(let socket) = entries.removeValue(forKey: descriptor) else { return nil }
    socket.holders -= 1
    return socket
  }
}

/// What one epoll descriptor watches: the program's own 64 bits for each, by which epoll_wait(2) tells of it.
final class EpollInterest {
  struct Watched {
    var descriptor: Int32
    var isEdge: Bool
  }

  private var byData: [UInt64: Watched] = [:]
  private var dataOf: [Int32: UInt64] = [:]
  /// False until the kernel was asked for what was added before anybody looked.
  var isKnown = false

  var watched: Dictionary<UInt64, Watched>.Values { byData.values }

  subscript(data: UInt64) -> Watched? { byData[data] }

  func set(_ descriptor: Int32, data: UInt64, isEdge: Bool) {
    remove(descriptor)
    byData[data] = Watched(descriptor: descriptor, isEdge: isEdge)
    dataOf[descriptor] = data
  }

  func remove(_ descriptor: Int32) {
    guard let data = dataOf.removeValue(forKey: descriptor), byData[data]?.descriptor == descriptor else {
      return
    }
    byData[data] = nil
  }
}
