/// Bars of cells and eighths of a cell.
enum Bar {
  private static let eighths: [Character] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"]

  /// A bar for a part of the most that there can be; what is not 0 is seen.
  /// - Parameter width: cells of the most.
  static func text(_ part: Double, width: Int) -> String {
    let count = part > 0 ? max(1, Int(part * Double(width * 8))) : 0
    let (whole, rest) = count.quotientAndRemainder(dividingBy: 8)
    return String(repeating: "█", count: whole) + (rest > 0 ? String(eighths[rest]) : "")
  }
}
