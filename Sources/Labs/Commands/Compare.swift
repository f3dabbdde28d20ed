import Recordings
import Sockets
import Traffic

extension CommandContext {
  /// Compares with a recording: a mark for each socket that differs, and a failed `expect` if sizes do.
  func compare(_ path: String) -> Result<Void, CommandFailure> {
    let other: Journal
    do {
      other = try RecordedFile.opened(path)
    } catch {
      return .failure(.refused("compare \(error)"))
    }
    let matching = SocketMatching(journal, other)
    var verdict = CompareVerdict()
    for pair in matching.pairs {
      let comparison = SocketComparison(CallSource(journal, pair.a), CallSource(other, pair.b))
      if comparison.a.calls + comparison.b.calls == 0 { continue }
      verdict.add(comparison)
      if comparison.isSame, comparison.hasSameBytes { continue }
      let words = CompareSentences(comparison, names: ("this run", SafeText.string(path)))
      run.mark(
        pair.a,
        "compare \(SafeText.string(path)): \(words.verdict). \(words.sentences.joined(separator: " "))")
    }
    for (journal, sockets) in [(journal, matching.onlyA), (other, matching.onlyB)] {
      for socket in sockets { if let known = journal.socket(socket) { verdict.addAlone(known.totals) } }
    }
    if verdict.hasSameSizes { return .success(()) }
    return .failure(.unexpected("the calls of \(SafeText.string(path)): \(verdict.sentence)"))
  }
}
