import Traffic

/// What the rows of one cursor ask for again and again.
final class QueryNames {
  let journal: Journal
  private var names: [SocketID: String] = [:]
  private var last: (id: SocketID, name: String)?
  private(set) lazy var wall: Nanoseconds = journal.records(in: 0..<1).first?.record.wall ?? 0

  init(_ journal: Journal) { self.journal = journal }

  func name(_ id: SocketID) -> String {
    if let last, last.id == id { return last.name }
    let name = names[id] ?? journal.socket(id)?.info.name ?? id.placeholder
    if names.count < 1 << 16 { names[id] = name }
    last = (id, name)
    return name
  }
}
