import Reports
import Traffic

/// A lesson of two questions, and what a class and the calls made of it.
struct SampleHandout {
  static let text = """
    # When does recv(10) return? As soon as anything is there.
    #
    # Two questions; see `recv(2)`:
    #
    #   while true:
    #     recv(10)
    say "A client sends 5 bytes and then 50. Type  : again --recv 4  later."
    ask "What does the first recv(10) return?" 5 "5: what is there" | 10 "10: it waits"
    hint "Does anything tell recv that more comes?"
    discuss
    listen 0 --as server --recv 10 # a comment of a line
    connect server --as client --mode manual
    send client "12345" 100ms "a"*50
    close client
    wait server.1 bytes 55
    mark five came first
    expect server.1 recv 5 10 10 10 10 10 0
    reveal by server.1 recv #1 because "It returns what is there."
    say "The 50 came by one send()."
    ask "How many calls get them?" 1 | 5
    reveal by server.1 records where returned=10 because "A stream has no borders."
    say "So ends it."
    say "Try it with another size."
    """

  var talk = Talk.recvReturns()
  var lesson = SampleHandout.text
  var name = "first"

  /// What was asked, and how the hands went up in each round.
  mutating func ask(_ question: String, _ choices: [String], _ rounds: [[Int]] = []) {
    talk.writer.append(.ask(at: talk.time, line: 2), AskedQuestion(text: question, choices: choices))
    for (round, votes) in rounds.enumerated() {
      let most = votes.firstIndex(of: votes.max() ?? 0) ?? 0
      talk.writer.append(
        .answer(from: talk.time, to: talk.time, round: round + 1, choice: most + 1),
        CountedVotes(votes: votes, chosen: choices[most]))
    }
  }

  mutating func reveal(_ measure: String, _ got: String, choice: Int?, because reason: String) {
    talk.writer.append(
      .reveal(talk.server, at: talk.time, line: 3, choice: choice),
      Revelation(measure: measure, got: got, reason: reason, right: choice.map { "\($0)" }))
  }

  /// Both questions with their outcomes: the class changed its mind about the first.
  static var whole: SampleHandout {
    var sample = begun
    sample.ask("How many calls get them?", ["1", "5"])
    sample.reveal("records where returned=10", "5", choice: 2, because: "A stream has no borders.")
    return sample
  }

  /// The first of them.
  static var begun: SampleHandout {
    var sample = SampleHandout()
    sample.ask(
      "What does the first recv(10) return?", ["5: what is there", "10: it waits"], [[3, 9], [11, 1]])
    sample.reveal("recv #1", "5", choice: 1, because: "It returns what is there.")
    return sample
  }

  var handout: Handout {
    get throws {
      var handout = Handout(try Lab(parsing: lesson), named: name, text: lesson)
      (handout.wall, handout.version, handout.kernel) = (SampleRun.wall, "9.9", "Linux 6.1")
      handout.journal = talk.journal
      return handout
    }
  }

  var page: String { get throws { try Self.page(try handout) } }

  static func page(_ handout: Handout) throws -> String {
    let bytes = Bytes()
    try handout.write { bytes.all += Array($0) }
    return String(decoding: bytes.all, as: UTF8.self)
  }

  private final class Bytes { var all: [UInt8] = [] }
}
