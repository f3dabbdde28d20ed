@testable import Screens
import Testing
import Traffic

@Suite("Names of files are completed")
struct FileTokenTests {
  @Test(
    "A file's name is seen behind @ and as an address, and nowhere else",
    arguments: [
      ("@", true, ""), ("\"a\" 5ms @da", true, "da"), ("@\"my da", true, "my da"),
      ("@a+@dir/fi", true, "dir/fi"),
      ("\"a@b", true, nil), ("\"a\\\"@b", true, nil), ("@file ", true, nil), ("@\"my file\"", true, nil),
      ("'a @b", true, nil), ("'a \" @b' @c", true, "c"), ("\"a\"+'@\\", true, nil),
      ("\"it's\" @c", true, "c"),
      ("@it's", true, "it's"), ("on s /it's/ send @x", false, "x"), ("@a*3", true, nil), ("5ms", true, nil),
      ("send client @da", false, "da"),
      ("on server 0x00 send @x", false, "x"),
      ("listen ./so", false, "./so"), ("connect /run/s", false, "/run/s"), ("listen 90", false, nil),
      ("mark @da", false, nil), ("listen", false, nil), ("", false, nil),
    ] as [(String, Bool, String?)])
  func seen(line: String, isBurst: Bool, path: String?) {
    #expect(FileToken(line, isBurst: isBurst)?.path == path)
  }

  @Test(
    "A path has a folder and a beginning",
    arguments: [("da", ".", "da"), ("a/b/c", "a/b", "c"), ("/e", "/", "e"), ("x/", "x", "")])
  func parts(path: String, folder: String, prefix: String) throws {
    let token = try #require(FileToken("@" + path, isBurst: true))
    #expect(token.parts.folder == folder && token.parts.prefix == prefix)
  }

  private static let names = [
    "data.bin", "data.txt", "dir/", "my file", "quo\"te", "esc\u{1b}[2J", ".hidden", "plus+", "letter",
  ]

  @Test(
    "Tab adds what is certain, and shows the choices where there are several",
    arguments: [
      ("@da", "@data.", ""), ("@data.b", "@data.bin ", ""), ("@di", "@dir/", ""), ("@le", "@letter ", ""),
      ("@\"my", "@\"my file\" ", ""), ("@data.", "@data.", "data.bin  data.txt"), ("@.h", "@.hidden ", ""),
      ("@plus", "@plus", "no file begins so"), ("@esc", "@esc", "no file begins so"),
      ("@nix", "@nix", "no file begins so"),
    ])
  func tab(typed: String, line: String, choices: String) throws {
    let journal = SampleJournals.recvReturns()
    var model = Model(title: "lab")
    _ = model.update(.resized(rows: 24, columns: 80), journal)
    _ = model.update(.key(Chord("s")), journal)
    _ = model.update(.paste(typed), journal)
    #expect(model.update(.key(Chord(.tab)), journal) == [.listFolder(".")])
    _ = model.update(.names(Self.names, folder: "other"), journal)
    #expect(model.overlay?.prompt?.editor.text == typed, "an answer that nobody waits for changes nothing")
    _ = model.update(.names(Self.names, folder: "."), journal)
    #expect(model.overlay?.prompt?.editor.text == line)
    if !choices.isEmpty { #expect(view(model, journal).grid.text.contains(choices)) }
  }

  @Test("A folder that cannot be read is said to be so, and the line stays")
  func unreadable() {
    let journal = SampleJournals.recvReturns()
    var model = Model(title: "lab")
    _ = model.update(.resized(rows: 24, columns: 80), journal)
    _ = model.update(.key(Chord(":")), journal)
    _ = model.update(.paste("listen /nowhere/x"), journal)
    #expect(model.update(.key(Chord(.tab)), journal) == [.listFolder("/nowhere")])
    _ = model.update(.names(nil, folder: "/nowhere"), journal)
    #expect(view(model, journal).grid.text.contains("/nowhere cannot be read"))
    #expect(model.overlay?.prompt?.editor.text == "listen /nowhere/x")
  }
}
