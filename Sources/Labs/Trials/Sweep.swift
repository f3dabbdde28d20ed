import Traffic

/// A lab run once for each of several recv sizes.
public struct Sweep: Sendable {
  /// What one size gave on one socket.
  public struct Row: Sendable {
    public var size: Int
    public var socket: String
    public var rate: Trial.Rate
  }

  public private(set) var sizes: [Int]
  public private(set) var rows: [Row] = []

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

  public mutating func add(_ trial: Trial, size: Int) {
    for (socket, rate) in trial.rates.sorted(by: { $0.key < $1.key }) where rate.bytes > 0 {
      rows.append(Row(size: size, socket: socket, rate: rate))
    }
  }
}
