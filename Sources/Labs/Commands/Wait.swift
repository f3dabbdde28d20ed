import CLinux
import Sockets
import Traffic

extension CommandContext {
  /// Lets time pass.
  func pause(_ duration: Nanoseconds) -> Result<Void, CommandFailure> {
    let end = cl_monotonic() + duration
    while cl_monotonic() < end { _ = cl_sleep_until(end) }
    return .success(())
  }

  /// Waits until something holds of a connection.
  func wait(_ name: String, _ condition: WaitCondition, limit: Nanoseconds) -> Result<Void, CommandFailure> {
    leaveOrder()
    return connection(name, limit: limit).flatMap { connection in
      let bell = Bell()
      if condition == .sent { connection.whenIdle(bell.ring) }
      let holds = journal.wait(limit: limit, for: condition.kinds, on: connection.id, bell: bell) {
        self.holds(condition, connection)
      }
      if holds { return .success(()) }
      let time = DurationText.spoken(limit)
      return .failure(.timedOut("\(name): '\(condition.text)' did not come true within \(time)"))
    }
  }

  private func holds(_ condition: WaitCondition, _ connection: Connection) -> Bool {
    guard let totals = journal.socket(connection.id)?.totals else {
      return condition == .sent || condition == .end
    }
    return switch condition {
    case .sent: connection.isIdle
    case .end: totals.receiveEnd != nil
    case .receives(let count): totals.receives >= count
    case .bytes(let count): totals.receivedBytes >= count
    }
  }
}

extension WaitCondition {
  /// The records that can make it true; nobody else is worth a wake-up for each record.
  fileprivate var kinds: RecordKinds {
    switch self {
    case .sent: []
    case .receives, .bytes: RecordKinds { $0.kind == .recv }
    case .end: RecordKinds(where: \.canEndReceiving)
    }
  }

  fileprivate var text: String {
    switch self {
    case .sent: "sent"
    case .end: "end"
    case .receives(let count): "recv \(count)"
    case .bytes(let count): "bytes \(count)"
    }
  }
}
