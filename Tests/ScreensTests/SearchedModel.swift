import Screens
import Traffic

/// A model with the search and the statistics that it asks for, made here instead of beside the screen.
struct SearchedModel {
  var journal: Journal
  var model: Model
  private(set) var search: JournalSearch?
  private var request: FindRequest?
  /// Searches as far as there is something after each message; else only when a test says so.
  var isPrompt = true

  init(_ journal: Journal, _ model: Model = Model(title: "lab")) {
    (self.journal, self.model) = (journal, model)
  }

  mutating func update(_ message: Message) {
    take(message)
    while isPrompt, goOn() {}
  }

  private mutating func take(_ message: Message) {
    for effect in model.update(message, journal) {
      if case .find(let request) = effect {
        self.request = request
        search = JournalSearch(request.pattern, in: journal, of: request.socket)
      } else if case .stopFinding = effect {
        (search, request) = (nil, nil)
      } else if case .count(let request) = effect {
        var counting = JournalStatistics(request.scope, in: journal)
        while counting.goOn() {}
        take(.counted(StatisticsNews(request, counting)))
      }
    }
  }

  /// - Returns: false if there was nothing more to look at.
  @discardableResult
  mutating func goOn() -> Bool {
    guard let request else { return false }
    var news = FindNews(request)
    let hasMore = search?.goOn(&news.matches) ?? false
    if let search { news.note(search) }
    take(.found(news))
    return hasMore
  }

  mutating func press(_ keys: [Chord]) { for key in keys { update(.key(key)) } }

  mutating func find(_ text: String, by key: Chord = Chord("/")) {
    press([key])
    update(.paste(text))
    press([Chord(.enter)])
  }

  var screen: String { view(model, journal).grid.text }
}
