import Foundation
import Screens
import Testing

@Suite("Themes")
struct ThemeTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "themes")

  static let files =
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.filter { $0.hasSuffix(".toml") }
    .sorted() ?? []

  @Test("A theme that ships can be read, and is named as its file", arguments: files)
  func shipped(file: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
    let theme = try ThemeFile.theme(text, file: file)
    #expect("\(theme.name).toml" == file)
    #expect(!theme.about.isEmpty)
  }

  /// A theme with a paper of its own for all that is written.
  private static let painted = files.filter { !["sixteen.toml", "monochrome.toml"].contains($0) }

  @Test(
    "All that is written can be read on what it stands on, also with 256 colours (WCAG 2.1, 1.4.3 and 1.4.11)",
    arguments: painted, [256, 1 << 24])
  func contrast(file: String, colors: Int) throws {
    let text = try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
    let theme = try ThemeFile.theme(text, file: file)
    for style in try Self.written {
      let look = theme.look(style)
      let ink = Luminance(try #require(look.foreground, "\(style)"), colors: colors)
      let paper = Luminance(try #require(look.background, "\(style)"), colors: colors)
      // A line and a bar are no letters.
      let least = [.border, .laneGap, .sparkline].contains(style.ink) ? 3 : 4.5
      #expect(
        ink.contrast(with: paper) >= least,
        "\(style.ink.name) on \(style.paper.name): \(ink.contrast(with: paper))")
    }
  }

  /// The styles of all cells of the recorded screens in which something is written, and what else can come together.
  private static var written: Set<Style> {
    get throws {
      var styles: Set<Style> = []
      for file in ScreenFile.all {
        for cell in try file.draw().grid.cells where cell.scalar != 0 && cell.scalar != 0x20 {
          styles.insert(cell.style)
        }
      }
      #expect(styles.count > 60)
      let papers: [Role] = [.text, .chunkEven, .chunkOdd, .cursorRow, .cursorRowUnfocused]
      let ofBytes: [Role] = papers + [.selectedChunk, .selectedBytes, .chunkStart, .byteCursor]
      func add(_ inks: [Role], _ papers: [Role]) {
        for ink in inks { for paper in papers { styles.insert(Style(ink, on: paper)) } }
      }
      add([.byteNull, .bytePrintable, .byteWhitespace, .byteOther, .byteNonASCII], ofBytes)
      add([.text, .muted, .strong, .received, .sent, .message, .connection, .endOfStream, .warning], papers)
      add([.error, .good, .mark], papers)
      add([.laneSend, .laneReceive, .laneMessage, .laneSegment], [.text, .selectedChunk])
      add([.title, .titleStrong, .warning], [.title])
      add([.text, .key, .error, .warning, .preview, .muted], [.prompt])
      add(
        [.exposed, .frozen, .caret, .chunkEdge, .keyWord, .helpTitle, .paneTitle, .paneTitleFocused], [.text])
      return styles
    }
  }

  @Test("The themes are there")
  func some() {
    #expect(
      Set(Self.files).isSuperset(of: [
        "dark.toml", "light.toml", "high-contrast.toml", "colour-blind.toml", "sixteen.toml",
        "monochrome.toml",
      ]))
  }

  @Test(
    "A mistake is told with file, line and column",
    arguments: [
      ("name = \"x\"\n[roles]\ncursorrow = \"red\"", "t.toml:3:1: unknown role cursorrow"),
      ("name = \"x\"\n[roles]\n  muted   = \"bold reddish\"", "t.toml:3:19: unknown word reddish"),
      ("name = \"x\"\n[colors]\nsky = \"#12345\"\n[roles]", "t.toml:3:7: expected a colour"),
      ("name = \"x\"\n[roles]\nmuted = 3", "t.toml:3:9: expected a string"),
      ("name = \"x\"\n[roles]\nmuted = \"b\\u006fld reddish\"", "t.toml:3:20: unknown word reddish"),
      ("name = \"x\"\ncolors = 3\n[roles]", "t.toml:2:10: expected a table [colors]"),
      ("name = \"x\"\nfoo = 1\n[roles]", "t.toml:2:1: unknown key foo"),
      ("name = \"x\"", "t.toml:1:1: expected [roles]"), ("[roles]", "t.toml:1:1: expected name"),
      ("name = \"x\n[roles]", "t.toml:1:"), ("name = \"x\"\n[roles\nmuted = \"red\"", "t.toml:2:"),
    ])
  func mistakes(text: String, message: String) {
    let error = #expect(throws: SettingsError.self) { try ThemeFile.theme(text, file: "t.toml") }
    #expect(error?.text.hasPrefix(message) == true, "\(error?.text ?? "")")
  }

  @Test(
    "A colour becomes the nearest one a terminal has",
    arguments: [
      ("#ff0000", 256, 196), ("#ff0000", 8, 1), ("#ff0000", 16, 9), ("#ff0000", 1 << 24, 0xff0000),
      ("default", 256, -1),
      ("bright-red", 16, 9), ("bright-red", 8, 1), ("208", 256, 208), ("208", 8, 3), ("#303030", 256, 236),
    ])
  func nearest(text: String, colors: Int, number: Int) throws {
    #expect(try #require(Color(text)).number(colors: colors) == number)
  }

  @Test(
    "What is no colour is refused", arguments: ["", "reddish", "256", "#fff", "#gggggg", "bright-", "-1"])
  func badColors(text: String) { #expect(Color(text) == nil) }
}
