@testable import Screens
import Testing
import Traffic

@Suite("Questions in SQL, as the screen shows them")
struct AskingTests {
  private let journal = SampleJournals.recvReturns()

  private func asked() -> (effects: [Effect], model: Model) {
    press("; select_1 enter", journal)
  }

  private func status(_ model: Model) -> String { view(model, journal).grid.text }

  @Test("Until it has ended the status says that something is asked, whatever key was pressed")
  func asking() {
    var (effects, model) = asked()
    #expect(effects == [.query("select_1")])
    #expect(status(model).contains("asking … Esc ends it: select_1"))
    _ = model.update(.key(Chord("j")), journal)
    let stopping = model.update(.key(Chord(.escape)), journal)
    #expect(stopping == [.stopAsking])
    #expect(status(model).contains("asking …"))
    _ = model.update(.queried(.stopped, of: "select_1"), journal)
    #expect(!status(model).contains("asking …") && status(model).contains("the question was ended"))
    let later = model.update(.key(Chord(.escape)), journal)
    #expect(later.isEmpty)
  }

  @Test("Rows and mistakes end it; an answer to an earlier question does not")
  func answers() {
    var (_, model) = asked()
    _ = model.update(.queried(.mistake("no such"), of: "select_0"), journal)
    #expect(status(model).contains("asking …"))
    var other = model
    _ = model.update(.queried(.mistake("no such column"), of: "select_1"), journal)
    #expect(status(model).contains("! no such column"))
    var result = QueryResult("select_1")
    result.columns = ["a"]
    _ = result.add([.integer(77)])
    _ = other.update(.queried(.rows(result), of: "select_1"), journal)
    #expect(status(other).contains("1 row: select_1"))
    _ = other.update(.key(Chord(.escape)), journal)
    #expect(!status(other).contains("asking …"))
  }

  @Test("Rows are kept until they are too many, or too large")
  func bounds() {
    var many = QueryResult("x")
    let taken = (0...QueryResult.most).map { _ in many.add([.null]) }
    #expect(taken == Array(repeating: true, count: QueryResult.most) + [false])
    #expect(many.isCut && many.rows.count == QueryResult.most)
    var large = QueryResult("x")
    let cell = QueryValue.bytes(Array(repeating: 0, count: QueryResult.mostBytes / 3))
    let fits = [large.add([cell]), large.add([cell]), large.add([cell, cell])]
    #expect(fits == [true, true, false] && large.isCut && large.rows.count == 2)
  }
}
