import Testing
import Traffic

struct RecordBodyTests {
  private static let ends = [
    ConnectedEnds(local: "127.0.0.1:9", peer: "é\u{0}="), ConnectedEnds(local: nil, peer: ""),
    ConnectedEnds(local: "", peer: "@a"),
  ]

  @Test func `What a record carries comes back as it was`() {
    for ends in Self.ends { #expect(ConnectedEnds(payload: ends.payload) == ends) }
    let option = OptionChange(name: "rcvbuf", granted: "=\u{0}", asked: "")
    #expect(OptionChange(payload: option.payload) == option)
    let verdict = Verdict(wanted: "5 10\u{0}", got: "")
    #expect(Verdict(payload: verdict.payload) == verdict)
    let question = AskedQuestion(text: "What?\u{0}", choices: ["5", "", "é"])
    #expect(AskedQuestion(payload: question.payload) == question)
    let votes = CountedVotes(votes: [3, 0, 12], chosen: "5")
    #expect(CountedVotes(payload: votes.payload) == votes)
    for right in [nil, "5"] {
      let revelation = Revelation(measure: "recv #1", got: "5", reason: "So.", right: right)
      #expect(Revelation(payload: revelation.payload) == revelation)
    }
    let sets = WaitSets(
      readable: [SocketID(1), SocketID(2)], writable: [], exceptional: [SocketID(7)], edges: [SocketID(2)])
    #expect(WaitSets(payload: sets.payload) == sets)
  }

  @Test func `Bytes that are cut or have a rest are no value`() {
    Self.checkRest(Self.ends[0])
    Self.checkRest(WaitSets(readable: [SocketID(1)], exceptional: [SocketID(9)]))
    Self.checkRest(Verdict(wanted: "5", got: "10"))
    Self.checkRest(AskedQuestion(text: "a", choices: ["b", "c"]))
    Self.checkRest(CountedVotes(votes: [1], chosen: "b"))
    Self.checkRest(Revelation(measure: "a", got: "b", reason: "c", right: nil))
    Self.checkRest(OptionChange(name: "a", granted: "b", asked: "c"))
  }

  private static func checkRest(_ body: some RecordBody) {
    let bytes = body.payload
    for count in bytes.indices { #expect(type(of: body).init(payload: bytes[..<count]) == nil) }
    #expect(type(of: body).init(payload: bytes + [0]) == nil)
  }

  @Test func `A length beyond the bytes asks for no memory`() {
    #expect(WaitSets(payload: [255, 255, 255, 255, 1, 0, 0, 0]) == nil)
    #expect(ConnectedEnds(payload: [254, 255, 255, 255]) == nil)
    #expect(AskedQuestion(payload: [0, 0, 0, 0, 255, 255, 255, 255]) == nil)
  }
}
