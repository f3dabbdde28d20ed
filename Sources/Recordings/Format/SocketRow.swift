import SystemPackage
import Traffic

/// A socket as a row of the table `socket`: what is known of it, and what its records add up to.
struct SocketRow: Equatable {
  static let columns: [(name: String, type: String)] = [
    ("id", "INTEGER PRIMARY KEY"), ("name", "TEXT NOT NULL"), ("kind", "TEXT NOT NULL"),
    ("role", "TEXT NOT NULL"),
    ("parent", "INTEGER"), ("partner", "INTEGER"), ("target", "TEXT"), ("local", "TEXT"), ("peer", "TEXT"),
    ("exposed", "INTEGER"), ("watched", "INTEGER"), ("held", "INTEGER"), ("lives_on", "INTEGER"),
    ("has_ended", "INTEGER"), ("received_framing", "TEXT"), ("received_framing_from", "INTEGER"),
    ("sent_framing", "TEXT"), ("sent_framing_from", "INTEGER"), ("recv_size", "INTEGER"), ("mode", "TEXT"),
    ("edge", "INTEGER"), ("flags", "INTEGER"), ("timeout", "INTEGER"), ("low_water", "INTEGER"),
    ("pace", "INTEGER"), ("paused", "INTEGER"), ("receives", "INTEGER"), ("received", "INTEGER"),
    ("sends", "INTEGER"), ("sent", "INTEGER"), ("urgent", "BLOB"), ("receive_end", "TEXT"),
    ("send_end", "TEXT"),
    ("segments", "INTEGER"), ("latest", "INTEGER"), ("records", "INTEGER"),
  ]

  static let insert =
    "INSERT OR REPLACE INTO socket VALUES(\(columns.indices.map { "?\($0 + 1)" }.joined(separator: ",")))"
  static let select = "SELECT \(columns.map(\.name).joined(separator: ",")) FROM socket"

  var id: SocketID
  var info: SocketInfo
  var totals: SocketTotals

  init(_ id: SocketID, _ info: SocketInfo, _ totals: SocketTotals) {
    (self.id, self.info, self.totals) = (id, info, totals)
  }

  // MARK: Writing

  func write(by statement: Statement) throws(DatabaseFailure) {
    var index: Int32 = 0
    func next() -> Int32 {
      index += 1
      return index
    }
    statement.bind(next(), Int(id.value))
    statement.bind(next(), info.name)
    statement.bind(next(), info.kind.rawValue)
    statement.bind(next(), Self.word(info.role))
    statement.bind(next(), info.parent.map { Int($0.value) })
    statement.bind(next(), info.partner.map { Int($0.value) })
    for text in [info.target, info.local, info.peer] { statement.bind(next(), text) }
    for flag in [info.isExposed, info.isWatched, info.isHeld, info.livesOn, info.hasEnded] {
      statement.bind(next(), flag)
    }
    for framing in [info.receivedFraming, info.sentFraming] {
      statement.bind(next(), framing?.text)
      statement.bind(next(), framing?.offset)
    }
    let policy = info.policy
    statement.bind(next(), policy.size)
    statement.bind(next(), policy.mode.rawValue)
    statement.bind(next(), policy.isEdge)
    statement.bind(next(), Int(policy.flags.rawValue))
    statement.bind(next(), policy.timeout)
    statement.bind(next(), policy.lowWater)
    statement.bind(next(), policy.pace)
    statement.bind(next(), policy.isPaused)
    statement.bind(next(), totals.receives)
    statement.bind(next(), totals.receivedBytes)
    statement.bind(next(), totals.sends)
    statement.bind(next(), totals.sentBytes)
    let urgent = totals.urgentPlaces.map(\.littleEndian)
    let place = next()
    let ends = (next(), next(), next(), next(), next())
    statement.bind(ends.0, totals.receiveEnd.map(Self.word))
    statement.bind(ends.1, totals.sendEnd.map(Self.word))
    statement.bind(ends.2, totals.segments)
    statement.bind(ends.3, totals.latest)
    statement.bind(ends.4, totals.records)
    var failure: DatabaseFailure?
    urgent.withUnsafeBytes { bytes in
      statement.bind(place, bytes)
      do throws(DatabaseFailure) { try statement.run() } catch { failure = error }
    }
    if let failure { throw failure }
  }

  // MARK: Reading

  /// The row that a `select` stands at; nil if it is none of a socket.
  init?(_ row: Statement) {
    var index: Int32 = -1
    func next() -> Int32 {
      index += 1
      return index
    }
    guard let id = row.int64(next()).flatMap(UInt32.init(exactly:)), id < RecordingLimits.sockets,
      let name = row.text(next()), let kind = row.text(next()).flatMap(SocketKind.init),
      let role = row.text(next()).flatMap(Self.role)
    else { return nil }
    self.id = SocketID(id)
    info = SocketInfo(name: name, kind: kind, role: role)
    info.parent = row.int64(next()).flatMap(UInt32.init(exactly:)).map(SocketID.init)
    info.partner = row.int64(next()).flatMap(UInt32.init(exactly:)).map(SocketID.init)
    info.target = row.text(next())
    info.local = row.text(next())
    info.peer = row.text(next())
    info.isExposed = row.int(next()) == 1
    info.isWatched = row.int(next()) == 1
    info.isHeld = row.int(next()) == 1
    info.livesOn = row.int(next()) == 1
    info.hasEnded = row.int(next()) == 1
    let framings = [(row.text(next()), row.int64(next())), (row.text(next()), row.int64(next()))].map {
      framing in framing.0.map { FramingChoice($0, from: max(0, framing.1 ?? 0)) }
    }
    if framings.contains(where: { $0 != nil }) {
      (info.receivedFraming, info.sentFraming) = (framings[0], framings[1])
    }
    var policy = ReceivePolicy()
    policy.size = max(1, row.int(next()) ?? 1)
    policy.mode = row.text(next()).flatMap(ReceivePolicy.Mode.init) ?? .blocking
    policy.isEdge = row.int(next()) == 1
    policy.flags = MessageFlags(rawValue: UInt32(truncatingIfNeeded: row.int(next()) ?? 0))
    policy.timeout = row.int64(next())
    policy.lowWater = row.int(next())
    policy.pace = row.int64(next())
    policy.isPaused = row.int(next()) == 1
    info.policy = policy
    totals = SocketTotals()
    func count() -> Int64 { min(max(0, row.int64(next()) ?? 0), 1 << 61) }
    totals.receives = Int(count())
    totals.receivedBytes = count()
    totals.sends = Int(count())
    totals.sentBytes = count()
    let urgent = row.bytes(next())
    totals.urgentPlaces = (0..<min(urgent.count / 8, 1024)).map {
      Int64(littleEndian: urgent.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self))
    }
    totals.receiveEnd = row.text(next()).flatMap(Self.end)
    totals.sendEnd = row.text(next()).flatMap(Self.end)
    totals.segments = Int(count())
    totals.latest = count()
    totals.records = Int(count())
  }

  // MARK: Words

  private static func word(_ role: SocketInfo.Role) -> String { "\(role)" }

  private static func role(_ word: String) -> SocketInfo.Role? {
    let roles: [SocketInfo.Role] = [.listener, .accepted, .client, .bound, .program]
    return roles.first { self.word($0) == word }
  }

  private static func word(_ end: SocketTotals.End) -> String {
    switch end {
    case .endOfStream: "eof"
    case .failed(let errno): "failed \(errno.rawValue)"
    case .shutDown: "shutdown"
    case .closed: "closed"
    case .unopened: "unopened"
    }
  }

  private static func end(_ word: String) -> SocketTotals.End? {
    switch word {
    case "eof": .endOfStream
    case "shutdown": .shutDown
    case "closed": .closed
    case "unopened": .unopened
    default:
      word.hasPrefix("failed ")
        ? Int32(word.dropFirst(7)).flatMap { $0 > 0 ? .failed(Errno(rawValue: $0)) : nil } : nil
    }
  }
}
