import Traffic

/// The names of sockets in a lab: their own where the grammar has them for names, else made-up ones. A recording may hold any text.
struct LabNames {
  private let names: SocketNames
  private var known: [SocketID: String] = [:]

  init(_ names: SocketNames) { self.names = names }

  subscript(_ socket: SocketID, _ info: SocketInfo) -> String {
    mutating get {
      if let name = known[socket] { return name }
      let name = name(of: socket, info)
      known[socket] = name
      return name
    }
  }

  private mutating func name(of socket: SocketID, _ info: SocketInfo) -> String {
    if Self.isName(info.name) { return info.isWatched ? Self.word(info.name) : info.name }
    // An accepted connection is called after its listener, whatever that is called here.
    if let parent = info.parent, let listener = names[parent], info.name.hasPrefix(listener.name) {
      let name = self[parent, listener] + info.name.dropFirst(listener.name.count)
      if Self.isName(name) { return info.isWatched ? Self.word(name) : name }
    }
    return "socket-\(socket.value)"
  }

  /// A name that no accepted connection has.
  static func word(_ name: String) -> String { String(name.map { $0 == "." ? "-" : $0 }) }

  private static func isName(_ text: String) -> Bool {
    guard case .listen(_, let options)? = try? Command(parsing: "listen 0 --as \(text)") else { return false }
    return options.name == text
  }
}
