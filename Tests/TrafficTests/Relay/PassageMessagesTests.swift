import Testing

@testable import Traffic

@Suite("A hold by messages")
struct PassageMessagesTests {
  /// Chunks as they come in, and the messages that lines are, told after each.
  private struct Play {
    var play: PassageTests.Play
    var ends = MessageEnds(received: FramingChoice("newline"), sent: nil)!  // it is framed

    init() { play = PassageTests.Play() }

    mutating func receive(_ text: String) {
      let offset = play.passage.taken
      play.receive(text)
      let messages = Array(text.utf8).withUnsafeBytes { ends.receive($0, at: offset) }
      for message in messages { play.passage.endMessage(message) }
    }

    var held: [String] { play.passage.heldPieces.map { String(decoding: $0.bytes, as: UTF8.self) } }
  }

  @Test(
    "pieces are messages, however they come; the last one may not be whole",
    arguments: [
      (["one\ntwo\nth", "ree\n"], ["one\n", "two\n", "three\n"], [1...1, 1...1, 1...2]),
      (["o", "n", "e\nt"], ["one\n", "t"], [1...3, 3...3]), (["one\n"], ["one\n"], [1...1]), ([], [], []),
    ] as [([String], [String], [ClosedRange<Int>])])
  func pieces(chunks: [String], pieces: [String], from: [ClosedRange<Int>]) {
    var play = Play()
    _ = play.play.passage.holdMessages(until: nil, [])
    for chunk in chunks { play.receive(chunk) }
    #expect(play.held == pieces)
    #expect(play.play.passage.heldPieces.map(\.from) == from)
    #expect(play.play.passage.heldBytes == chunks.joined().utf8.count)
    #expect(play.play.passage.noMessage(among: []) == (pieces.last == "t" ? 2 : nil))
    _ = play.play.passage.release(Release())
    play.play.run()
    #expect(play.play.texts == pieces && !play.play.passage.holdsMessages)
  }

  @Test("what waits already is cut too, also behind what was passed on and what was dropped")
  func before() {
    var play = Play()
    play.receive("gone\nhalf ")
    play.play.run()
    _ = play.play.passage.hold(until: nil)
    play.receive("a line\none\n")
    play.receive("dropped\n")
    play.receive("two\nth")
    #expect(play.play.passage.drop([2]) == 8)
    let messages: [Range<Int64>] = [0..<5, 5..<17, 17..<21, 21..<29, 29..<33]
    _ = play.play.passage.holdMessages(until: nil, messages)
    play.receive("ree\n")
    #expect(play.held == ["a line\n", "one\n", "two\n", "three\n"])
    // Of the first one some had gone.
    #expect(play.play.passage.noMessage(among: []) == 1)
    #expect(play.play.passage.noMessage(among: [2, 3, 4]) == nil)
    _ = play.play.passage.release(Release([3, 2]))
    play.play.run()
    #expect(play.play.texts.suffix(2) == ["two\n", "one\n"])
    #expect(play.held == ["a line\n", "three\n"])
  }

  @Test("an urgent byte parts the message that it comes in")
  func urgent() {
    var play = Play()
    _ = play.play.passage.holdMessages(until: nil, [])
    play.receive("on")
    play.play.receive("!", isUrgent: true)
    play.receive("e\ntwo\n")
    #expect(play.held == ["on", "!", "e\n", "two\n"])
    #expect(play.play.passage.noMessage(among: []) == 1)
    #expect(play.play.passage.noMessage(among: [4]) == nil)
  }

  @Test("a message that is released before it is whole leaves its rest")
  func half() {
    var play = Play()
    _ = play.play.passage.holdMessages(until: nil, [])
    play.receive("one\ntw")
    _ = play.play.passage.release(Release([2]))
    play.receive("o\nthree\n")
    #expect(play.held == ["one\n", "o\n", "three\n"])
    #expect(play.play.passage.noMessage(among: []) == 2)
  }
}
