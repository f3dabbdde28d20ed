import Foundation
import Reports
import Testing
@testable import Traffic

/// Filters ask for the fields that the JSON Lines have.
@Suite("Filters know what JSON Lines say")
struct FilterFieldsTests {
  /// What says something of the run, or of records that are gone: there is nothing to filter.
  private static let others: Set<String> = ["version", "records"]

  private static var lines: [[String: Any]] {
    let text = SampleRun.whole.text(JSONLines(version: "9.9", encoding: .hex))
    return text.split(separator: "\n").compactMap {
      try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
  }

  /// Foundation takes 1 for true.
  private static let truths: Set<String> = ["ok", "changed", "exposed", "proven", "retransmitted"]

  /// The one value of a field, as a filter has it; nil where it is not known or says nothing.
  private static func value(_ name: String, of line: [String: Any]) -> String? {
    switch line[name] {
    case nil, is NSNull: return nil
    case let values as [Any]: return values.map { "\($0)" }.joined(separator: ",")
    case let text as String: return text
    case let truth as Bool where Self.truths.contains(name): return truth ? "true" : "false"
    case let other?: return "\(other)"
    }
  }

  @Test("Each field of each line has its value in a filter, and no other is known")
  func fields() throws {
    let journal = SampleRun.whole.journal
    let records = journal.records(in: 0..<Int.max)
    let lines = Self.lines
    #expect(records.count == lines.count)
    var seen: Set<String> = []
    for ((sequence, record), line) in zip(records, lines) {
      let around = FilterSurroundings(journal, FilterSockets(count: 0))
      for name in line.keys where !Self.others.contains(name) {
        #expect(FilterField.named(name) != nil, "there is no field \(name)")
      }
      for field in FilterField.all {
        let has = try Filter(parsing: "has \(field.name)").passes(record, sequence, around)
        let value = Self.value(field.name, of: line)
        // JSON leaves out that a call is ours.
        if field.name == "origin", !record.isWatched { continue }
        // What JSON has as an empty word is not known.
        if value == "", !has { continue }
        #expect(has == (value != nil), "\(field.name) of \(line)")
        guard let value, field.name != "data" else { continue }
        seen.insert(field.name)
        let condition = try #require(field.condition(record, sequence, around))
        guard case .comparison(_, .equal, let said) = condition else { continue }
        switch said {
        case .number(let number), .time(let number): #expect("\(number)" == value, "\(field.name)")
        case .word(let word): #expect(word == value, "\(field.name)")
        case .bytes(let bytes): #expect(String(decoding: bytes, as: UTF8.self) == value, "\(field.name)")
        case .regex: Issue.record("\(field.name) is a pattern")
        }
        let filter = try Filter(parsing: condition.text)
        #expect(filter.passes(record, sequence, around), "\(condition.text)")
      }
    }
    #expect(
      seen.count > 45,
      "the sample has most of them: \(FilterField.all.map(\.name).filter { !seen.contains($0) })")
  }

  @Test("Every field that JSON Lines can write is one of a filter's")
  func source() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Reports")
    let text = try ["JSONLines", "JSONMessages", "JSONShake", "JSONLesson"].map {
      try String(contentsOf: folder.appending(path: "\($0).swift").standardized, encoding: .utf8)
    }.joined()
    let written = Set(text.matches(of: /(?:add|begin)\(\s*"(\w+)"/).map { String($0.output.1) })
      .subtracting(["evicted"])
    #expect(written.count > 50)
    let known = Set(FilterField.all.map(\.name))
    #expect(written.subtracting(known) == Self.others)
    #expect(known.subtracting(written) == ["data", "answer"], "bytes have another call")
  }

  @Test(
    "Only what passes is printed",
    arguments: [
      ("event=recv and returned>0", [12, 15, 27]),
      ("any(why=reset) and event!=recv", [10, 11, 21, 22, 38, 43, 44]),
      ("event=close or has wanted", [18, 21, 22, 29]), ("data~\"4\"", [9]), ("n=77", []),
      ("peer=127.0.0.1:1 or from=127.0.0.1:6000", [4, 15]),
    ] as [(String, [Int])])
  func printed(text: String, sequences: [Int]) throws {
    let run = SampleRun.whole
    let filter = try Filter(parsing: text)
    var printer = Printer(
      run.journal, JSONLines(version: "9.9", encoding: .none), shown: Set(Record.Kind.allCases),
      filter: filter,
      showsEvicted: true)
    printer.stopAtEnd()
    var output = ByteBuffer()
    repeat { printer.fill(&output, upTo: .max, at: 0) } while !printer.isAtEnd
    let printed = output.text.split(separator: "\n").compactMap { line in
      line.split(separator: ",").first { $0.hasPrefix("\"seq\":") }.flatMap { Int($0.dropFirst(6)) }
    }
    #expect(printed == sequences)
  }

  @Test("What any asks for is printed once nothing more comes, also what came before")
  func gathered() throws {
    let run = SampleRun()
    var printer = Printer(
      run.journal, JSONLines(version: "9.9", encoding: .none), shown: [.recv, .mark],
      filter: try Filter(parsing: "any(returned=3)"), showsEvicted: false)
    var output = ByteBuffer()
    for size in [1, 2, 3] as [Int32] {
      run.append(.recv(run.connection, from: 0, to: 1, asked: 9, result: size, flags: [], conditions: []))
      run.append(.recv(run.client, from: 0, to: 1, asked: 9, result: 1, flags: [], conditions: []))
      printer.fill(&output, upTo: .max, at: 0)
      #expect(printer.isAtEnd)
      #expect(output.text.isEmpty)
    }
    printer.stopAtEnd()
    run.append(.recv(run.connection, from: 0, to: 1, asked: 9, result: 4, flags: [], conditions: []))
    repeat { printer.fill(&output, upTo: .max, at: 0) } while !printer.isAtEnd
    #expect(output.text.split(separator: "\n").count == 3)
  }
}
