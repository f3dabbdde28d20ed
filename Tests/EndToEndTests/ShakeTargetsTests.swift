import Testing
import Traffic

/// The targets that `shake` is tried with break where they are said to, without anything of the program.
@Suite("Shake targets")
struct ShakeTargetsTests {
  @Test("each breaks at the offsets that are told of it and at no other", arguments: ShakeTarget.broken)
  func broken(target: ShakeTarget) throws {
    try check(target)
  }

  @Test("each that is right is right however it is cut, or ends as is told", arguments: ShakeTarget.odd)
  func odd(target: ShakeTarget) throws {
    try check(target)
  }

  /// Sends the message whole, and cut at the bad offsets and beside them.
  private func check(_ target: ShakeTarget) throws {
    let folder = try Scratch()
    let port = try Peer.freePort()
    let server = try Child(try target.command(port: port, in: folder))
    let message = try ShakeTarget.bytes(of: target.message)
    let answer = try ShakeTarget.bytes(of: target.answer)
    // What nobody can prove, or what comes once in fifty, is answered rightly here.
    let isSeen = target.verdict != .unproven && target.verdict != .unstable
    let bad = isSeen ? target.bad : []
    // A program that dies does so at last.
    let good = Set(([0, 2, message.count] + bad).flatMap { [$0 - 1, $0 + 1] })
      .subtracting(bad).filter { (1..<message.count).contains($0) }.sorted()
    let offsets = target.name == "once" ? [] : good + bad
    // What was left unsaid is not waited for; an end is.
    let quiet = [.different, .silent].contains(target.verdict) ? "0.15" : "10"
    let cutting = try Child(
      [
        "python3", "\(ShakeTarget.folder)/cut.py", "\(port)", hex(message), hex(answer), list(offsets),
        list(bad), quiet,
      ]
    ).wait()
    if target.name == "uring", cutting.exitCode != 0, try server.wait(within: 1).exitCode == 77 { return }
    #expect(cutting.exitCode == 0, "\(cutting.errorText)")
    let wrong = cutting.lines.map { $0.split(separator: " ").map(String.init) }
    #expect(wrong.compactMap(\.first) == bad.map(String.init))
    for row in wrong {
      try #require(row.count == 3)
      let (end, came) = (row[1], row[2])
      switch target.verdict {
      case .different: #expect(came != "-")
      case .silent: #expect(came == "-" && end == "open")
      case .closed, .crash: #expect(came == "-" && end == "closed")
      case .reset: #expect(came == "-" && end == "reset")
      case .same, .unproven, .unstable, .refused: Issue.record("\(row)")
      }
    }
    if target.name == "aborts" { #expect(try server.wait().signal == 6) }
    if target.name == "once" { #expect(try server.wait().exitCode == 0) }
  }

  private func list(_ offsets: [Int]) -> String {
    offsets.isEmpty ? "-" : offsets.map(String.init).joined(separator: ",")
  }

  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
