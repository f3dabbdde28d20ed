import Foundation
import Testing

/// A relay that cuts what it receives and what it passes on, and frames both ways at both of its sockets.
struct FramedRelay {
  /// How the bytes are cut, as options of a relay: not at all, byte by byte, and at random.
  static let cuts = ["", "--recv 1 --slice 1", "--recv 30 --slice 1..20"]

  let child: Child
  let port: Int

  init(to target: Int, _ framing: String, cut: String, data: String = "none") throws {
    child = try Program.start([
      "run", "--json", "--data", data, "--show", "listen,close,message", "--stay",
      "-e", "relay 0 127.0.0.1:\(target) --as relay \(cut)", "-e", "frame relay \(framing)",
    ])
    let local = try child.event { $0.event == "listen" }.local
    port = try #require(local?.split(separator: ":").last.flatMap { Int($0) })
  }

  /// What went to the target and what came back, once the first connection is closed. Both its sockets have to say the same.
  /// - Parameter leftOut: bytes that went to the target and belong to no message.
  func messages(leftOut: Int = 0) throws -> (up: [MessageLine], down: [MessageLine]) {
    _ = try child.line { $0.contains("\"close\"") && $0.contains("\"relay.1.target\"") }
    child.signal(SIGINT)
    let all = try child.wait().messages
    func of(_ end: String, _ way: String) -> [MessageLine] {
      all.filter { $0.socket == "relay.1.\(end)" && $0.way == way }
    }
    let (up, down) = (of("client", "received"), of("target", "received"))
    for (came, went) in [(up, of("target", "sent")), (down, of("client", "sent"))] {
      #expect(came.map(Self.what) == went.map(Self.what))
    }
    #expect(all.allSatisfy { $0.broken == nil && $0.assumed == nil })
    for (messages, others) in [(up, leftOut), (down, 0)] {
      #expect(messages.last.map { $0.offset + $0.length } == messages.reduce(others) { $0 + $1.length })
    }
    return (up, down)
  }

  private static func what(_ message: MessageLine) -> String {
    "\(message.n) \(message.offset)+\(message.length) \(message.payload) \(message.kind ?? "") \(message.notes)"
  }
}
