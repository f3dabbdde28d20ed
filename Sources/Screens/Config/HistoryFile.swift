/// The file of lines typed before, which several workbenches share: `:` or `>` for the prompt, then the line.
public enum HistoryFile {
  private static let prompts: [Unicode.Scalar] = [":", ">"]

  /// The lines of the file's text, oldest first.
  public static func lines(_ text: String) -> [String] {
    text.split { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }.map(String.init)
  }

  /// The lines to keep after a run; nil if it adds none. A line that begins with a blank is not kept.
  /// - Parameters:
  ///   - now: lines of the file as it is now, which another workbench may have changed.
  ///   - before: lines that the run began with.
  ///   - after: lines that it ended with.
  public static func merged(_ now: [String], before: [String], after: [String]) -> [String]? {
    let added = prompts.flatMap { prompt in
      typed(in: after.filter { $0.begins(with: prompt) }, since: before.filter { $0.begins(with: prompt) })
    }
    let new = added.filter { !$0.unicodeScalars.dropFirst().starts(with: [" "]) }
    if new.isEmpty { return nil }
    return prompts.flatMap { prompt in
      var history = History()
      for line in now + new where line.begins(with: prompt) { history.add(line) }
      return history.lines
    }
  }

  /// A line that is typed goes to the end, so what was there before is still in its order.
  private static func typed(in after: [String], since before: [String]) -> ArraySlice<String> {
    var rest = before[...]
    let count = after.prefix { line in
      guard let place = rest.firstIndex(of: line) else { return false }
      rest = rest[(place + 1)...]
      return true
    }.count
    return after[count...]
  }
}

extension String {
  /// True for the prompt's sign, also where what follows would make one character with it.
  fileprivate func begins(with prompt: Unicode.Scalar) -> Bool { unicodeScalars.first == prompt }
}
