import Foundation
import Reports
import Testing

@testable import Traffic

@Suite("Reports in HTML")
struct HTMLTests {
  static let chromium = ["chromium", "chromium-browser", "google-chrome"].first(where: Tool.isThere)

  /// Says of a page which tags it leaves open; fails where one is closed that is not open, and where something is fetched.
  static let openTags = """
    import sys
    from html.parser import HTMLParser
    void = {'meta', 'br', 'line', 'rect'}
    class Page(HTMLParser):
      open = []
      def handle_starttag(self, tag, attributes):
        assert not any(name in ('src', 'href', 'onload') for name, _ in attributes), (tag, attributes)
        if tag not in void or tag == 'rect': self.open.append(tag)
      def handle_startendtag(self, tag, attributes): pass
      def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (self.open, tag, self.getpos())
        self.open.pop()
    page = Page()
    page.feed(open(sys.argv[1], encoding='utf-8').read().replace('<meta', '<meta '))
    print([tag for tag in page.open if tag != 'meta'])
    """

  @Test("What is hostile is text, in the page and in its pictures")
  func hostile() throws {
    var talk = Talk(
      kind: .unix, local: "/run/<script>alert(1)</script>&\"'", peer: "</svg><img src=x onerror=1>")
    talk.open()
    talk.writer.append(.mark(at: 1), text: "<b>\u{202e}]]>--></title>")
    talk.send(talk.client, Array("</pre><script>x".utf8))
    talk.recv(talk.server, Array("</pre><script>x".utf8), left: 0)
    let text = try ExportedFile(talk.journal, .html).text
    for tag in ["<script", "<img", "<b>", "]]>", "</pre><script"] { #expect(!text.contains(tag), "\(tag)") }
    #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;"))
    #expect(!text.contains("\u{202e}"))
  }

  @Test("Every tag is closed, and nothing is fetched", .enabled(if: Tool.isThere("python3")))
  func form() throws {
    let file = try ExportedFile(SampleRun.whole.journal, .html)
    #expect(try Tool.run("python3", "-c", Self.openTags, file.path) == "[]\n")
  }

  @Test("2,000 rows are shown unless told otherwise, and the page says what was left out")
  func limit() throws {
    var talk = Talk()
    talk.open()
    for _ in 0..<2100 { talk.recv(talk.server, [1], left: 0) }
    let usual = try ExportedFile(talk.journal, .html)
    #expect(usual.tally.written == 2000)
    #expect(usual.tally.leftOut == 103)
    #expect(usual.text.contains("103 more records were left out (--limit 2000)."))
    let whole = try ExportedFile(talk.journal, .html, limit: 5000)
    #expect(whole.tally.leftOut == 0)
    #expect(!whole.text.contains("left out"))
  }

  @Test("Labels fit into their boxes, and nothing leaves the picture")
  func fit() throws {
    var talk = Talk.recvReturns()
    talk.send(talk.client, [UInt8](repeating: 1, count: 70_000))
    for _ in 0..<100 { talk.recv(talk.server, [UInt8](repeating: 1, count: 700)) }
    let drawing = LaneDrawing(talk.journal, sockets: [talk.client, talk.server], records: 0..<Int.max)
    for axis in [LaneDrawing.Axis.time, .offset] {
      let svg = drawing.svg(axis)
      let boxes = svg.matches(of: /<rect class="[a-z ]+" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"/).map {
        (x: Double($0.1) ?? -1, y: Double($0.2) ?? -1, width: Double($0.3) ?? -1)
      }
      #expect(boxes.count > 50)
      #expect(boxes.allSatisfy { $0.x >= 0 && $0.x + $0.width <= 940.1 })
      for label in svg.matches(
        of: /<text class="label" x="([\d.]+)" y="([\d.]+)" text-anchor="middle">([^<]*)</)
      {
        let (x, y) = (Double(label.1) ?? -1, Double(label.2) ?? -1)
        let half = Double(label.3.count) * 7.3 / 2
        #expect(
          boxes.contains { $0.x <= x - half && x + half <= $0.x + $0.width && $0.y < y && y < $0.y + 20 },
          "\(label.3) at \(x)")
      }
    }
  }

  @Test("A browser shows it and prints it", .enabled(if: chromium != nil, "needs chromium"))
  func browser() throws {
    let chromium = try #require(Self.chromium)
    let page = try ExportedFile(Talk.recvReturns().journal, .html)
    let (picture, print) = (page.path + ".png", page.path + ".pdf")
    defer { for path in [picture, print] { try? FileManager.default.removeItem(atPath: path) } }
    let home = FileManager.default.temporaryDirectory.appending(path: "recvscope-browser-\(getpid())").path
    defer { try? FileManager.default.removeItem(atPath: home) }
    let options = ["--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(home)"]
    try Tool.run(
      [chromium] + options + ["--window-size=1100,1400", "--screenshot=\(picture)", "file://\(page.path)"])
    try Tool.run([chromium] + options + ["--print-to-pdf=\(print)", "file://\(page.path)"])
    let dom = try Tool.run([chromium] + options + ["--dump-dom", "file://\(page.path)"])
    #expect(FileManager.default.contents(atPath: picture)?.prefix(4) == Data([0x89, 0x50, 0x4e, 0x47]))
    #expect(FileManager.default.contents(atPath: print)?.prefix(5) == Data("%PDF-".utf8))
    #expect(dom.components(separatedBy: "<svg").count == 3)
    #expect(dom.contains("buffer full, 40 left"))
    if let kept = ProcessInfo.processInfo.environment["KEEP_PAGE"] {
      try FileManager.default.copyItem(atPath: page.path, toPath: kept)
    }
  }
}
