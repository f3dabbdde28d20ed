/// A lab run with each of several recv sizes.
public struct Sweep: Sendable {
  /// What one size gave on one socket, in all its runs.
  public struct Row: Sendable, Hashable {
    /// Of the size among those asked for.
    public var place: Int
    public var size: Int
    public var socket: String
    public var rate: TrialResult.Rate
    public var runs = 1
    /// The run that had the size first, from 1.
    public var first: Int
  }

  public private(set) var sizes: [Int]
  public private(set) var rows: [Row] = []
  public private(set) var runs = 0

  public init(sizes: [Int]) { self.sizes = sizes }

  /// Reads `recv=1,10,100,1k,64k`. Nil if it is something else.
  public init?(parsing text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "recv" else { return nil }
    let words = parts[1].split(separator: ",", omittingEmptySubsequences: false)
    sizes = words.compactMap { try? SizeText.parse(String($0)) }.filter { $0 > 0 }
    guard sizes.count == words.count else { return nil }
  }

  /// The lab with another size for every socket that receives.
  public static func lab(_ lab: Lab, size: Int) -> Lab { lab.with([.size(size)]) }

  /// Adds a run with one of the sizes to what those before it came to.
  /// - Parameter place: of the size.
  /// - Returns: true if it was the first with this size.
  @discardableResult
  public mutating func add(_ trial: TrialResult, at place: Int) -> Bool {
    runs += 1
    var isNew = false
    for (socket, rate) in trial.rates.sorted(by: { $0.key < $1.key }) where rate.bytes > 0 {
      if let index = rows.firstIndex(where: { $0.place == place && $0.socket == socket }) {
        rows[index].rate = rows[index].rate + rate
        rows[index].runs += 1
      } else {
        rows.append(Row(place: place, size: sizes[place], socket: socket, rate: rate, first: runs))
        isNew = true
      }
    }
    return isNew
  }

  /// The sockets' names in order.
  public var sockets: [String] { Set(rows.map(\.socket)).sorted() }

  /// What the sizes gave on one socket, the smallest first.
  public func rows(_ socket: String) -> [Row] {
    rows.filter { $0.socket == socket }.sorted { $0.size < $1.size }
  }
}
