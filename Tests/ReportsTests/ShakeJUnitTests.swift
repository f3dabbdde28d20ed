import Foundation
import FoundationXML
import Reports
import Testing
import Traffic

/// The elements of a document as a strict parser gives them: name, attributes, text.
private final class Elements: NSObject, XMLParserDelegate {
  private(set) var all: [(name: String, attributes: [String: String], text: String)] = []
  /// The places of those that have not ended.
  private var open: [Int] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    open.append(all.count)
    all.append((name, attributes, ""))
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) { open.removeLast() }

  func parser(_ parser: XMLParser, foundCharacters text: String) { all[open.last!].text += text }

  static func of(_ text: String) throws -> [(name: String, attributes: [String: String], text: String)] {
    let parser = XMLParser(data: Data(text.utf8))
    let elements = Elements()
    parser.delegate = elements
    try #require(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")\n\(text)")
    return elements.all
  }
}

@Suite("Cuts as JUnit's XML")
struct ShakeJUnitTests {
  private static func result(_ verdict: CutVerdict, at offsets: [Int] = [17], note: String = "") -> CutResult
  {
    CutResult(
      cuts: CutPlaces(message: 1, offsets: offsets), verdict: verdict, isProven: verdict != .unproven,
      note: note,
      runs: [verdict, .same], answer: Array("bad\n".utf8), answered: 4, end: .closed,
      calls: [
        .init(name: .recvfrom, asked: 4096, result: 17), .init(name: .sendto, asked: 4, result: -32),
      ])
  }

  private static func junit(_ cases: [ShakeJUnit.Case], suite: String = "shake", isDialogue: Bool = false)
    -> String
  {
    ShakeJUnit(suite: suite, cases: cases, isDialogue: isDialogue, duration: 1_250_000_000).text
  }

  @Test("each cut is a case; a finding is a failure of its verdict's type, what is unproven is skipped")
  func cases() throws {
    let verdicts: [CutVerdict] = [.same, .unproven, .unstable, .different, .crash]
    let cases = verdicts.map {
      ShakeJUnit.Case(
        Self.result($0, note: $0 == .unproven ? "it reads by splice" : ""), place: "inside the method")
    }
    let elements = try Elements.of(Self.junit(cases))
    #expect(
      elements.map(\.name) == [
        "testsuites", "testsuite", "testcase", "testcase", "skipped", "testcase", "failure", "testcase",
        "failure",
        "testcase", "failure",
      ])
    for suite in elements[...1] {
      #expect(
        ["tests", "failures", "errors", "skipped", "time"].map { suite.attributes[$0] } == [
          "5", "3", "0", "1", "1.250",
        ])
    }
    let tests = elements.filter { $0.name == "testcase" }
    #expect(
      tests.allSatisfy {
        $0.attributes == ["classname": "shake", "name": "cut after byte 17 (inside the method)"]
      })
    #expect(elements[4].attributes == ["message": "unproven: it reads by splice"])
    let failures = elements.filter { $0.name == "failure" }
    #expect(failures.map { $0.attributes["type"] } == ["unstable", "different", "crash"])
    #expect(failures[1].attributes["message"] == "different: \"bad\\n\" (4 bytes), closed")
    #expect(failures[1].text == "runs: different, same\nrecvfrom(4096) = 17\nsendto(4) = EPIPE")
  }

  @Test(
    "a case is named for where it is cut",
    arguments: [
      ([3], "", false, "cut after byte 3"),
      ([3, 9], "between two lines", false, "cut after bytes 3 and 9 (between two lines)"),
      ([1, 2, 3], "", true, "message 2: cut after bytes 1, 2 and 3"),
    ])
  func names(offsets: [Int], place: String, isDialogue: Bool, name: String) throws {
    let text = Self.junit([.init(Self.result(.same, at: offsets), place: place)], isDialogue: isDialogue)
    #expect(try Elements.of(text)[2].attributes["name"] == name)
  }

  @Test(
    "nothing in a text breaks the document",
    arguments: [
      ("a<b>&\"c\"'d'", "a<b>&\"c\"'d'"), ("tab\tline\nreturn\r", "tab\tline\nreturn\r"), ("]]>", "]]>"),
      ("\u{0}\u{1b}[0m\u{8}", "\u{fffd}\u{fffd}[0m\u{fffd}"), ("\u{fffe}\u{ffff}", "\u{fffd}\u{fffd}"),
      ("é 漢 \u{1f600} \u{7f}\u{85}\u{2028}", "é 漢 \u{1f600} \u{7f}\u{85}\u{2028}"),
    ])
  func hostile(text: String, wanted: String) throws {
    var result = Self.result(.different, note: text)
    result.answer = Array(0...255)
    result.answered = 1000
    let elements = try Elements.of(Self.junit([.init(result, place: text)], suite: text))
    #expect(elements[1].attributes["name"] == wanted)
    #expect(elements[2].attributes["name"] == "cut after byte 17 (\(wanted))")
    #expect(elements[3].text.utf8.starts(with: wanted.utf8))
  }
}
