/// A text in which `*` stands for anything and `?` for one character of UTF-8: `app.*`, `app.fd3.*`.
public struct Glob: Sendable {
  private let glob: [UInt8]

  public init(_ text: String) { glob = Array(text.utf8) }

  /// True if the whole text is what the glob says.
  public func holds(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { holds($0) }
  }

  func holds(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var (place, wanted) = (0, 0)
    // Where the newest * stands, and the end of what it has taken so far: only that one ever takes more.
    var star: (wanted: Int, place: Int)?
    while place < text.count {
      if wanted < glob.count, glob[wanted] == UInt8(ascii: "*") {
        star = (wanted, place)
        wanted += 1
      } else if wanted < glob.count, glob[wanted] == UInt8(ascii: "?") {
        repeat { place += 1 } while place < text.count && text[place] & 0xc0 == 0x80
        wanted += 1
      } else if wanted < glob.count, glob[wanted] == text[place] {
        (place, wanted) = (place + 1, wanted + 1)
      } else if let newest = star {
        star = (newest.wanted, newest.place + 1)
        (place, wanted) = (newest.place + 1, newest.wanted + 1)
      } else {
        return false
      }
    }
    return glob[wanted...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
