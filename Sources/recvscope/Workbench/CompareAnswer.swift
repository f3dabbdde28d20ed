import Recordings
import Reports
import Screens
import Traffic

extension CompareNews {
  /// Lays a run beside a recording, or says why that cannot be read. Takes its time.
  init(answering request: CompareRequest, about journal: Journal) {
    do {
      let other = try Recording(opening: request.file).journal(limit: 4 << 20)
      var lines: [[CompareText.Span]] = []
      _ = CompareText(journal, other, width: request.width).write { lines += $0 }
      self.init(request, lines)
    } catch {
      self.init(request, [[CompareText.Span(text: SafeText.string("\(error)"))]])
    }
  }
}
