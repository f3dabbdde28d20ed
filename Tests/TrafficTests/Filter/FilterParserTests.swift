import Testing

@testable import Traffic

@Suite("A filter is read")
struct FilterParserTests {
  @Test(
    "Its text reads as the same condition",
    arguments: [
      ("asked>100 and waited>5ms", "asked>100 and waited>5ms"),
      ("  asked >= 4k ", "asked>=4096"),
      ("(asked>1)", "asked>1"),
      ("asked>1 or asked<5 and n=2", "asked>1 or asked<5 and n=2"),
      ("(asked>1 or asked<5) and n=2", "(asked>1 or asked<5) and n=2"),
      ("(asked>1 and asked<5) or n=2", "asked>1 and asked<5 or n=2"),
      ("not asked>1 and n=2", "not asked>1 and n=2"),
      ("not (asked>1 and n=2)", "not (asked>1 and n=2)"),
      ("not not has errno", "not not has errno"),
      ("why=drained or why!=eof", "why=drained or why!=eof"),
      ("socket = server.* ", "socket=server.*"),
      ("peer=127.0.0.1:9000 and local=[::1]:9000", "peer=127.0.0.1:9000 and local=[::1]:9000"),
      ("data~\"GET\\r\\n\"", "data~\"GET\\r\\n\""),
      ("data~'raw \"x\"'", "data~'raw \"x\"'"),
      ("data=<0d 0a ff 00 fe 01 02>", "data=0x0d0aff00fe0102"),
      ("data~/a+b|c/", "data~/a+b|c/"),
      ("text=\"\"", "text=\"\""),
      ("any( errno=ECONNRESET ) and event=recv", "any(errno=ECONNRESET) and event=recv"),
      ("waited<=1.5s and t<2m and arrived>=250us", "waited<=1.5s and t<2m and arrived>=250us"),
      ("changed=true", "changed=true"),
      ("why=wait*", "why=wait*"),
    ])
  func text(written: String, printed: String) throws {
    let filter = try Filter(parsing: written)
    #expect(filter.expression.text == printed)
    #expect(try Filter(parsing: printed) == filter)
    #expect(filter.text == written)
  }

  @Test(
    "A mistake is told with its column",
    arguments: [
      ("askd>1", 1, "there is no field askd; did you mean asked?"),
      ("asked>1 adn n=2", 9, "expected and, or, or the end"),
      ("asked>1 and wated>5ms", 13, "there is no field wated; did you mean waited?"),
      ("", 1, "expected a field, such as waited"),
      ("asked", 6, "expected = != < <= > >= or ~ after asked"),
      ("asked>", 7, "expected a number such as 10, 4k or 1M"),
      ("asked~5", 6, "~ does not fit: asked knows = != < <= > >="),
      ("why<eof", 4, "< does not fit: why knows = != ~"),
      ("waited>5", 8, "5 has no unit: write 5ms, 5us or 5s"),
      ("waited>5MB", 9, "unknown unit MB: expected ns, us, ms, s, m or h"),
      ("asked==5", 7, "one = is enough"),
      ("why=drainde", 5, "why is never drainde; did you mean drained?"),
      ("way=sideways", 5, "way is never sideways: up down received sent"),
      ("flags=SYN,pek", 7, "flags is never pek; did you mean peek?"),
      (
        "flags~FOO", 7,
        "flags is never FOO: oob peek trunc dontwait waitall nosignal more FIN SYN RST PSH ACK URG ECE CWR"
      ),
      (
        "marks=\"zero window\"", 7,
        "marks is never zero: out-of-order previous-not-captured zero-window "
          + "zero-window-probe window-update keep-alive keep-alive-ack duplicate-ack fragment"
      ),
      ("data=/a/", 6, "a /regex/ is looked for with ~, not with ="),
      ("data~/a", 8, "the pattern is not closed: expected /"),
      ("data~\"\"", 6, "an empty text is everywhere: expected a byte"),
      ("data~\"a", 8, "the string is not closed: expected \""),
      ("data~0x0", 9, "an odd number of hex digits: a byte has two, such as 0d"),
      ("socket=", 8, "expected a word, \"text\", 0x0d0a, or /regex/ behind ~"),
      ("(asked>1", 9, "expected ) for the ( at column 1"),
      ("asked>1)", 8, "no ( is open"),
      ("has", 4, "expected a field, such as waited"),
      ("has errno=EAGAIN", 10, "expected and, or, or the end"),
      ("any asked>1", 5, "expected ( after any"),
      ("any(n=1 and any(n=2))", 13, "any( ) stands in no other any( )"),
      ("not", 4, "expected a field, such as waited"),
      ("and n=1", 1, "expected a field, such as waited"),
      ("n=1 and", 8, "expected a field, such as waited"),
      (
        "asked>99999999999999999999", 7,
        "99999999999999999999 is too large: a number is at most 9223372036854775807"
      ),
    ])
  func mistake(text: String, column: Int, message: String) {
    do {
      _ = try Filter(parsing: text)
      Issue.record("it is read")
    } catch {
      #expect(error.message == message)
      #expect(error.column == column)
    }
  }

  @Test("Brackets nest to a limit")
  func depth() throws {
    func nested(_ count: Int) -> String {
      String(repeating: "(", count: count) + "n=1" + String(repeating: ")", count: count)
    }
    _ = try Filter(parsing: nested(63))
    #expect(throws: SyntaxError.self) { try Filter(parsing: nested(64)) }
    #expect(throws: SyntaxError.self) {
      try Filter(parsing: String(repeating: "not ", count: 100_000) + "n=1")
    }
    let long = Array(repeating: "n=1", count: 20_000).joined(separator: " or ")
    #expect(try Filter(parsing: long).expression.text == long)
  }

  @Test(
    "What can stand at the end is offered",
    arguments: [
      ("", "even", ["event", "events"]), ("", "wait", ["waited"]), ("", "no", ["note", "notes", "not"]),
      ("asked>1 ", "", ["and", "or"]),
      ("asked>1 ", "a", ["and"]), ("why=", "dr", ["drained"]), ("why!=", "e", ["exact", "eof", "error"]),
      ("socket=", "", ["server", "server.1"]), ("any(", "errn", ["errno"]),
      ("has ", "lo", ["local", "lost"]),
      ("n=1 and ", "undel", ["undelivered"]), ("asked>", "", []), ("socket = ", "server.", ["server.1"]),
      ("nonsense=", "", []),
    ])
  func completion(before: String, typed: String, words: [String]) {
    let completion = FilterCompletion(before + typed, sockets: ["server", "server.1"])
    #expect(completion.words == words)
    #expect(completion.typed == typed)
  }
}
