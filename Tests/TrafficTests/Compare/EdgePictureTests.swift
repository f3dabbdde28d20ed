import Testing

@testable import Traffic

struct EdgePictureTests {
  private static func drawn(
    _ a: [String], _ b: [String], width: Int = 60, kind: SocketKind = .tcp
  ) -> [String] {
    let comparison = SocketComparison(
      ComparedRun(chunks: a, kind: kind).source, ComparedRun(chunks: b, kind: kind).source)
    let picture = EdgePicture(comparison.scene, isByOrder: comparison.isByOrder, width: width)
    return [picture.a, picture.b].map { $0.map(\.text).joined() } + [picture.axis]
  }

  private static let ten = "0123456789"

  @Test func `Edges of both runs lie on one scale`() {
    let a = ["12345"] + Array(repeating: Self.ten, count: 3) + [""]
    let picture = Self.drawn(a, ["12345", String(repeating: "x", count: 30), ""])
    #expect(
      picture == [
        "▐━ 5 ━━▌▐━━━━ 10 ━━━━━▌▐━━━━ 10 ━━━━━▌▐━━━━ 10 ━━━━━▌╳ end",
        "▐━ 5 ━━▌▐━━━━━━━━━━━━━━━━━━━ 30 ━━━━━━━━━━━━━━━━━━━━▌╳ end",
        "0       5              15             25             35",
      ])
  }

  @Test(arguments: [20, 40, 60, 80, 120, 200])
  func `No row is wider than there is room`(_ width: Int) {
    let many = Array(repeating: Self.ten, count: 40)
    for (a, b) in [
      (many, [many.joined()]), ([many.joined()], many), (["1"], ["2", ""]),
      (many + [""], ["1"] + many + [""]), (["1"] + many + [String(repeating: "x", count: 1_000_000)], many),
      (["1", String(repeating: "x", count: 100_000)], ["12", ""]),
    ] {
      for line in Self.drawn(a, b, width: width) { #expect(line.count <= width, "\(line)") }
    }
  }

  @Test func `What goes on behind the picture says so`() {
    let many = Array(repeating: Self.ten, count: 40)
    let picture = Self.drawn(many, [many.joined()])
    #expect(picture[0].hasSuffix("▌▐10…"))
    #expect(picture[1].hasPrefix("▐") && picture[1].hasSuffix("…") && picture[1].contains(" 400 "))
  }

  @Test func `A picture of a long run begins shortly before the first difference`() {
    let many = Array(repeating: Self.ten, count: 40)
    let picture = Self.drawn(many + ["12", "34"], many + ["1234"])
    #expect(picture[0].hasPrefix("…▐"))
    #expect(picture[2].contains("400"))
    #expect(!picture[2].contains("360"))
  }

  @Test func `Datagrams have a box each, numbered`() {
    let picture = Self.drawn(["12", "345"], ["12", "34", "5"], kind: .udp)
    #expect(
      picture == [
        "▐━━━━ 2 ━━━━━▌▐━━━━ 3 ━━━━━▌",
        "▐━━━━ 2 ━━━━━▌▐━━━━ 2 ━━━━━▌▐━━━━ 1 ━━━━━▌",
        "1             2             3",
      ])
  }
}
