@testable import Traffic

/// Records by hand, on the first socket.
enum SampleRecord {
  static func make(
    _ kind: Record.Kind, _ result: Int32 = 0, of asked: UInt32 = 10,
    _ change: (inout Record) -> Void = { _ in }
  ) -> Record {
    var record = Record(kind, socket: SocketID(0), start: 1_000_000, end: 1_002_000)
    record.asked = asked
    record.result = result
    change(&record)
    return record
  }
}

extension Explanation.Circumstances {
  init(
    _ kind: SocketKind, _ role: SocketInfo.Role = .client, mode: ReceivePolicy.Mode = .blocking,
    payload: [UInt8]? = nil, history: SocketHistory = SocketHistory(), others: [SocketID: SocketInfo] = [:]
  ) {
    self.init()
    var policy = ReceivePolicy()
    policy.mode = mode
    info = SocketInfo(name: "it", kind: kind, role: role, policy: policy)
    self.payload = payload
    self.history = history
    self.others = others
  }
}
