import Screens
import Traffic

/// Trials of a race, and a sweep, as far as a word says.
enum SampleTrials {
  /// What recv calls returned: bytes, or an errno below 0.
  static func result(_ outcomes: KeyValuePairs<String, [Int]>) -> TrialResult {
    var result = TrialResult()
    for (socket, calls) in outcomes {
      var results = CallResults()
      for call in calls { results.add(call) }
      result.outcomes.append(TrialResult.Outcome(socket: socket, results: results))
    }
    return result
  }

  static let late = [10, 10, 10, 10, 10, 5, 0]
  static let early = [5, 10, 10, 10, 10, 10, 0]

  /// Runs on a server's socket, of which the first of each outcome is kept.
  static func race(_ runs: [[Int]], of total: Int, isOver: Bool = false, id: Int = 1) -> TrialsNews {
    var news = TrialsNews(TrialsRequest(id: id, count: total, sizes: []), title: "recv-race")
    for (place, run) in runs.enumerated() where news.add(result(["server.1": run])) {
      news.kept.insert(place + 1)
    }
    news.isOver = isOver
    return news
  }

  /// Two sockets, one with many outcomes, some of them long.
  private static func many() -> TrialsNews {
    var news = TrialsNews(TrialsRequest(id: 1, count: 2000, sizes: []), title: "a lab", memory: 2500)
    for run in 0..<300 {
      let calls = (0..<40).map { 1 + (run * run + $0 * (run % 17)) % 23 }
      _ = news.add(result(["server.1": run % 3 == 0 ? late : calls, "client": [1, -11, 7, -104]]))
    }
    news.kept = [1]
    return news
  }

  private static func sweep(_ runs: Int) -> TrialsNews {
    let sizes = [1, 10, 100, 1024, 4096, 65_536]
    var news = TrialsNews(TrialsRequest(id: 1, count: 10, sizes: sizes), title: "recv-size")
    for run in 0..<runs {
      let size = sizes[run % sizes.count]
      var result = TrialResult()
      for (socket, bytes) in [("client", 20_000), ("server.1", 1_000_000)] {
        let calls = (bytes + size - 1) / size
        // So long for a call, and for a byte.
        let time = Nanoseconds(calls * 900 + bytes / 3)
        result.rates[socket] = TrialResult.Rate(calls: calls + 1, bytes: Int64(bytes), time: time)
      }
      if news.add(result) { news.kept.insert(run + 1) }
    }
    news.isOver = runs == 60
    return news
  }

  static func news(_ name: String) -> TrialsNews? {
    let race = (0..<120).map { $0 % 13 == 4 ? early : $0 == 77 ? [55, 0] : late }
    switch name {
    case "race": return self.race(race, of: 300)
    case "stopped": return self.race(race, of: 300, isOver: true)
    case "whole": return self.race(race, of: 120, isOver: true)
    case "failed":
      var news = self.race([], of: 10, isOver: true)
      news.failure = "line 3: bind 127.0.0.1:9000: EADDRINUSE, address in use"
      return news
    case "many": return many()
    case "begun": return self.race([], of: 5)
    case "sweep": return sweep(60)
    case "sweep-begun": return sweep(2)
    default: return nil
    }
  }
}
