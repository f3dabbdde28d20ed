/// Which socket of one run is laid beside which of another: the ones of the same name, and of the others those of the same
/// kind and role in the order in which they were made.
public struct SocketMatching: Sendable {
  fileprivate struct Likeness: Hashable {
    var kind: SocketKind
    var role: SocketInfo.Role
    var isWatched: Bool
  }

  public struct Pair: Sendable, Equatable {
    public var a: SocketID
    public var b: SocketID
    /// Their names are the same.
    public var isByName: Bool
  }

  /// In the order of A's sockets.
  public private(set) var pairs: [Pair] = []
  public private(set) var onlyA: [SocketID] = []
  public private(set) var onlyB: [SocketID] = []

  public init(_ a: Journal, _ b: Journal) {
    var names: [String: SocketID] = [:]
    var free: [Likeness: [SocketID]] = [:]
    for socket in b.sockets {
      if let info = b.socket(socket)?.info, info.role != .program { names[info.name] = socket }
    }
    var taken: Set<SocketID> = []
    var rest: [(place: Int, socket: SocketID, likeness: Likeness)] = []
    var found: [(place: Int, pair: Pair)] = []
    for (place, socket) in a.sockets.enumerated() {
      guard let info = a.socket(socket)?.info, info.role != .program else { continue }
      if let other = names[info.name] {
        taken.insert(other)
        found.append((place, Pair(a: socket, b: other, isByName: true)))
      } else {
        rest.append((place, socket, Likeness(info)))
      }
    }
    for socket in b.sockets.reversed() where !taken.contains(socket) {
      if let info = b.socket(socket)?.info, info.role != .program {
        free[Likeness(info), default: []].append(socket)
      }
    }
    for (place, socket, likeness) in rest {
      if let other = free[likeness]?.popLast() {
        taken.insert(other)
        found.append((place, Pair(a: socket, b: other, isByName: false)))
      } else {
        onlyA.append(socket)
      }
    }
    pairs = found.sorted { $0.place < $1.place }.map(\.pair)
    onlyB = b.sockets.filter { socket in
      !taken.contains(socket) && b.socket(socket).map { $0.info.role != .program } ?? false
    }
  }
}

extension SocketMatching.Likeness {
  fileprivate init(_ info: SocketInfo) {
    self.init(kind: info.kind, role: info.role, isWatched: info.isWatched)
  }
}
