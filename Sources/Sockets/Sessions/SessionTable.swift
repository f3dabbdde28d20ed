import Traffic

/// The sessions of a run by name. What has ended takes an entry if a command had opened it, and nothing if it was accepted;
/// no look-up and no count costs more for it.
struct SessionTable {
  private enum Open {
    case connecting
    case session(any OpenSession)
  }

  /// What is left of a session that a command opened. Small: most are clients.
  private indirect enum Ended {
    case failed(OpenFailure)
    case closed(ClosedSession)
  }

  private var open: [String: Open] = [:]
  private var ended: [String: Ended] = [:]
  /// By listener: the number of its newest connection.
  private var newest: [String: Int] = [:]
  /// By usual name: the number of the newest session that was given it.
  private var numbers: [String: Int] = [:]
  private var firstFailed: (name: String, failure: OpenFailure)?
  /// Sessions that are still being opened.
  private(set) var connecting = 0
  private(set) var firstAccepted: SocketID?
  /// What is adopted from now on is closed.
  var isEnded = false

  /// What stands behind a name. The id of what is closed is left out if a look at the journal finds it.
  subscript(name: String) -> SessionManager.Session? {
    switch open[name] {
    case .connecting: return .connecting
    case .session(let session): return .open(session)
    case nil: break
    }
    switch ended[name] {
    case .failed(let failure): return .failed(failure)
    case .closed(let closed): return .closed(closed)
    case nil: break
    }
    guard let name = AcceptedName(name), name.number <= newest[name.listener] ?? 0 else { return nil }
    return .closed(ClosedSession(id: nil, address: nil))
  }

  /// True if sessions were opened and every one of them was closed or failed.
  var isAllClosed: Bool { open.isEmpty && !ended.isEmpty }

  /// The first by name that could not be opened.
  var firstFailure: OpenFailure? { firstFailed?.failure }

  var sessions: [any OpenSession] {
    open.values.compactMap { if case .session(let session) = $0 { session } else { nil } }
  }

  var connections: [Connection] { sessions.compactMap { $0 as? Connection } }

  // MARK: Names

  /// Takes a name that no session has or had.
  /// - Returns: false if it is taken.
  mutating func reserve(_ name: String) -> Bool {
    guard open[name] == nil, ended[name] == nil else { return false }
    open[name] = .connecting
    connecting += 1
    return true
  }

  /// Takes the usual name, or the first with a number that is free.
  mutating func reserve(usual: String) -> String {
    while true {
      let number = numbers[usual, default: 0] + 1
      numbers[usual] = number
      let name = Self.name(usual, number)
      if reserve(name) { return name }
    }
  }

  /// Gives a reserved name back.
  mutating func release(_ name: String) {
    open[name] = nil
    connecting -= 1
    for (usual, number) in numbers where Self.name(usual, number) == name { numbers[usual] = number - 1 }
  }

  private static func name(_ usual: String, _ number: Int) -> String {
    number == 1 ? usual : "\(usual)\(number)"
  }

  // MARK: Opening and ending

  mutating func adopt(_ session: any OpenSession) {
    put(.session(session), session.name)
    guard let name = AcceptedName(session.name) else { return }
    newest[name.listener] = max(name.number, newest[name.listener] ?? 0)
    firstAccepted = firstAccepted ?? session.id
  }

  mutating func fail(_ name: String, _ failure: OpenFailure) {
    put(nil, name)
    ended[name] = .failed(failure)
    if firstFailed.map({ name < $0.name }) ?? true { firstFailed = (name, failure) }
  }

  /// It was closed.
  mutating func forget(_ name: String) {
    guard let session = put(nil, name), AcceptedName(name) == nil else { return }
    switch session {
    case .connecting: break
    case .session(let session):
      ended[name] = .closed(
        ClosedSession(id: session.id, address: session.accepts ? session.ownAddress : nil))
    }
  }

  /// - Returns: what was there.
  @discardableResult
  private mutating func put(_ session: Open?, _ name: String) -> Open? {
    let before = open[name]
    if case .connecting = before { connecting -= 1 }
    open[name] = session
    return before
  }
}
