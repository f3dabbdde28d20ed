import Fuzzing
import Testing
@testable import Traffic

@Suite("A journal is searched")
struct JournalSearchTests {
  private static func offsets(_ pattern: String, in whole: String, cut size: Int) throws -> [Range<Int64>] {
    let stage = SearchStage()
    let chunks = stride(from: 0, to: whole.count, by: size).map {
      String(whole.dropFirst($0).prefix(size))
    }
    let socket = stage.socket()
    // Something of another socket between them: they do not lie in one piece.
    let other = stage.socket("other")
    for (place, chunk) in chunks.enumerated() {
      stage.add([chunk], on: socket)
      if place % 3 == 1 { stage.add(["ab"], on: other) }
    }
    return try stage.all(pattern, of: socket).map(\.range)
  }

  @Test(
    "Every match is found, those that overlap too, wherever the chunks are cut",
    arguments: [
      ("ab", [0, 3, 6, 9]), ("\"cab\"", [2, 5, 8]), ("0x63", [2, 5, 8, 11]), ("'abcabcabcabc'", [0]),
      ("x", []), ("/ca/", [2, 5, 8]), ("abcabc", [0, 3, 6]), ("<61 ?? 63>", [0, 3, 6, 9]),
      ("0x??63", [1, 4, 7, 10]), ("<63 ?? ?? 63>", [2, 5, 8]),
    ] as [(String, [Int64])])
  func matches(pattern: String, offsets: [Int64]) throws {
    for size in 1...12 {
      let found = try Self.offsets(pattern, in: "abcabcabcabc", cut: size)
      #expect(found.map(\.lowerBound) == offsets, "chunks of \(size)")
    }
  }

  @Test(
    "A regular expression's match is told whole, wherever the chunks are cut",
    arguments: [
      ("/hello \\d/", [14..<21]), ("/l+o/", [16..<19]), ("/a{3,}/", [5..<8, 8..<11]),
      ("/(12345|xyz)/", [0..<5, 22..<25]), ("/z/", [24..<25]), ("/5.*h/", [4..<15]),
      ("/x|yz/", [22..<23, 23..<25]), ("/[^a]{5}/", [0..<5, 13..<18, 18..<23]),
    ] as [(String, [Range<Int64>])])
  func wholeMatch(pattern: String, ranges: [Range<Int64>]) throws {
    for size in [1, 2, 7, 25] {
      let found = try Self.offsets(pattern, in: "12345aaaaaaaa hello 1 xyz", cut: size)
      #expect(found == ranges, "chunks of \(size)")
    }
  }

  @Test("A match is of the record that has its first byte, and matches stand in the order of the journal")
  func order() throws {
    let stage = SearchStage()
    let (left, right) = (stage.socket("left"), stage.socket("right"))
    let first = stage.add(Array("..ab".utf8), on: left)
    let second = stage.add(Array("abc".utf8), on: right)
    let sent = stage.add(Array("abc".utf8), .send, on: left)
    stage.add(Array("c".utf8), on: left)
    var search = JournalSearch(try FindPattern(parsing: "abc"), in: stage.journal, of: nil)
    var found = FoundMatches()
    var matches: [FoundMatch] = []
    while search.goOn(&matches) {}
    found.add(matches)
    let expected = [
      FoundMatch(sequence: first, place: 2, length: 3), FoundMatch(sequence: second, place: 0, length: 3),
      FoundMatch(sequence: sent, place: 0, length: 3),
    ]
    #expect(matches.sorted() == expected)
    #expect(expected.map(found.number) == [1, 2, 3])
    #expect(found.first(from: first, 3) == expected[1])
    #expect(found.last(before: second, 0) == expected[0])
    #expect(search.percent == 100)
  }

  @Test("There and back the same matches are come to")
  func bothWays() throws {
    let stage = SearchStage()
    let (left, right) = (stage.socket("left"), stage.socket("right"))
    for number in 0..<500 {
      stage.add(Array((number % 7 == 0 ? "--a" : "bc-").utf8), on: number % 3 == 0 ? left : right)
    }
    var search = JournalSearch(try FindPattern(parsing: "abc"), in: stage.journal, of: nil)
    var found = FoundMatches()
    found.add(stage.go(on: &search))
    var there: [FoundMatch] = []
    while let next = there.last.map({ found.first(from: $0.sequence, Int($0.place) + 1) }) ?? found.first {
      there.append(next)
    }
    var back: [FoundMatch] = []
    while let next = back.last.map({ found.last(before: $0.sequence, Int($0.place)) }) ?? found.last {
      back.append(next)
    }
    #expect(there.count > 10)
    #expect(there.count == found.count)
    #expect(there == back.reversed())
  }

  @Test("What comes later is found later, across what came before")
  func growing() throws {
    let stage = SearchStage()
    let socket = stage.socket()
    stage.add(["xxab"], on: socket)
    var search = JournalSearch(try FindPattern(parsing: "abc"), in: stage.journal, of: nil)
    #expect(stage.go(on: &search).isEmpty)
    stage.add(["cabc"], on: socket)
    let ranges = stage.go(on: &search).compactMap { $0.stretch(in: stage.journal)?.range }
    #expect(ranges == [2..<5, 5..<8])
  }

  @Test("Two datagrams are never joined, nor what was peeked with what came")
  func boundaries() throws {
    let stage = SearchStage()
    let (datagrams, stream) = (stage.socket("d", .udp), stage.socket())
    stage.add(["ab", "cd", "abcd"], on: datagrams)
    var record = Record(.recv, socket: stream, start: 0, end: 1)
    (record.asked, record.result, record.flags) = (2, 2, .peek)
    Array("ab".utf8).withUnsafeBytes { _ = stage.writer.append(record, payload: $0) }
    stage.add(["cd"], on: stream)
    #expect(try stage.all("abcd").map(\.range) == [4..<8])
    #expect(try stage.all("/b.?c/").map(\.range) == [5..<7])
  }

  @Test("What is no longer held is counted, and nothing is joined over it", arguments: ["abc", "/abc/"])
  func evicted(pattern: String) throws {
    let stage = SearchStage(memory: 4 << 20)
    let socket = stage.socket()
    for number in 0..<400 {
      var bytes = [UInt8](repeating: UInt8(ascii: "-"), count: 1 << 16)
      if number == 0 || number == 399 { bytes.replaceSubrange(100..<103, with: Array("abc".utf8)) }
      stage.add(bytes, on: socket)
    }
    var search = JournalSearch(try FindPattern(parsing: pattern), in: stage.journal, of: nil)
    let found = stage.go(on: &search).compactMap { $0.stretch(in: stage.journal)?.range.lowerBound }
    #expect(found == [399 << 16 + 100])
    #expect(search.missing > 0)
    #expect(search.missing + search.searched == 400 << 16)
  }

  @Test("Matches are counted however many they are, and the newest are kept")
  func many() {
    var found = FoundMatches(limit: 10)
    found.add((0..<25).map { FoundMatch(sequence: $0, place: 0, length: 1) })
    #expect(found.count == 25)
    #expect(found.first?.sequence == 15)
    #expect(found.number(of: FoundMatch(sequence: 20, place: 0, length: 1)) == 21)
    #expect(found.number(of: FoundMatch(sequence: 3, place: 0, length: 1)) == nil)
    found.drop(before: 22)
    #expect(found.first?.sequence == 22)
    #expect(found.count == 25)
  }

  /// What a search is held to: every place is tried.
  private static func naive(_ pattern: FindPattern, _ bytes: [UInt8]) -> [Range<Int64>] {
    switch pattern {
    case .bytes(let wanted):
      return bytes.withUnsafeBytes { all in
        (0..<max(0, bytes.count - wanted.count + 1)).filter { wanted.stand(in: all, at: $0) }.map {
          Int64($0)..<Int64($0 + wanted.count)
        }
      }
    case .regex(let regex):
      var ranges: [Range<Int64>] = []
      var first = 0
      for end in 1..<bytes.count + 1 {
        let begin = (first..<end).first { start in
          var search = RegexSearch(regex, isAnchored: true)
          return bytes[start..<end].enumerated().first { search.accept($0.element) }?.offset == end - start
            - 1
        }
        guard let begin else { continue }
        ranges.append(Int64(begin)..<Int64(end))
        first = end
      }
      return ranges
    }
  }

  @Test(
    "Random bytes, cut at random and mixed with others, give what looking at every place gives",
    arguments: [
      "a", "ab", "aa", "aba", "abaab", "aaaaaaaa", "<61 ?? 61>", "<?? 62>", "<61 ?? ?? ?? 62 61>", "/a+b/",
      "/ab|ba/", "/a.{2,5}b/", "/(a|b)c?a/", "/b[^b]+b/",
    ])
  func random(text: String) throws {
    let pattern = try FindPattern(parsing: text)
    for seed in 0..<40 as Range<UInt64> {
      var generator = SplitMix(state: seed)
      let letters = Array((seed % 2 == 0 ? "ab" : "abc").utf8)
      let whole = (0..<Int.random(in: 1...400, using: &generator)).map { _ in
        letters.randomElement(using: &generator) ?? 0
      }
      let stage = SearchStage()
      let (socket, other) = (stage.socket(), stage.socket("other"))
      var place = 0
      while place < whole.count {
        let end = min(whole.count, place + Int.random(in: 1...(seed % 3 == 0 ? 3 : 60), using: &generator))
        stage.add(Array(whole[place..<end]), on: socket)
        if Bool.random(using: &generator) { stage.add(Array("ab".utf8), on: other) }
        place = end
      }
      let expected = Self.naive(pattern, whole)
      #expect(try stage.all(text, of: socket).map(\.range) == expected, "\(text), seed \(seed)")
      let all = try stage.all(text).filter { $0.socket == socket }
      #expect(all.map(\.range) == expected, "\(text), among others, seed \(seed)")
    }
  }

  @Test("A table of states that is full begins anew, and finds the same")
  func manyStates() throws {
    let pattern = try FindPattern(parsing: "/a.{10}b/")
    var generator = SplitMix(state: 7)
    let whole = (0..<20_000).map { _ in UInt8(ascii: "a") + UInt8.random(in: 0...2, using: &generator) }
    let stage = SearchStage()
    let socket = stage.socket()
    for start in stride(from: 0, to: whole.count, by: 100) {
      stage.add(Array(whole[start..<start + 100]), on: socket)
    }
    var matcher = PatternMatcher(try Pattern(parsing: "/a.{10}b/"))
    #expect(try stage.all(pattern.text).map(\.range.upperBound) == matcher.search(whole))
  }
}
