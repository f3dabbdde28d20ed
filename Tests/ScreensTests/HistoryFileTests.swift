import Screens
import Testing

@Suite("The file of lines typed before")
struct HistoryFileTests {
  @Test(
    "What was typed is added to what is there now",
    arguments: [
      // Nothing is typed.
      ([":a"], [":a"], [":a"], nil), ([], [], [], nil),
      ([":a", ">b"], [], [], nil),
      // Another workbench added x meanwhile, or took everything away.
      ([":a", ":x"], [":a"], [":a", ":b"], [":a", ":x", ":b"]), ([], [":a"], [":a", ":b"], [":b"]),
      // A line that is typed again is the newest.
      ([":a", ":b", ":x"], [":a", ":b"], [":b", ":a"], [":b", ":x", ":a"]),
      // The prompts have histories of their own.
      ([":a", ">a"], [":a", ">a"], [":a", ":c", ">a", ">b"], [":a", ":c", ">a", ">b"]),
      // A blank at the beginning says that a line is not to be kept.
      ([":a"], [":a"], [":a", ": secret"], nil),
      ([":a"], [":a"], [":a", ": secret", ":b", "> \"secret\""], [":a", ":b"]),
    ] as [([String], [String], [String], [String]?)])
  func merges(now: [String], before: [String], after: [String], kept: [String]?) {
    #expect(HistoryFile.merged(now, before: before, after: after) == kept)
  }

  @Test("The oldest lines go first when there are too many")
  func limited() throws {
    let now = (0..<600).map { ":\($0)" }
    let kept = try #require(HistoryFile.merged(now, before: [], after: [":new"]))
    #expect(kept.count == 500)
    #expect(kept.first == ":101" && kept.last == ":new")
  }
}
