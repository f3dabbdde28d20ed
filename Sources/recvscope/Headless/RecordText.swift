import SystemPackage
import Traffic

/// Writes records as aligned text for people, one line each, with hex lines and sentences below where they are asked for.
struct RecordText: RecordFormat {
  private static let indent = String(repeating: " ", count: 14)
  /// Cells that the lines of sentences take, the indent included.
  private static let width = 100

  var showsHex = false
  var explains = false

  func line(_ record: Record, sequence: Int, payload: ArraySlice<UInt8>?, names: SocketNames) -> [UInt8] {
    let text = [
      Self.padded(Units.time(record.end), 12, isRight: true),
      Self.padded(names.name(record.socket), 10),
      Self.padded(record.kind.word, 8),
      description(record, payload, names),
    ].joined(separator: "  ")
    var bytes = Array(SafeText.string(text).utf8) + [UInt8(ascii: "\n")]
    if showsHex, record.kind == .recv || record.kind == .send {
      bytes += hex(record, payload)
    }
    if explains { bytes += sentences(record, names) }
    return bytes
  }

  func evicted(records: Int, bytes: Int64, sequence: Int, time: Nanoseconds) -> [UInt8] {
    let what = "\(Units.count(records)) records and \(Units.size(bytes)) of payload, to stay within --memory"
    let text =
      "\(Self.padded(Units.time(time), 12, isRight: true))  \(Self.padded("", 10))  evicted   \(what)\n"
    return Array(text.utf8)
  }

  private func description(_ record: Record, _ payload: ArraySlice<UInt8>?, _ names: SocketNames) -> String {
    switch record.kind {
    case .start: return "recvscope \(recvscopeVersion), \(String { $0.append(wall: record.wall ?? 0) })"
    case .listen:
      let isListener = names[record.socket]?.role == .listener
      let exposed =
        names[record.socket]?.isExposed == true ? ", EXPOSED: others than this machine can reach it" : ""
      return Self.text(payload) + (isListener ? ", backlog \(record.asked)" : ", datagrams") + exposed
    case .accept:
      guard let connection = record.connection, let info = names[connection] else {
        return record.outcome ?? ""
      }
      return
        "\(info.name)  \(info.local ?? "—") ← \(info.peer ?? "—")  waited \(Units.duration(record.waited))"
    case .connect:
      let ends = payload.flatMap(ConnectedEnds.init)
      let peer = ends?.peer ?? ""
      let way = ends?.local.map { "\($0) → \(peer)" } ?? "→ \(peer)"
      return "\(way)  \(record.outcome ?? "")  waited \(Units.duration(record.waited))"
    case .recv, .send: return call(record, names)
    case .wait:
      let sets = payload.flatMap(WaitSets.init) ?? WaitSets()
      let parts = [
        ("readable", sets.readable), ("writable", sets.writable), ("exceptional", sets.exceptional),
      ]
      .filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1.map(names.name).joined(separator: " "))" }
      let found = parts.isEmpty ? record.outcome ?? "" : parts.joined(separator: ", ")
      return "\(record.waitCall?.name ?? "")  \(found)  waited \(Units.duration(record.waited))"
    case .shutdown, .close: return record.outcome ?? ""
    case .option:
      let error = record.errno.map { "  \($0.phrase)" } ?? ""
      guard let change = payload.flatMap(OptionChange.init) else { return error }
      let asked = change.asked == change.granted ? "" : " (asked \(change.asked))"
      return "\(change.name) \(change.granted)\(asked)\(error)"
    case .mark: return Self.text(payload)
    case .expect:
      let verdict = payload.flatMap(Verdict.init)
      let (wanted, got) = (verdict?.wanted ?? "", verdict?.got ?? "")
      let place = "line \(record.line ?? 0)"
      return record.result == 1 ? "\(place): \(got)" : "\(place) FAILED: wanted \(wanted), got \(got)"
    case .burst: return record.burstLine(payload ?? [])
    }
  }

  /// The columns of a recv or send: how much of how much, what was left, segments, time in the call, why.
  private func call(_ record: Record, _ names: SocketNames) -> String {
    let got = record.returned.map(String.init) ?? "—"
    var columns = [
      Self.padded("#\(record.number)", 6), Self.padded(got, 6, isRight: true), "of",
      Self.padded("\(record.asked)", 6),
    ]
    if record.kind == .recv {
      columns.append(Self.padded(record.queued.map { "\($0) left" } ?? "— left", 10, isRight: true))
      columns.append(Self.padded(record.segments.map { "\($0) segs" } ?? "— segs", 8, isRight: true))
    }
    columns.append(Self.padded(Units.duration(record.waited), 9, isRight: true))
    columns.append(" " + (record.outcome ?? ""))
    if let address = record.address {
      columns.append("\(record.kind == .send ? "to" : "from") \(names.text(address))")
    }
    if !record.flags.subtracting(.noSignal).isEmpty {
      columns.append("[\(record.flags.subtracting(.noSignal).names.joined(separator: ","))]")
    }
    return columns.joined(separator: " ")
  }

  /// What the record means, whose bytes a chunk holds, and the man page to read.
  private func sentences(_ record: Record, _ names: SocketNames) -> [UInt8] {
    let explanation = names.explanation(of: record)
    // A send is not followed to its recv calls: they come below, each with the sends that it holds.
    let origin = record.kind == .recv ? names.origin(of: record) : nil
    let paragraphs = [
      (explanation.sentences + (origin.map { [$0] } ?? [])).joined(separator: " "),
      explanation.page.map { "man \($0)" } ?? "",
    ]
    let lines = paragraphs.flatMap {
      Paragraph.lines(SafeText.string($0), width: Self.width - Self.indent.count)
    }
    return lines.flatMap { Array("\(Self.indent)\($0)\n".utf8) }
  }

  private func hex(_ record: Record, _ payload: ArraySlice<UInt8>?) -> [UInt8] {
    guard let payload else {
      return Array("\(Self.indent)(these bytes were dropped, to stay within --memory)\n".utf8)
    }
    let offset = record.conditions.contains(.datagram) ? 0 : record.offset
    let lines = String { text in
      payload.withUnsafeBytes { text.append(hexLines: $0, offset: offset, indent: Self.indent.count) }
    }
    return Array(lines.utf8)
  }

  private static func text(_ payload: ArraySlice<UInt8>?) -> String {
    String(decoding: payload ?? [], as: UTF8.self)
  }

  private static func padded(_ text: String, _ width: Int, isRight: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - SafeText.width(text)))
    return isRight ? space + text : text + space
  }
}
