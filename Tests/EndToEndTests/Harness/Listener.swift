/// `recvscope listen 0 --json …`, running, with its port known.
struct Listener {
  let child: Child
  let port: Int

  init(_ options: [String], arguments: [String] = [Program.path]) throws {
    child = try Child(arguments + ["listen", "0", "--json"] + options)
    let listen = try child.event { $0.event == "listen" }
    guard let port = listen.local?.split(separator: ":").last.flatMap({ Int($0) }), port > 0 else {
      throw HarnessError("the listen record tells no port: \(listen)")
    }
    self.port = port
  }
}
