/// `trials N [recv=SIZES]`
extension CommandParser {
  /// So many runs can be asked for.
  private static let most = 1_000_000
  private static let mostSizes = 64

  mutating func takeTrials() throws(SyntaxError) -> Command {
    cursor.skipBlanks()
    guard cursor.byte != nil else { throw cursor.error("expected a number of runs, such as 300") }
    let count = try takeNumber("a number of runs", in: 1...Self.most)
    cursor.skipBlanks()
    guard cursor.byte != nil else { return .trials(count, sizes: []) }
    return .trials(count, sizes: try takeSizes())
  }

  private mutating func takeSizes() throws(SyntaxError) -> [Int] {
    let word = cursor.takeWord()
    let text = cursor.text(word)
    guard text.hasPrefix("recv=") else {
      throw cursor.error("expected recv= and sizes with commas between them, or nothing", at: word.lowerBound)
    }
    var (sizes, place) = ([Int](), word.lowerBound + 5)
    for part in text.dropFirst(5).split(separator: ",", omittingEmptySubsequences: false) {
      do throws(SyntaxError) {
        let size = try SizeText.parse(String(part))
        if sizes.contains(size) { throw cursor.error("\(part) stands there twice", at: place) }
        sizes.append(size)
      } catch {
        throw cursor.error(error.message, at: place)
      }
      place += part.utf8.count + 1
    }
    guard sizes.count <= Self.mostSizes else {
      throw cursor.error("\(sizes.count) sizes are too many: at most \(Self.mostSizes)", at: word.lowerBound)
    }
    return sizes
  }
}
